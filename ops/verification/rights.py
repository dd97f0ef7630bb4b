"""The rights that checking an account takes: to read how it is set up, and not what it holds."""

import json
from collections.abc import Iterable

# Where IAM's name for a service isn't botocore's, and for a right isn't the operation's.
PREFIXES = {"accessanalyzer": "access-analyzer"}
RIGHTS = {
    # Both versions of the operation, says its reference.
    "accessanalyzer:ListFindingsV2": "access-analyzer:ListFindings",
    "apigateway:GetBasePathMapping": "apigateway:GET",
    "apigateway:GetDomainName": "apigateway:GET",
    "apigateway:GetResources": "apigateway:GET",
    "apigateway:GetRestApis": "apigateway:GET",
    "apigateway:GetStage": "apigateway:GET",
    "apigateway:GetUsagePlans": "apigateway:GET",
    "budgets:DescribeBudget": "budgets:ViewBudget",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetObjectLockConfiguration": "s3:GetBucketObjectLockConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:ListObjectsV2": "s3:ListBucket",
}


def right(call: str) -> str:
    """The IAM action that a call (`service:Operation`) needs."""
    service, _, operation = call.partition(":")
    return RIGHTS.get(call, f"{PREFIXES.get(service, service)}:{operation}")


def document(calls: Iterable[str]) -> str:
    """An IAM policy that allows these calls and no others, on any resource: they list and describe."""
    actions = sorted({right(call) for call in calls})
    statement = {"Sid": "Verify", "Effect": "Allow", "Action": actions, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)
