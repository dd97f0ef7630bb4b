"""The web application firewall in front of the API."""

from collections.abc import Iterator, Mapping
from typing import Any

from .aws import STAGE, WEB_ACL
from .declaring import CRITICAL, HIGH, MEDIUM, Resource, Violations, policy, words
from .stack import Member, Stack, value_at

WAF = "https://docs.aws.amazon.com/waf/latest/developerguide"
ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation"
LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"


@policy(
    on=STAGE,
    severity=CRITICAL,
    pci=["6.4.1", "6.4.2", "1.4.2"],
    remedy="Add a WebAclAssociation with the stage's ARN.",
    url=f"{WAF}/web-acl-associating-aws-resource.html",
)
def rest_stage_has_web_acl(stage: Member, stack: Stack) -> Violations:
    """A web ACL stands in front of every stage of a REST API."""
    if not stack.naming(ASSOCIATION, "resourceArn", stage):
        yield "no web ACL is associated with the stage"


@policy(
    on=WEB_ACL,
    severity=HIGH,
    pci=["6.4.1", "6.4.2"],
    remedy="Add the rule group, and let it act: `override_action` none instead of count.",
    url=f"{WAF}/aws-managed-rule-groups-baseline.html",
    settings={
        "groups": words(
            ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"],
            "AWS's rule groups that must act.",
        )
    },
)
def web_acl_has_baseline_groups(acl: Resource, groups: list[str]) -> Violations:
    """A web ACL has AWS's baseline rules, and they block."""
    acting = {
        value_at(rule, "statement.managedRuleGroupStatement.name")
        for rule in _rules(acl)
        if value_at(rule, "overrideAction.count") is None
    }
    yield from (f"{group} is missing or only counts" for group in groups if group not in acting)


@policy(
    on=WEB_ACL,
    severity=HIGH,
    pci=["6.4.2", "8.3.4"],
    remedy="Add a rule with a `rate_based_statement` that blocks.",
    url=f"{WAF}/waf-rule-statement-type-rate-based.html",
)
def web_acl_limits_rate(acl: Resource) -> Violations:
    """A web ACL stops callers that are too many at once: card testing is a flood of small payments."""
    if not any(
        value_at(rule, "statement.rateBasedStatement.limit") and value_at(rule, "action.block") is not None
        for rule in _rules(acl)
    ):
        yield "no rule blocks by rate"


@policy(
    on=WEB_ACL,
    severity=HIGH,
    pci=["10.2.1", "10.4.1.1"],
    remedy="Add a WebAclLoggingConfiguration.",
    url=f"{WAF}/logging.html",
)
def web_acl_is_logged(acl: Member, stack: Stack) -> Violations:
    """What a web ACL decides is logged."""
    if not stack.naming(LOGGING, "resourceArn", acl):
        yield "the web ACL has no log"


@policy(
    on=LOGGING,
    severity=HIGH,
    pci=["3.3.1", "8.3.2"],
    remedy="Add the fields to `redacted_fields`.",
    url=f"{WAF}/logging-management.html",
    settings={
        "headers": words(["authorization", "cookie"], "Headers that never reach the log, in lower case.")
    },
)
def web_acl_log_is_redacted(logging: Resource, headers: list[str]) -> Violations:
    """The firewall's log has no credentials in it."""
    redacted = {value_at(each, "singleHeader.name") for each in logging.props.get("redactedFields") or ()}
    yield from (f"the header {header} is logged" for header in headers if header not in redacted)


@policy(
    on="aws:apigatewayv2/api:Api",
    severity=MEDIUM,
    pci=["6.4.2"],
    remedy="Use a REST API (`aws.apigateway`).",
    url=f"{WAF}/waf-chapter.html",
)
def no_http_api(api: Resource) -> Violations:
    """There is no HTTP API: AWS WAF can't stand in front of one."""
    if api.props.get("protocolType", "HTTP") == "HTTP":
        yield f"{api.name} can't have a web ACL"


def _rules(acl: Resource) -> Iterator[Mapping[str, Any]]:
    yield from acl.props.get("rules") or ()
