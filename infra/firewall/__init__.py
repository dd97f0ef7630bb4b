"""The web application firewall in front of the API."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import statements
from infra.firewall.limits import limit_rules, response_bodies
from infra.firewall.managed import WATCHED_LABELS, managed_rules
from infra.firewall.visibility import visibility
from infra.keys import Keys
from infra.settings import Settings
from infra.stage import Stage

# Credentials, and what names a request that may be repeated. No log holds them.
PRIVATE_HEADERS = ("authorization", "cookie", "idempotency-key")


def firewall_log_name(stage: Stage) -> str:
    """Where the firewall writes what it refused, and what is watched. The prefix is AWS WAF's condition."""
    return f"aws-waf-logs-tollgate-{stage.name}"


@dataclass(frozen=True)
class FirewallArgs:
    """`protected`: the API's stage, deployed."""

    settings: Settings
    keys: Keys
    protected: aws.apigateway.Stage


class Firewall(pulumi.ComponentResource):
    """`web_acl`, in force on the API's stage, and its `log_group`."""

    def __init__(self, name: str, args: FirewallArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:firewall:Firewall", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        self.web_acl = self._web_acl()
        self.log_group = aws.cloudwatch.LogGroup(
            "firewall",
            name=firewall_log_name(args.settings.stage),
            retention_in_days=args.settings.log_retention_days,
            kms_key_id=args.keys.data["logs"].arn,
            opts=pulumi.ResourceOptions(parent=self, protect=args.settings.durability.protect),
        )
        self._log()
        aws.wafv2.WebAclAssociation(
            "firewall",
            resource_arn=args.protected.arn,
            web_acl_arn=self.web_acl.arn,
            opts=self._child,
        )
        self.register_outputs({})

    def _web_acl(self) -> aws.wafv2.WebAcl:
        edge = self._args.settings.edge
        return aws.wafv2.WebAcl(
            "firewall",
            name=self._args.settings.stage.physical("firewall"),
            description="What reaches the API",
            scope="REGIONAL",
            default_action={"allow": {}},
            rules=[*managed_rules(edge), *limit_rules(edge)],
            custom_response_bodies=response_bodies(),
            # A rule that matches a body would log the words that it matched.
            data_protection_config={
                "data_protections": [{"action": "SUBSTITUTION", "field": {"field_type": "BODY"}}]
            },
            visibility_config=visibility("firewall"),
            opts=self._child,
        )

    def _log(self) -> None:
        """What was refused, and what passed with a label that is watched; the rest is in the access log."""
        stage = self._args.settings.stage
        policy = aws.cloudwatch.LogResourcePolicy(
            "firewall",
            policy_name=stage.physical("firewall-log"),
            policy_document=self.log_group.arn.apply(
                lambda arn: statements.document([statements.deliver_logs(stage, arn)])
            ),
            opts=self._child,
        )
        aws.wafv2.WebAclLoggingConfiguration(
            "firewall",
            resource_arn=self.web_acl.arn,
            log_destination_configs=[self.log_group.arn],
            redacted_fields=[
                *({"single_header": {"name": header}} for header in PRIVATE_HEADERS),
                {"query_string": {}},
            ],
            logging_filter={
                "default_behavior": "DROP",
                "filters": [
                    {
                        "behavior": "KEEP",
                        "requirement": "MEETS_ANY",
                        "conditions": [
                            {"action_condition": {"action": "BLOCK"}},
                            *({"label_name_condition": {"label_name": label}} for label in WATCHED_LABELS),
                        ],
                    }
                ],
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
