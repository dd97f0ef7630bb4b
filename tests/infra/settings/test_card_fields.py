"""The section `card_fields`."""

from pathlib import Path
from typing import Any

import pytest

from infra.settings.reading import InvalidSettingsError
from tests.infra.settings.stack_file import EDGE, OWN_DOMAIN, read

CERTIFICATE = OWN_DOMAIN["certificate_arn"].replace("eu-west-1", "us-east-1")
SHOWN: dict[str, Any] = {"name": "js.example", "certificate_arn": CERTIFICATE}
NAMED = EDGE | {"domain": OWN_DOMAIN}
TRUST = {"truststore_uri": "s3://trust/clients.pem", "truststore_version": "v1"}


def test_a_stage_may_do_without(root: Path) -> None:
    assert read(root).card_fields is None


def test_an_origin_is_what_a_browser_calls_one(root: Path) -> None:
    origins = {"mer_01A": ["https://shop.example", "https://*.shop.example", "https://shop.example:8443"]}
    shown = read(root, edge=NAMED, card_fields=SHOWN | {"origins": origins}).card_fields
    assert shown is not None
    assert shown.origins["mer_01A"] == tuple(origins["mer_01A"])
    assert shown.url == "https://js.example"


@pytest.mark.parametrize(
    "origin", ["http://shop.example", "https://shop.example/", "*", "https://*", "null", "https://a b"]
)
def test_what_is_no_origin_is_refused(root: Path, origin: str) -> None:
    with pytest.raises(InvalidSettingsError, match=r"tollgate:card_fields: .*matching regex"):
        read(root, edge=NAMED, card_fields=SHOWN | {"origins": {"mer_01A": [origin]}})


@pytest.mark.parametrize(
    ("edge", "changed", "reason"),
    [
        (EDGE, {}, "needs a name of its own, `edge.domain`"),
        (EDGE | {"domain": OWN_DOMAIN | {"mutual_tls": TRUST}}, {}, "has no client certificate"),
        (NAMED, {"name": "api.example"}, "must be another than the API's"),
        (NAMED, {"certificate_arn": OWN_DOMAIN["certificate_arn"]}, "of account 222222222222 in us-east-1"),
        (NAMED, {"origins": {"mer_01A": []}}, "length >= 1"),
        (NAMED, {"origins": {"shop": ["https://shop.example"]}}, "matching regex"),
        (NAMED, {"origins": {f"mer_{n:06}": ["https://shop.example"] for n in range(900)}}, "30000 bytes"),
        (NAMED, {"requests_per_minute": 9}, "`int` >= 10"),
        (NAMED, {"zone": "Z1"}, "unknown field `zone`"),
    ],
)
def test_what_does_not_fit_is_refused(
    root: Path, edge: dict[str, Any], changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(root, edge=edge, card_fields=SHOWN | changed)
    _, *problems = str(refused.value).splitlines()
    assert len(problems) == 1
    assert problems[0].startswith("  tollgate:card_fields: ")
    assert reason in problems[0]
