"""How a reconciliation's report is told."""

import io
import json
from typing import Any

import pytest

from onboarding.failure import Failure
from ops.commands.reconcile import agree, compared, invoked, present, present_open
from ops.terminal import results
from tests.unit.ops.conftest import Tollgate
from tollgate.domain.day import Day

AMOUNTS = {"authorized": 10_000, "captured": 10_000, "refunded": 0, "currency": "USD"}
EXTRA = {
    "kind": "extra",
    "merchant_id": "mer_one",
    "payment_id": None,
    "reference": "M1",
    "ours": None,
    "books": AMOUNTS,
    "resolved": False,
}
UNREAD = {"account": "main", "terminal": "1234001", "reason": "the processor answered 500"}
CLEAN: dict[str, Any] = {"day": "2026-11-21", "compared": 3, "open": 1, "differences": [], "unread": []}


class Functions:
    """AWS Lambda, with one answer."""

    def __init__(self, payload: object, **more: str) -> None:
        self.events: list[object] = []
        self._answer = {"Payload": io.BytesIO(json.dumps(payload).encode()), **more}

    def invoke(self, *, FunctionName: str, Qualifier: str, Payload: str) -> dict[str, Any]:  # noqa: N803
        self.events.append((f"{FunctionName}:{Qualifier}", json.loads(Payload)))
        return self._answer


NAME = "tollgate-local-reconciler"
NONE_OPEN: dict[str, Any] = {"differences": [], "unread": []}


def told(report: dict[str, Any]) -> str:
    with results.capture() as captured:
        results.width = 200
        present(report)
    return captured.get()


def test_a_clean_day_is_a_sentence() -> None:
    assert told(CLEAN) == "2026-11-21: 3 payments compared, 1 still open, 0 differences\n"


def test_a_difference_is_told_with_both_sides() -> None:
    text = told(CLEAN | {"differences": [EXTRA]})
    assert "1 differences" in text
    ours, books = [line.split() for line in text.splitlines() if "ours" in line or "books" in line]
    assert ours == ["extra", "not", "ours", "ours", "none"]
    assert " ".join(books) == "mer_one books 10000 / 10000 / 0 USD (M1)"


def test_books_that_were_not_read_are_named() -> None:
    assert "not read: account main, terminal 1234001: the processor answered 500" in told(
        CLEAN | {"unread": [UNREAD]}
    )


def test_what_has_been_open_for_long_is_told() -> None:
    with results.capture() as captured:
        results.width = 200
        present_open({"differences": [EXTRA | {"kind": "open", "payment_id": "pay_one"}], "unread": []})
    assert captured.get().startswith("Open for more than a day: 1\n")
    assert "pay_one" in captured.get()


def test_only_books_that_were_read_and_agree_are_agreement() -> None:
    assert agree([CLEAN, CLEAN])
    assert not agree([CLEAN, CLEAN | {"differences": [EXTRA]}])
    assert not agree([CLEAN | {"unread": [UNREAD]}])


def test_the_function_is_asked_for_the_day() -> None:
    functions = Functions({"days": [CLEAN]})
    assert invoked(functions, NAME, {"day": "2026-11-21"}) == {"days": [CLEAN]}
    assert functions.events == [(f"{NAME}:live", {"day": "2026-11-21"})]


def test_a_day_that_takes_several_calls_is_one_report() -> None:
    answers = [
        {"days": [CLEAN | {"differences": [EXTRA]}], "open": NONE_OPEN, "next": 5},
        {"days": [CLEAN | {"differences": [EXTRA], "unread": [UNREAD]}], "open": NONE_OPEN, "next": None},
    ]

    class InTurn:
        def __init__(self) -> None:
            self.events: list[Any] = []

        def invoke(self, **request: str) -> dict[str, Any]:
            self.events.append(json.loads(request["Payload"]))
            return {"Payload": io.BytesIO(json.dumps(answers[len(self.events) - 1]).encode())}

    functions = InTurn()
    found = compared(functions, NAME, Day.of("2026-11-21"))
    assert functions.events == [{"day": "2026-11-21"}, {"day": "2026-11-21", "from": 5}]
    (report,) = found["days"]
    assert (report["compared"], report["open"]) == (6, 2)
    assert (report["differences"], report["unread"]) == ([EXTRA], [UNREAD])


def test_a_function_that_fails_is_told_with_its_log_group() -> None:
    functions = Functions({"errorMessage": "Task timed out"}, FunctionError="Unhandled")
    with pytest.raises(Failure, match=r"Task timed out.*/aws/lambda/tollgate-local-reconciler"):
        invoked(functions, NAME, {})


def test_a_day_that_is_none_is_a_usage_error(tollgate: Tollgate) -> None:
    refused = tollgate("reconcile", "--day", "yesterday")
    assert refused.exit_code == 2
    assert "YYYY-MM-DD" in refused.stderr
