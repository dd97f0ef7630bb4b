"""The API under a name of its own, and without one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine import Graph, up
from engine.argument_types import misfits
from engine.errors import ProgramError
from tests.infra.graphs import FUNCTION, Graphs
from tests.stacks import PROJECT

DOMAIN = "aws:apigateway/domainName:DomainName"
MAPPING = "aws:apigateway/basePathMapping:BasePathMapping"
RECORD = "aws:route53/record:Record"
REST_API = "aws:apigateway/restApi:RestApi"
OF_A_DOMAIN = {DOMAIN, MAPPING, RECORD}

LIMITS = {"requests_per_minute": 60000, "token_requests_per_minute": 300}
OWN = {
    "name": "api.dev.tollgate.example",
    "certificate_arn": "arn:aws:acm:eu-west-1:222222222222:certificate/11111111-2222-3333-4444-555555555555",
}
TRUST = {"truststore_uri": "s3://company-trust/clients.pem", "truststore_version": "v1"}


def dev(package: Path, **edge: Any) -> Graph:
    """The dev stack with other settings of the edge."""
    overrides = {
        "tollgate:package": str(package),
        "tollgate:edge": json.dumps({**LIMITS, **edge}),
        "tollgate:card_fields": "null",
    }
    return up(PROJECT, "dev", preview=False, overrides=overrides)


def kinds(graph: Graph) -> set[str]:
    return {node.type for node in graph.nodes.values()} & OF_A_DOMAIN


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_api_answers_at_the_root_of_its_own_name_only(graphs: Graphs, stack: str) -> None:
    graph = graphs(stack)
    domain = graph.one(DOMAIN, "api")
    mapping = graph.one(MAPPING, "api").inputs
    assert mapping["domainName"] == domain.inputs["domainName"]
    assert (mapping["restApi"], mapping["stageName"]) == (graph.exports["api_id"], "live")
    assert "basePath" not in mapping
    assert graph.one(REST_API, "api").inputs["disableExecuteApiEndpoint"] is True
    assert graph.exports["api_url"] == f"https://{domain.inputs['domainName']}"
    assert graph.exports["domain_target"] == domain.outputs["regionalDomainName"]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_tokens_are_issued_under_the_name_that_the_api_answers_at(graphs: Graphs, stack: str) -> None:
    graph = graphs(stack)
    told = graph.one(FUNCTION, "identity").inputs["environment"]["variables"]
    assert told["ISSUER"] == graph.exports["api_url"]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_dns_leads_both_kinds_of_address_to_the_api(graphs: Graphs, stack: str) -> None:
    graph = graphs(stack)
    domain = graph.one(DOMAIN, "api")
    assert domain.inputs["endpointConfiguration"] == {"types": "REGIONAL", "ipAddressType": "dualstack"}
    records = [graph.one(RECORD, kind) for kind in ("A", "AAAA")]
    for record in records:
        assert record.inputs["type"] == record.name
        assert record.inputs["name"] == domain.inputs["domainName"]
        (alias,) = record.inputs["aliases"]
        assert alias["name"] == domain.outputs["regionalDomainName"]
        assert alias["zoneId"] == domain.outputs["regionalZoneId"]


def test_connections_are_tls_1_2_or_newer_with_forward_secrecy(graph: Graph) -> None:
    for kind in (DOMAIN, REST_API):
        for node in graph.of_type(kind):
            assert node.inputs["securityPolicy"] == "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09"
            assert node.inputs["endpointAccessMode"] == "STRICT"


def test_without_a_domain_the_api_answers_at_awss_name(package: Path) -> None:
    graph = dev(package)
    assert kinds(graph) == set()
    assert graph.one(REST_API, "api").inputs["disableExecuteApiEndpoint"] is False
    assert graph.exports["api_url"].endswith(".execute-api.eu-west-1.amazonaws.com/live")
    assert "domain_target" not in graph.exports


def test_without_a_zone_the_records_are_somebody_elses(package: Path) -> None:
    graph = dev(package, domain=OWN)
    assert kinds(graph) == {DOMAIN, MAPPING}
    assert graph.exports["domain_target"].startswith("d-")


def test_client_certificates_are_asked_for_under_the_policy_that_allows_it(package: Path) -> None:
    graph = dev(package, domain={**OWN, "mutual_tls": TRUST})
    domain = graph.one(DOMAIN, "api").inputs
    assert domain["mutualTlsAuthentication"] == {
        "truststoreUri": "s3://company-trust/clients.pem",
        "truststoreVersion": "v1",
    }
    for inputs in (domain, graph.one(REST_API, "api").inputs):
        assert inputs["securityPolicy"] == "TLS_1_2"
        assert "endpointAccessMode" not in inputs
    # AWS's own name would let callers in without a certificate.
    assert graph.one(REST_API, "api").inputs["disableExecuteApiEndpoint"] is True
    assert misfits(graph) == []


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"name": "pay.example"}, "the issuer must be https://pay.example"),
        (
            {"certificate_arn": OWN["certificate_arn"].replace("eu-west-1", "us-east-1")},
            "account 222222222222 in eu-west-1",
        ),
    ],
)
def test_a_domain_that_does_not_fit_the_stage_is_refused(
    package: Path, changed: Mapping[str, str], reason: str
) -> None:
    with pytest.raises(ProgramError, match=f"tollgate:edge: .*{reason}"):
        dev(package, domain={**OWN, **changed})


def test_a_page_may_ask_for_the_keys_and_pay_a_session_and_do_nothing_else(graphs: Graphs) -> None:
    # Reading the keys is a plain GET, which the function answers for every origin: no preflight to answer.
    # Of a session only the function knows which pages may: the gateway itself opens nothing.
    gateway = document(graphs("dev"))
    open_ = {path for path, item in gateway["paths"].items() if "options" in item}
    assert open_ == {f"/v1/checkout_sessions/{{id}}/{verb}" for verb in ("pay", "view")}
    assert "Access-Control" not in json.dumps(gateway)


def document(graph: Graph) -> dict[str, Any]:
    return json.loads(graph.one(REST_API, "api").inputs["body"])
