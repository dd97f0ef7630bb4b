"""Cases of `policies/pack/firewall.py`."""

from typing import Any

from engine import Graph
from policies.pack import firewall
from policies.pack.aws import STAGE, WEB_ACL
from policies.pack.firewall import ASSOCIATION, LOGGING
from tests.policies.case import Case
from tests.policies.patches import add, change, drop
from tests.policies.resources import UNKNOWN, resource

HTTP_API = "aws:apigatewayv2/api:Api"
STAGE_ARN = "arn:aws:apigateway:eu-west-1::/restapis/a1/stages/live"
ACL_ARN = "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/w"


def _group(name: str, action: str = "none") -> dict[str, Any]:
    return {
        "name": name,
        "overrideAction": {action: {}},
        "statement": {"managedRuleGroupStatement": {"vendorName": "AWS", "name": name}},
    }


BASELINE = [_group("AWSManagedRulesCommonRuleSet"), _group("AWSManagedRulesKnownBadInputsRuleSet")]
COUNTING = [_group("AWSManagedRulesCommonRuleSet", "count"), BASELINE[1]]


def _rate(action: str) -> dict[str, Any]:
    return {"name": "rate", "action": {action: {}}, "statement": {"rateBasedStatement": {"limit": 100}}}


def _header(name: str) -> dict[str, Any]:
    return {"singleHeader": {"name": name}}


def _rules_without(statement: str) -> Any:
    """The web ACL without its rules of one kind."""

    def patch(graph: Graph) -> None:
        rules = graph.one(WEB_ACL, "firewall").inputs["rules"]
        left = [rule for rule in rules if statement not in rule["statement"]]
        assert len(left) < len(rules)
        change(WEB_ACL, "firewall", {"rules": left})(graph)

    return patch


CASES = [
    Case(
        firewall.rest_stage_has_web_acl,
        passes=[resource(STAGE, arn=STAGE_ARN), resource(ASSOCIATION, resourceArn=STAGE_ARN)],
        fails=[resource(STAGE, arn=STAGE_ARN), resource(ASSOCIATION, resourceArn=f"{STAGE_ARN}2")],
        unknown=[
            stage := resource(STAGE, arn=UNKNOWN),
            resource(ASSOCIATION, resourceArn=UNKNOWN, depends={"resourceArn": [stage]}),
        ],
        unknown_is="passes",
        broken=drop(ASSOCIATION, "firewall"),
    ),
    Case(
        firewall.web_acl_has_baseline_groups,
        passes=[resource(WEB_ACL, rules=BASELINE)],
        fails=[resource(WEB_ACL, rules=COUNTING)],
        unknown=[resource(WEB_ACL, rules=UNKNOWN)],
        broken=_rules_without("managedRuleGroupStatement"),
    ),
    Case(
        firewall.web_acl_limits_rate,
        passes=[resource(WEB_ACL, rules=[_rate("block")])],
        fails=[resource(WEB_ACL, rules=[_rate("count")])],
        unknown=[resource(WEB_ACL, rules=UNKNOWN)],
        broken=_rules_without("rateBasedStatement"),
    ),
    Case(
        firewall.web_acl_is_logged,
        passes=[resource(WEB_ACL, arn=ACL_ARN), resource(LOGGING, resourceArn=ACL_ARN)],
        fails=[resource(WEB_ACL, arn=ACL_ARN)],
        unknown=[
            acl := resource(WEB_ACL, arn=UNKNOWN),
            resource(LOGGING, resourceArn=UNKNOWN, depends={"resourceArn": [acl]}),
        ],
        unknown_is="passes",
        broken=drop(LOGGING, "firewall"),
    ),
    Case(
        firewall.web_acl_log_is_redacted,
        passes=[
            resource(
                LOGGING,
                redactedFields=[
                    {"singleHeader": {"name": "authorization"}},
                    {"singleHeader": {"name": "cookie"}},
                ],
            )
        ],
        fails=[resource(LOGGING, redactedFields=[{"singleHeader": {"name": "cookie"}}])],
        unknown=[resource(LOGGING, redactedFields=UNKNOWN)],
        broken=change(LOGGING, "firewall", {"redactedFields": []}),
    ),
    Case(
        firewall.no_http_api,
        passes=[resource(HTTP_API, protocolType="WEBSOCKET")],
        fails=[resource(HTTP_API, protocolType="HTTP")],
        unknown=[resource(HTTP_API, protocolType=UNKNOWN)],
        broken=add(HTTP_API, protocolType="HTTP"),
    ),
]
