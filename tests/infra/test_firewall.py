"""What the firewall lets through, refuses and writes down."""

import json
from typing import Any

import pytest
import yaml

from engine import Graph
from infra.firewall.managed import managed_rules
from infra.settings.edge import Edge
from tests.infra.graphs import LOG_GROUP, ROOT, Graphs, key_arns, statements
from tests.infra.iam import findings
from tests.infra.waf_reference import BUDGET, GROUPS, capacity
from tollgate.handlers.body import MAX_BODY

WEB_ACL = "aws:wafv2/webAcl:WebAcl"
LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"
ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation"
STAGE = "aws:apigateway/stage:Stage"
PLAN = "aws:apigateway/usagePlan:UsagePlan"
CONTRACT = yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text())


def rules(graph: Graph) -> dict[str, dict[str, Any]]:
    """The rules by name, in the order in which they are asked."""
    listed = sorted(graph.one(WEB_ACL, "firewall").inputs["rules"], key=lambda rule: rule["priority"])
    return {rule["name"]: rule for rule in listed}


def counted(rule: dict[str, Any]) -> set[str]:
    """The rules of an AWS group that only count."""
    overrides = rule["statement"]["managedRuleGroupStatement"]["ruleActionOverrides"]
    assert all(override["actionToUse"] == {"count": {}} for override in overrides)
    return {override["name"] for override in overrides}


def test_requests_pass_these_rules_in_this_order(graph: Graph) -> None:
    assert {name: rule["priority"] for name, rule in rules(graph).items()} == {
        "ip-reputation": 0,
        "token-rate": 10,
        "page-rate": 15,
        "address-rate": 20,
        "body-size": 30,
        "known-bad-inputs": 40,
        "core": 50,
        "sql": 60,
        "anonymous": 70,
    }
    assert graph.one(WEB_ACL, "firewall").inputs["defaultAction"] == {"allow": {}}
    assert graph.one(WEB_ACL, "firewall").inputs["scope"] == "REGIONAL"


def test_aws_groups_block_but_for_these_rules(graph: Graph) -> None:
    exceptions = {
        name: counted(rule)
        for name, rule in rules(graph).items()
        if "managedRuleGroupStatement" in rule["statement"]
    }
    assert exceptions == {
        "ip-reputation": set(),
        "known-bad-inputs": set(),
        "core": {
            "NoUserAgent_HEADER",
            "SizeRestrictions_BODY",
            "GenericRFI_BODY",
            "GenericRFI_QUERYARGUMENTS",
            "CrossSiteScripting_BODY",
        },
        "sql": {"SQLi_BODY", "SQLiExtendedPatterns_BODY"},
        "anonymous": {"HostingProviderIPList"},
    }
    for name in exceptions.keys() - {"anonymous"}:
        assert rules(graph)[name]["overrideAction"] == {"none": {}}


def test_an_exception_names_a_rule_that_exists(graph: Graph) -> None:
    for rule in rules(graph).values():
        if group := rule["statement"].get("managedRuleGroupStatement"):
            assert group["vendorName"] == "AWS"
            assert counted(rule) <= set(GROUPS[group["name"]][1].split())


def test_anonymous_addresses_are_only_counted_at_first(graph: Graph) -> None:
    assert rules(graph)["anonymous"]["overrideAction"] == {"count": {}}


def test_only_queries_with_a_cursor_escape_the_search_for_sql(graph: Graph) -> None:
    groups = {
        name: rule["statement"]["managedRuleGroupStatement"].get("scopeDownStatement")
        for name, rule in rules(graph).items()
        if "managedRuleGroupStatement" in rule["statement"]
    }
    (excepted,) = [name for name, scope in groups.items() if scope]
    assert excepted == "sql"
    alternatives = groups["sql"]["notStatement"]["statement"]["orStatement"]["statements"]
    texts = [each["sizeConstraintStatement"] for each in alternatives]
    assert [text["fieldToMatch"] for text in texts] == [
        {"singleQueryArgument": {"name": name}} for name in ("cursor", "reference")
    ]
    assert {(text["comparisonOperator"], text["size"]) for text in texts} == {("GE", 1)}


