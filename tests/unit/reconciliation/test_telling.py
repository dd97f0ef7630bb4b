"""How people and merchants hear of a difference."""

import json

import pytest

from tests.examples import ACCOUNT
from tests.unit.api.caller import Api
from tests.unit.reconciliation.scene import (
    DAY,
    compared_day,
    reference_of,
)
from tollgate.domain.instruction import Refund


def metrics(written: str) -> list[tuple[str, list[float], str | None]]:
    """Name, values and kind of what the embedded metric format carries."""
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    return [
        (metric["Name"], line[metric["Name"]], line.get("kind"))
        for line in lines
        if "_aws" in line
        for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]
    ]


def test_agreement_is_a_metric_and_so_is_each_kind_of_difference(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    paid = api.pay().body["id"]
    api.later(DAY)
    compared_day(api)
    assert metrics(capsys.readouterr().out) == [
        ("ReconciliationDifferences", [0], None),
        ("ReconciliationUnreadBooks", [0], None),
    ]
    api.processor.send(ACCOUNT, "by hand", Refund(reference_of(api, paid), 300, "USD", "by hand"))
    compared_day(api)
    assert metrics(capsys.readouterr().out) == [
        ("ReconciliationDifferences", [1], None),
        ("ReconciliationUnreadBooks", [0], None),
        ("ReconciliationDifferences", [1], "refunded_elsewhere"),
    ]


def test_a_difference_is_told_once(api: Api) -> None:
    held = api.pay(capture_method="manual").body["id"]
    api.processor.expire(reference_of(api, held))
    api.later(DAY)
    compared_day(api)
    compared_day(api)
    told = [each.events[-1] for each in api.vault.outbox.stories]
    differences = [each for each in told if each.type == "reconciliation.difference"]
    assert [(each.subject, each.object["kind"], each.noted) for each in differences] == [
        (held, "expired", True)
    ]
