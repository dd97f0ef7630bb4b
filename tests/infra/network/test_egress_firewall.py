"""The firewall before the internet."""

import json
from urllib.parse import urlsplit

import pytest
from pulumi_aws.networkfirewall.outputs import (
    FirewallFirewallStatus,
    FirewallFirewallStatusSyncState,
    FirewallFirewallStatusSyncStateAttachment,
)

from engine import Graph
from infra.network.egress_firewall import endpoints_by_subnet
from tests.infra.graphs import FUNCTION, LOG_GROUP, Graphs, key_arns, statements
from tests.infra.iam import findings
from tests.infra.network.ways import FIREWALL, SUBNET, VPC, tier


@pytest.fixture
def prod(graphs: Graphs) -> Graph:
    return graphs("prod")


@pytest.mark.parametrize(("stack", "firewalls"), [("dev", 0), ("prod", 1), ("local", 0)])
def test_a_stage_has_a_firewall_if_its_settings_say_so(graphs: Graphs, stack: str, firewalls: int) -> None:
    graph = graphs(stack)
    assert len(graph.of_type(FIREWALL)) == firewalls
    assert ("firewall" in {tier(node) for node in graph.of_type(SUBNET)}) == bool(firewalls)


def test_the_processors_hosts_are_let_out_and_no_others(prod: Graph) -> None:
    (group,) = prod.of_type("aws:networkfirewall/ruleGroup:RuleGroup")
    told = json.loads(prod.one(FUNCTION, "payments").inputs["environment"]["variables"]["PROCESSOR_ACCOUNTS"])
    hosts = {
        urlsplit(account[key]).hostname for account in told.values() for key in ("api_url", "identity_url")
    }
    listed = group.inputs["ruleGroup"]["rulesSource"]["rulesSourceList"]
    assert set(listed["targets"]) == hosts == {"api.payroc.com", "identity.payroc.com"}
    assert listed["targetTypes"] == ["TLS_SNI"]
    assert listed["generatedRulesType"] == "ALLOWLIST"
    assert set(group.inputs["ruleGroup"]["rulesSource"]) == {"rulesSourceList"}
    assert group.inputs["capacity"] >= 10 * len(hosts)


def test_what_no_rule_lets_out_is_dropped_and_told(prod: Graph) -> None:
    (group,) = prod.of_type("aws:networkfirewall/ruleGroup:RuleGroup")
    (policy,) = prod.of_type("aws:networkfirewall/firewallPolicy:FirewallPolicy")
    rules = policy.inputs["firewallPolicy"]
    assert set(rules["statefulDefaultActions"]) == {"aws:drop_established", "aws:alert_established"}
    # A list evaluated in AWS's own order would let pass whatever isn't TLS.
    assert rules["statefulEngineOptions"] == {"ruleOrder": "STRICT_ORDER", "streamExceptionPolicy": "DROP"}
    assert group.inputs["ruleGroup"]["statefulRuleOptions"] == {"ruleOrder": "STRICT_ORDER"}
    assert rules["statelessDefaultActions"] == ["aws:forward_to_sfe"]
    assert rules["statelessFragmentDefaultActions"] == ["aws:drop"]
    assert "statelessRuleGroupReferences" not in rules
    references = rules["statefulRuleGroupReferences"]
    assert references == [{"priority": 1, "resourceArn": group.outputs["arn"]}]


def test_the_firewall_has_subnets_of_its_own_and_is_hard_to_remove(prod: Graph) -> None:
    (firewall,) = prod.of_type(FIREWALL)
    (policy,) = prod.of_type("aws:networkfirewall/firewallPolicy:FirewallPolicy")
    own = [{"subnetId": node.id} for node in prod.of_type(SUBNET) if tier(node) == "firewall"]
    assert sorted(firewall.inputs["subnetMappings"], key=str) == sorted(own, key=str)
    assert firewall.inputs["vpcId"] == prod.of_type(VPC)[0].id
    assert firewall.inputs["firewallPolicyArn"] == policy.outputs["arn"]
    assert firewall.inputs["deleteProtection"] is True


def test_what_is_dropped_is_logged_encrypted_and_by_this_account_only(prod: Graph) -> None:
    group = prod.one(LOG_GROUP, "egress-firewall")
    (logging,) = prod.of_type("aws:networkfirewall/loggingConfiguration:LoggingConfiguration")
    policy = prod.one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "egress-firewall")
    assert logging.inputs["loggingConfiguration"]["logDestinationConfigs"] == [
        {
            "logType": "ALERT",
            "logDestinationType": "CloudWatchLogs",
            "logDestination": {"logGroup": group.inputs["name"]},
        }
    ]
    assert policy.urn in logging.dependencies
    assert group.inputs["kmsKeyId"] == key_arns(prod)["logs"]
    (statement,) = statements(policy.inputs["policyDocument"])
    account = prod.exports["account_id"]
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert statement["Resource"] == f"{group.outputs['arn']}:*"
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": account},
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{prod.exports['region']}:{account}:*"},
    }
    assert findings(statement) == set()


def test_endpoints_are_found_by_subnet_and_unfinished_ones_are_not() -> None:
    attachments = [
        FirewallFirewallStatusSyncStateAttachment(endpoint_id="vpce-1", subnet_id="subnet-1"),
        FirewallFirewallStatusSyncStateAttachment(subnet_id="subnet-2"),
    ]
    states = [FirewallFirewallStatusSyncState(attachments=[each]) for each in attachments]
    assert endpoints_by_subnet([FirewallFirewallStatus(sync_states=states)]) == {"subnet-1": "vpce-1"}