def test_the_rules_fit_into_the_capacity_that_costs_nothing_more(graph: Graph) -> None:
    total = sum(capacity(rule["statement"]) for rule in rules(graph).values())
    assert total == 25 + 26 + 34 + 2 + 1 + 200 + 700 + 202 + 50
    assert total <= BUDGET


def test_a_body_over_the_contracts_limit_is_413_however_large(graph: Graph) -> None:
    rule = rules(graph)["body-size"]
    statement = rule["statement"]["sizeConstraintStatement"]
    # Beyond 16 KiB AWS WAF sees only the beginning: such a body must match by itself.
    assert statement["fieldToMatch"] == {"body": {"oversizeHandling": "MATCH"}}
    assert (statement["comparisonOperator"], statement["size"]) == ("GT", MAX_BODY)
    assert answer(graph, rule)["status"] == 413


@pytest.mark.parametrize("name", ["token-rate", "address-rate"])
def test_who_sends_too_much_hears_429_and_when_to_come_back(graph: Graph, name: str) -> None:
    rule = rules(graph)[name]
    statement = rule["statement"]["rateBasedStatement"]
    assert statement["aggregateKeyType"] == "IP"
    assert answer(graph, rule)["status"] == 429
    headers = {header["name"]: header["value"] for header in response(rule)["responseHeaders"]}
    assert int(headers["Retry-After"]) == statement["evaluationWindowSec"]


def test_access_tokens_have_a_stricter_limit_of_their_own(graph: Graph) -> None:
    token, address = (
        rules(graph)[name]["statement"]["rateBasedStatement"] for name in ("token-rate", "address-rate")
    )
    assert token["limit"] < address["limit"]
    assert address.get("scopeDownStatement") is None
    path, method = (
        inner["byteMatchStatement"] for inner in token["scopeDownStatement"]["andStatement"]["statements"]
    )
    assert (path["positionalConstraint"], path["searchString"]) == ("ENDS_WITH", "/oauth/token")
    assert [change["type"] for change in path["textTransformations"]] == ["URL_DECODE", "NORMALIZE_PATH"]
    assert (method["fieldToMatch"], method["searchString"]) == ({"method": {}}, "POST")


def test_a_client_who_keeps_to_its_plan_is_not_cut_off(graph: Graph) -> None:
    fastest = max(plan.inputs["throttleSettings"]["rateLimit"] for plan in graph.of_type(PLAN))
    limit = rules(graph)["address-rate"]["statement"]["rateBasedStatement"]
    assert limit["limit"] / limit["evaluationWindowSec"] >= fastest


def response(rule: dict[str, Any]) -> dict[str, Any]:
    return rule["action"]["block"]["customResponse"]


def answer(graph: Graph, rule: dict[str, Any]) -> dict[str, Any]:
    """What a rule of ours answers: a problem of the contract, with the status that it says."""
    told = response(rule)
    bodies = {body["key"]: body for body in graph.one(WEB_ACL, "firewall").inputs["customResponseBodies"]}
    body = bodies[told["customResponseBodyKey"]]
    assert body["contentType"] == "APPLICATION_JSON"
    problem = json.loads(body["content"])
    assert set(problem) == set(CONTRACT["components"]["schemas"]["Problem"]["required"])
    assert problem["status"] == told["responseCode"]
    names = {header["name"].lower() for header in told["responseHeaders"]}
    assert {"x-request-id", "cache-control"} <= names
    assert "content-type" not in names  # AWS WAF refuses it
    return problem


