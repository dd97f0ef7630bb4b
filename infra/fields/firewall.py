"""The web application firewall in front of the card fields: they only hand out files."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.firewall import PRIVATE_HEADERS
from infra.firewall.limits import WINDOW_SECONDS
from infra.firewall.managed import CORE, IP_REPUTATION, KNOWN_BAD_INPUTS, group_rule
from infra.firewall.visibility import visibility
from infra.settings.card_fields import GLOBAL_REGION, CardFields
from infra.stage import Stage


@dataclass(frozen=True)
class FieldsFirewallArgs:
    """`log_bucket`: gets what was refused, once it is `log_ready`; its name begins as AWS WAF asks."""

    stage: Stage
    card_fields: CardFields
    log_bucket: aws.s3.Bucket
    log_ready: list[pulumi.Resource]


class FieldsFirewall(pulumi.ComponentResource):
    """`web_acl`, which a distribution names."""

    def __init__(
        self, name: str, args: FieldsFirewallArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:fields:Firewall", name, None, opts)
        self.web_acl = aws.wafv2.WebAcl(
            "card-fields",
            name=args.stage.physical("card-fields"),
            description="What reaches the card fields",
            scope="CLOUDFRONT",
            region=GLOBAL_REGION,
            default_action={"allow": {}},
            rules=[
                group_rule(IP_REPUTATION),
                _rate(args.card_fields.requests_per_minute),
                group_rule(KNOWN_BAD_INPUTS),
                group_rule(CORE),
            ],
            visibility_config=visibility("card-fields"),
            opts=pulumi.ResourceOptions(parent=self),
        )
        aws.wafv2.WebAclLoggingConfiguration(
            "card-fields",
            resource_arn=self.web_acl.arn,
            log_destination_configs=[args.log_bucket.arn],
            redacted_fields=[{"single_header": {"name": header}} for header in PRIVATE_HEADERS],
            # The rest is in CloudFront's own log.
            logging_filter={
                "default_behavior": "DROP",
                "filters": [
                    {
                        "behavior": "KEEP",
                        "requirement": "MEETS_ANY",
                        "conditions": [{"action_condition": {"action": "BLOCK"}}],
                    }
                ],
            },
            region=GLOBAL_REGION,
            opts=pulumi.ResourceOptions(parent=self, depends_on=args.log_ready),
        )
        self.register_outputs({})


def _rate(limit: int) -> aws.wafv2.WebAclRuleArgsDict:
    return {
        "name": "address-rate",
        "priority": 20,
        "action": {
            "block": {
                "custom_response": {
                    "response_code": 429,
                    "response_headers": [{"name": "Retry-After", "value": str(WINDOW_SECONDS)}],
                }
            }
        },
        "statement": {
            "rate_based_statement": {
                "aggregate_key_type": "IP",
                "limit": limit,
                "evaluation_window_sec": WINDOW_SECONDS,
            }
        },
        "visibility_config": visibility("address-rate"),
    }
