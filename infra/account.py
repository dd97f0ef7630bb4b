"""What an account needs once: the role with which API Gateway writes logs."""

import pulumi
import pulumi_aws as aws

from infra import statements
from infra.boundary import services_boundary
from infra.exclusive import only
from infra.stage import Stage


class Account(pulumi.ComponentResource):
    """`gateway_logging`: API Gateway's account-wide setting in the region, without which no stage can log."""

    def __init__(self, name: str, stage: Stage, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:account:Account", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            "gateway-logging",
            name=stage.physical("gateway-logging"),
            description="How API Gateway writes logs",
            assume_role_policy=statements.document([statements.trust("apigateway")]),
            permissions_boundary=services_boundary(stage),
            opts=child,
        )
        # AWS's own policy: API Gateway tries its rights out when it is given the role, and refuses less.
        attachment = aws.iam.RolePolicyAttachment(
            "gateway-logging",
            role=role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
            opts=child,
        )
        only("gateway-logging", role, attached=[attachment.policy_arn], opts=child)
        self.gateway_logging = aws.apigateway.Account(
            "gateway-logging",
            cloudwatch_role_arn=role.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[attachment]),
        )
        self.register_outputs({})
