"""The section `edge`."""

from pathlib import Path
from typing import Any

import pytest

from infra.settings.reading import InvalidSettingsError
from tests.infra.settings.stack_file import (
    EDGE,
    OWN_DOMAIN,
    read,
)


def test_the_edge_needs_limits_only(root: Path) -> None:
    edge = read(root).edge
    assert (edge.anonymous_addresses, edge.domain) == ("count", None)


def test_a_domain_may_ask_for_client_certificates(root: Path) -> None:
    trust = {"truststore_uri": "s3://trust/clients.pem", "truststore_version": "v1"}
    domain = read(
        root, edge=EDGE | {"domain": OWN_DOMAIN | {"zone_id": "Z1", "mutual_tls": trust}}
    ).edge.domain
    assert domain is not None
    assert domain.mutual_tls is not None
    assert domain.url == "https://api.example"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"requests_per_minute": 2999}, "must be 3000 or more"),
        ({"requests_per_minute": 9}, "`int` >= 10 - at `requests_per_minute`"),
        ({"token_requests_per_minute": 60001}, "must not be more than `requests_per_minute`"),
        ({"anonymous_addresses": "allow"}, "Invalid enum value 'allow'"),
        ({"domain": {"name": "api.example"}}, "missing required field `certificate_arn`"),
        ({"domain": OWN_DOMAIN | {"name": "https://api.example"}}, "matching regex"),
        ({"domain": OWN_DOMAIN | {"name": "pay.example"}}, "the issuer must be https://pay.example"),
        ({"domain": OWN_DOMAIN | {"certificate_arn": "arn:aws:iam::1:x"}}, "matching regex"),
        (
            {
                "domain": OWN_DOMAIN
                | {"certificate_arn": OWN_DOMAIN["certificate_arn"].replace("222222222222", "333333333333")}
            },
            "the certificate must be of account 222222222222 in eu-west-1",
        ),
        ({"domain": OWN_DOMAIN | {"zone_id": "zone"}}, "matching regex"),
        (
            {"domain": OWN_DOMAIN | {"mutual_tls": {"truststore_uri": "s3://a-bucket/x"}}},
            "missing required field",
        ),
        ({"firewall": False}, "unknown field `firewall`"),
    ],
)
def test_a_wrong_edge_is_refused(root: Path, changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(root, edge=EDGE | changed)
    _, *problems = str(refused.value).splitlines()
    assert len(problems) == 1
    assert problems[0].startswith("  tollgate:edge: ")
    assert reason in problems[0]
