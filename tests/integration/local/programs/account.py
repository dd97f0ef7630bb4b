"""What the programs have in common: the provider, and a role for their functions."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws

provider = aws.Provider("aws", region="eu-west-1", allowed_account_ids=["111111111111"])
options = pulumi.ResourceOptions(provider=provider)
role = aws.iam.Role(
    "functions",
    name="functions",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            },
        }
    ),
    opts=options,
)
aws.iam.RolePolicy(
    "functions",
    name="all",
    role=role.name,
    policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": ["dynamodb:*", "logs:*", "sqs:*"], "Resource": "*"},
        }
    ),
    opts=options,
)
