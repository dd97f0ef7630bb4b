"""The card fields' own origin: what is handed out, to whom, with what."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from engine import Graph, up
from engine.argument_types import misfits
from infra.fields.distribution import PATTERNS
from infra.fields.edge_function import code
from infra.fields.headers import CSP, Kind, headers_of, kind_of, policy
from infra.fields.release import files, newest_path, path_of
from tests.infra.graphs import KEY, Graphs, statements
from tests.stacks import PROJECT

API = "https://api.dev.tollgate.example"
DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
FUNCTION = "aws:cloudfront/function:Function"
HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"
OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"
POLICY = "aws:s3/bucketPolicy:BucketPolicy"
RECORD = "aws:route53/record:Record"
MERCHANT, SHOP = "mer_01EXAMPLE", "https://shop.example"


def sent(graph: Graph, kind: Kind) -> dict[str, str]:
    """What a headers policy has browsers get, header by header."""
    inputs = graph.one(HEADERS, f"card-fields-{kind}").inputs
    security = inputs["securityHeadersConfig"]
    transport = security["strictTransportSecurity"]
    assert all(each["override"] for each in security.values())
    assert all(item["override"] for item in inputs["customHeadersConfig"]["items"])
    headers = {item["header"]: item["value"] for item in inputs["customHeadersConfig"]["items"]}
    headers["Strict-Transport-Security"] = f"max-age={transport['accessControlMaxAgeSec']}" + (
        "; includeSubDomains" if transport["includeSubdomains"] else ""
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = security["referrerPolicy"]["referrerPolicy"]
    if "contentSecurityPolicy" in security:
        headers[CSP] = security["contentSecurityPolicy"]["contentSecurityPolicy"]
    if "corsConfig" in inputs:
        (origin,) = inputs["corsConfig"]["accessControlAllowOrigins"]["items"]
        headers["Access-Control-Allow-Origin"] = origin
    return headers


def test_cloudfront_sends_what_is_declared(graphs: Graphs) -> None:
    for kind in Kind:
        declared = headers_of(kind) | ({CSP: policy(API)} if kind is Kind.PAGE else {})
        assert sent(graphs("dev"), kind) == declared


def test_every_file_gets_the_headers_of_its_kind(graphs: Graphs) -> None:
    inputs = graphs("dev").one(DISTRIBUTION, "card-fields").inputs
    assert [each["pathPattern"] for each in inputs["orderedCacheBehaviors"]] == list(PATTERNS)
    ids = {kind: graphs("dev").one(HEADERS, f"card-fields-{kind}").outputs["id"] for kind in Kind}
    for path in files(API):
        fitting = [
            each
            for each in inputs["orderedCacheBehaviors"]
            if path == f"/{each['pathPattern']}" or path.endswith(each["pathPattern"].lstrip("*"))
        ]
        behaviour = (fitting or [inputs["defaultCacheBehavior"]])[0]
        assert behaviour["responseHeadersPolicyId"] == ids[kind_of(path)], path
        runs = {each["eventType"] for each in behaviour.get("functionAssociations", [])}
        assert runs == ({"viewer-request", "viewer-response"} if path.endswith("/card.html") else set())


def test_a_session_has_its_hosted_page_which_nobody_may_show(graphs: Graphs) -> None:
    inputs = graphs("dev").one(DISTRIBUTION, "card-fields").inputs
    (behaviour,) = (each for each in inputs["orderedCacheBehaviors"] if each["pathPattern"] == "checkout/*")
    assert (
        behaviour["responseHeadersPolicyId"] == graphs("dev").one(HEADERS, "card-fields-page").outputs["id"]
    )
    assert [each["eventType"] for each in behaviour["functionAssociations"]] == ["viewer-request"]
    assert sent(graphs("dev"), Kind.PAGE)[CSP].endswith("frame-ancestors 'none'")


@pytest.mark.toolchain("node")
def test_the_hosted_page_of_every_session_is_the_releases() -> None:
    request = {"method": "GET", "uri": "/checkout/cks_1", "querystring": {}}
    asked = run({"context": {"eventType": "viewer-request"}, "request": request})
    assert asked == {**request, "uri": path_of("checkout.html")}


def test_what_is_uploaded_is_the_release(graphs: Graphs) -> None:
    bucket = "tollgate-dev-card-fields-222222222222"
    uploaded = {
        f"/{node.inputs['key']}": node for node in graphs("dev").of_type(OBJECT) if node.name != "package"
    }
    assert {path: node.inputs["content"].encode() for path, node in uploaded.items()} == files(API)
    assert {node.inputs["bucket"] for node in uploaded.values()} == {bucket}
    assert uploaded[path_of("card.html")].inputs["cacheControl"] == "max-age=60"
    assert uploaded[newest_path()].inputs["contentType"] == "text/javascript; charset=utf-8"


def test_nobody_but_the_accounts_distribution_reads_the_files(graphs: Graphs) -> None:
    graph = graphs("dev")
    allowed = [
        each
        for each in statements(graph.one(POLICY, "card-fields").inputs["policy"])
        if each["Effect"] == "Allow"
    ]
    own = {"AWS:SourceAccount".lower(): "222222222222"}
    for statement in (
        *allowed,
        *(
            each
            for each in statements(graph.one(KEY, "artifacts").inputs["policy"])
            if each["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        ),
    ):
        assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        assert {k.lower(): v for k, v in statement["Condition"]["StringEquals"].items()} == own
        assert statement["Condition"]["ArnLike"] == {
            "aws:SourceArn": "arn:aws:cloudfront::222222222222:distribution/*"
        }
    assert len(allowed) == 1


def test_dns_leads_to_the_distribution(graphs: Graphs) -> None:
    graph = graphs("dev")
    distribution = graph.one(DISTRIBUTION, "card-fields")
    assert distribution.inputs["aliases"] == ["js.dev.tollgate.example"]
    for kind in ("A", "AAAA"):
        record = graph.one(RECORD, f"card-fields-{kind}").inputs
        assert (record["name"], record["type"]) == ("js.dev.tollgate.example", kind)
        assert record["aliases"][0]["name"] == distribution.outputs["domainName"]
    assert graph.exports["card_fields_url"] == "https://js.dev.tollgate.example"


def test_without_the_setting_nothing_is_delivered(package: Path) -> None:
    overrides = {"tollgate:package": str(package), "tollgate:card_fields": "null"}
    graph = up(PROJECT, "dev", preview=False, overrides=overrides)
    assert [node.urn for node in graph.nodes.values() if "cloudfront" in node.type] == []
    assert "cloudfront" not in json.dumps([node.inputs["policy"] for node in graph.of_type(KEY)])
    assert misfits(graph) == []


@pytest.mark.toolchain("node")
@pytest.mark.parametrize(
    ("merchant", "shown"),
    [
        ({"value": MERCHANT}, True),
        ({"value": "mer_other"}, False),
        ({"value": "constructor"}, False),
        ({"value": MERCHANT, "multiValue": [{"value": MERCHANT}, {"value": "mer_other"}]}, False),
        (None, False),
    ],
)
def test_a_page_is_for_the_merchants_origins_alone(merchant: dict[str, Any] | None, shown: bool) -> None:
    request = {
        "method": "GET",
        "uri": path_of("card.html"),
        "querystring": {"merchant": merchant} if merchant else {},
    }
    asked, answered = (
        run(
            {
                "context": {"eventType": event},
                "request": request,
                "response": {"statusCode": 200, "headers": {}},
            }
        )
        for event in ("viewer-request", "viewer-response")
    )
    if shown:
        assert asked == request
        assert answered["headers"] == {CSP.lower(): {"value": policy(API, [SHOP, "https://*.shop.example"])}}
    else:
        assert asked["statusCode"] == 404
        # What the headers policy has sent stays: nobody may show the page.
        assert answered["headers"] == {}


def run(event: dict[str, Any]) -> dict[str, Any]:
    """What the function answers to an event."""
    text = code(API, {MERCHANT: [SHOP, "https://*.shop.example"]})
    program = f"{text}\nconsole.log(JSON.stringify(handler({json.dumps(event)})));"
    done = subprocess.run(
        ["node", "-"], input=program, capture_output=True, text=True, timeout=60, check=True
    )
    return json.loads(done.stdout)
