"""Which names the network looks up."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from engine import Graph
from infra.network.dns_firewall import allowed_names
from infra.network.endpoints import CALLS
from infra.stage import Stage
from tests.infra.graphs import FUNCTION, LOG_GROUP, key_arns, statements
from tests.infra.network.ways import VPC

RESOLVER = "aws:route53/resolver"
STAGE = Stage("dev", "222222222222", "eu-west-1")


def parts(graph: Graph, kind: str) -> dict[str, dict[str, Any]]:
    return {node.name: node.inputs for node in graph.of_type(f"{RESOLVER}{kind}:Resolver{kind}")}


def test_the_processors_names_and_awss_are_looked_up(graph: Graph) -> None:
    told = graph.one(FUNCTION, "payments").inputs["environment"]["variables"]["PROCESSOR_ACCOUNTS"]
    urls = [account[key] for account in json.loads(told).values() for key in ("api_url", "identity_url")]
    hosts = {f"{urlsplit(url).hostname}." for url in urls} - {"127.0.0.1."}
    listed = set(parts(graph, "FirewallDomainList")["dns-allowed"]["domains"])
    region = graph.exports["region"]
    assert hosts <= listed
    assert {f"{service}.{region}.amazonaws.com." for service in CALLS} <= listed - hosts
    assert all(name.endswith(f".{region}.amazonaws.com.") for name in listed - hosts)


def test_any_other_name_is_refused_and_so_is_every_name_while_the_firewall_fails(graph: Graph) -> None:
    lists = parts(graph, "FirewallDomainList")
    assert lists["dns-refused"]["domains"] == ["*."]
    rules = parts(graph, "FirewallRule")
    assert rules["dns-allowed"]["action"] == "ALLOW"
    # What the processor's name leads to is its carrier's affair.
    assert rules["dns-allowed"]["firewallDomainRedirectionAction"] == "TRUST_REDIRECTION_DOMAIN"
    assert (rules["dns-refused"]["action"], rules["dns-refused"]["blockResponse"]) == ("BLOCK", "NXDOMAIN")
    assert rules["dns-allowed"]["priority"] < rules["dns-refused"]["priority"]
    (vpc,) = graph.of_type(VPC)
    assert parts(graph, "FirewallConfig")["dns"] == {"resourceId": vpc.id, "firewallFailOpen": "DISABLED"}
    group = graph.one(f"{RESOLVER}FirewallRuleGroup:ResolverFirewallRuleGroup", "dns")
    association = parts(graph, "FirewallRuleGroupAssociation")["dns"]
    assert (association["vpcId"], association["firewallRuleGroupId"]) == (vpc.id, group.id)
    assert {rule["firewallRuleGroupId"] for rule in rules.values()} == {group.id}


def test_each_query_is_written_to_an_encrypted_log_that_aws_may_write(graph: Graph) -> None:
    group = graph.one(LOG_GROUP, "dns-firewall")
    assert group.inputs["kmsKeyId"] == key_arns(graph)["logs"]
    assert parts(graph, "QueryLogConfig")["dns"]["destinationArn"] == group.outputs["arn"]
    (vpc,) = graph.of_type(VPC)
    assert parts(graph, "QueryLogConfigAssociation")["dns"]["resourceId"] == vpc.id
    policy = graph.one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "dns-firewall")
    (statement,) = statements(policy.inputs["policyDocument"])
    assert statement["Resource"] == f"{group.outputs['arn']}:*"
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": graph.exports["account_id"]}


@pytest.mark.parametrize(
    ("hosts", "kept"), [(["api.example"], {"api.example."}), (["127.0.0.1", "::1"], set())]
)
def test_a_name_is_written_as_aws_keeps_it_and_an_address_is_none(hosts: list[str], kept: set[str]) -> None:
    assert {name for name in allowed_names(STAGE, hosts) if "amazonaws" not in name} == kept