def test_the_firewall_is_in_force_on_the_deployed_stage(graph: Graph) -> None:
    association = graph.one(ASSOCIATION, "firewall")
    assert association.inputs["resourceArn"] == graph.one(STAGE, "live").outputs["arn"]
    assert association.inputs["webAclArn"] == graph.one(WEB_ACL, "firewall").outputs["arn"]
    assert graph.one(STAGE, "live").urn in association.dependencies
    assert "deployment" in graph.one(STAGE, "live").inputs


def test_the_log_holds_what_was_refused_and_what_is_watched_but_not_every_server(graph: Graph) -> None:
    logging, group = graph.one(LOGGING, "firewall"), graph.one(LOG_GROUP, "firewall")
    assert group.inputs["name"] == f"aws-waf-logs-tollgate-{graph.stack}"
    assert group.inputs["kmsKeyId"] == key_arns(graph)["logs"]
    assert logging.inputs["logDestinationConfigs"] == [group.outputs["arn"]]
    assert logging.inputs["resourceArn"] == graph.one(WEB_ACL, "firewall").outputs["arn"]
    kept = logging.inputs["loggingFilter"]
    assert kept["defaultBehavior"] == "DROP"
    (only,) = kept["filters"]
    assert (only["behavior"], only["requirement"]) == ("KEEP", "MEETS_ANY")
    blocked, *labelled = only["conditions"]
    assert blocked == {"actionCondition": {"action": "BLOCK"}}
    labels = {one["labelNameCondition"]["labelName"] for one in labelled}
    assert labels == {
        "awswaf:managed:aws:anonymous-ip-list:AnonymousIPList",
        "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body",
        "awswaf:managed:aws:core-rule-set:GenericRFI_Body",
    }


def test_no_credential_query_or_body_is_seen_in_logs_or_samples(graph: Graph) -> None:
    redacted = graph.one(LOGGING, "firewall").inputs["redactedFields"]
    headers = {field["singleHeader"]["name"] for field in redacted if "singleHeader" in field}
    assert headers == {"authorization", "cookie", "idempotency-key"}
    assert {"queryString": {}} in redacted
    web_acl = graph.one(WEB_ACL, "firewall").inputs
    (protected,) = web_acl["dataProtectionConfig"]["dataProtections"]
    assert protected == {"action": "SUBSTITUTION", "field": {"fieldType": "BODY"}}
    for seen in (web_acl, *rules(graph).values()):
        assert seen["visibilityConfig"]["sampledRequestsEnabled"] is False
        assert seen["visibilityConfig"]["cloudwatchMetricsEnabled"] is True


def test_only_aws_log_delivery_for_this_account_writes_the_log(graph: Graph) -> None:
    policy = graph.one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "firewall")
    (statement,) = statements(policy.inputs["policyDocument"])
    account = graph.exports["account_id"]
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert statement["Resource"] == graph.one(LOG_GROUP, "firewall").outputs["arn"] + ":*"
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": account},
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:eu-west-1:{account}:*"},
    }
    assert findings(statement) == set()
    # Without the policy in place AWS WAF refuses the destination, or makes a policy of its own.
    assert policy.urn in graph.one(LOGGING, "firewall").dependencies


def test_a_refusal_of_awss_groups_is_a_problem_of_the_gateways(graphs: Graphs) -> None:
    body = json.loads(graphs("prod").one("aws:apigateway/restApi:RestApi", "api").inputs["body"])
    filtered = body["x-amazon-apigateway-gateway-responses"]["WAF_FILTERED"]
    assert filtered["statusCode"] == "403"
    problem = json.loads(filtered["responseTemplates"]["application/json"])
    assert problem["request_id"] == "$context.requestId"
    assert "firewall" in problem["detail"]


def test_anonymous_addresses_can_be_blocked() -> None:
    edge = Edge(requests_per_minute=10, token_requests_per_minute=10, anonymous_addresses="block")
    assert managed_rules(edge)[-1].get("override_action") == {"none": {}}
