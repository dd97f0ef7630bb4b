import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollgate.adapters.payroc import answers
from tollgate.domain.card import Card
from tollgate.domain.charge import Charge
from tollgate.domain.instruction import Capture, Refund, Reversal
from tollgate.domain.outcome import (
    Approved,
    Declined,
    FailureCategory,
    InDoubt,
    NotAttempted,
    Outcome,
    Unknown,
)

CARD = Card("4539858876047062", 12, 2034)
CAPTURE = Capture("M2MJOG6O2Y", 4999, "USD")
REVERSAL = Reversal("M2MJOG6O2Y", 4999, "USD")
REFUND = Refund("M2MJOG6O2Y", 4999, "USD", "Refund ref_1")
READERS: dict[str, Callable[[bytes], Outcome]] = {
    "sale": lambda content: answers.authorization(content, charge(capture=True)),
    "authorization": lambda content: answers.authorization(content, charge(capture=False)),
    "capture": lambda content: answers.capture(content, CAPTURE),
    "reversal": lambda content: answers.reversal(content, REVERSAL),
    "refund": lambda content: answers.refund(content, REFUND),
}


def charge(*, capture: bool) -> Charge:
    return Charge("pay_1", 4999, "USD", capture, CARD, None)


def answer(status: str, code: str, processor: str | None = "00", **more: Any) -> bytes:
    result = {"status": status, "responseCode": code, "processorResponseCode": processor} | more
    return json.dumps(
        {
            "paymentId": "M2MJOG6O2Y",
            "order": {"orderId": "pay_1", "amount": 4999, "currency": "USD"},
            "card": {"securityChecks": {"cvvResult": "M", "avsResult": "Y"}, "new": []},
            "transactionResult": result,
            "refunds": [],
            "customFields": [{"name": "unknown"}],
        }
    ).encode()


def refunded(*entries: tuple[str, str, int, str, str], status: str = "complete") -> bytes:
    fields = ("refundId", "dateTime", "amount", "status", "responseCode")
    refunds = [dict(zip(fields, entry, strict=True)) for entry in entries]
    return json.dumps(json.loads(answer(status, "A")) | {"refunds": refunds}).encode()


@pytest.mark.parametrize(
    ("operation", "statuses"),
    [
        ("sale", {"ready", "complete", "accepted"}),
        ("authorization", {"ready", "complete", "accepted", "pending"}),
        ("capture", {"ready", "complete", "accepted"}),
        ("reversal", {"reversal"}),
    ],
)
def test_an_approval_counts_in_a_status_that_fits_the_operation(operation: str, statuses: set[str]) -> None:
    documented = "ready pending declined complete referral pickup reversal admin expired accepted".split()

    for status in [*documented, "not yet invented"]:
        outcome = READERS[operation](answer(status, "A"))
        expected = Approved("M2MJOG6O2Y", 4999) if status in statuses else None
        assert outcome == expected or (expected is None and isinstance(outcome, Unknown)), status


@pytest.mark.parametrize("operation", ["sale", "authorization", "capture", "reversal"])
@pytest.mark.parametrize(
    ("status", "code", "processor", "failure"),
    [
        ("declined", "D", "05", ("do_not_honor", FailureCategory.ISSUER_DECLINED)),
        ("referral", "R", "01", ("call_issuer", FailureCategory.ISSUER_DECLINED)),
        ("pickup", "C", "43", ("pick_up_card", FailureCategory.ISSUER_DECLINED)),
        ("declined", "D", "51", ("insufficient_funds", FailureCategory.ISSUER_DECLINED)),
        ("declined", "D", "91", ("issuer_unavailable", FailureCategory.ISSUER_DECLINED)),
        ("declined", "D", "54", ("expired_card", FailureCategory.CARD_INVALID)),
        ("declined", "D", "N7", ("incorrect_cvc", FailureCategory.CARD_INVALID)),
        ("declined", "D", "59", ("suspected_fraud", FailureCategory.FRAUD)),
        ("declined", "D", "00", ("security_checks_failed", FailureCategory.FRAUD)),
        ("declined", "D", "ZZ", ("declined", FailureCategory.ISSUER_DECLINED)),
        ("declined", "D", None, ("declined", FailureCategory.ISSUER_DECLINED)),
    ],
)
def test_a_decline_names_its_reason(
    operation: str, status: str, code: str, processor: str | None, failure: tuple[str, FailureCategory]
) -> None:
    outcome = READERS[operation](answer(status, code, processor))

    assert isinstance(outcome, Declined)
    assert (outcome.failure.code, outcome.failure.category) == failure


@pytest.mark.parametrize(
    ("checks", "failure"),
    [
        ({"avsResult": "N"}, ("address_mismatch", FailureCategory.FRAUD)),
        ({"cvvResult": "N"}, ("incorrect_cvc", FailureCategory.CARD_INVALID)),
        ({"cvvResult": "N", "avsResult": "N"}, ("incorrect_cvc", FailureCategory.CARD_INVALID)),
    ],
)
def test_a_decline_of_what_the_issuer_approved_is_explained_by_the_security_checks(
    checks: dict[str, str], failure: tuple[str, FailureCategory]
) -> None:
    body = json.loads(answer("declined", "D", "00")) | {"card": {"securityChecks": checks}}

    outcome = READERS["sale"](json.dumps(body).encode())

    assert isinstance(outcome, Declined)
    assert (outcome.failure.code, outcome.failure.category) == failure


@pytest.mark.parametrize(
    ("operation", "statuses"),
    [("sale", {"ready", "complete", "accepted"}), ("authorization", {"ready", "pending"})],
)
def test_a_partial_approval_counts_with_its_part(operation: str, statuses: set[str]) -> None:
    for status in statuses:
        outcome = READERS[operation](answer(status, "P", authorizedAmount=4000))
        assert outcome == Approved("M2MJOG6O2Y", 4000)
    assert isinstance(READERS["sale"](answer("pending", "P", authorizedAmount=4000)), Unknown)


def test_the_reversal_of_a_partial_approval_releases_its_part() -> None:
    part = Reversal("M2MJOG6O2Y", 4000, "USD")
    content = answer("reversal", "P", authorizedAmount=4000)
    assert answers.reversal(content, part) == Approved("M2MJOG6O2Y", 4000)
    assert isinstance(READERS["capture"](answer("ready", "P", authorizedAmount=4000)), Unknown)


@pytest.mark.parametrize("operation", READERS)
@pytest.mark.parametrize(
    "content",
    [
        answer("ready", "P"),
        answer("ready", "P", authorizedAmount=0),
        answer("ready", "P", authorizedAmount=4999),
        answer("ready", "P", authorizedAmount=5000),
        answer("declined", "P", authorizedAmount=1),
        answer("pending", "E"),
        answer("ready", "Z"),
        answer("declined", "A"),
        answer("ready", "D"),
        answer("ready", "a"),
        b"",
        b"null",
        b"[]",
        b"{}",
        b"<html>",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"paymentId":"M2","transactionResult":null}',
    ],
)
def test_what_is_not_understood_is_unknown(operation: str, content: bytes) -> None:
    assert isinstance(READERS[operation](content), Unknown)


@pytest.mark.parametrize(
    ("approved", "kind"),
    [(4999, Approved), (None, Approved), (4998, InDoubt), (0, InDoubt), (10300, InDoubt)],
)
@pytest.mark.parametrize("operation", ["sale", "authorization", "capture"])
def test_only_the_amount_asked_for_is_believed(
    operation: str, approved: int | None, kind: type[Outcome]
) -> None:
    assert isinstance(READERS[operation](answer("ready", "A", authorizedAmount=approved)), kind)


@pytest.mark.parametrize("operation", READERS)
@pytest.mark.parametrize("place", ["order", "transactionResult"])
def test_only_the_currency_asked_for_is_believed(operation: str, place: str) -> None:
    ours = ("RE1", "2026-01-01T10:00:00Z", 4999, "ready", "A")
    status = "reversal" if operation == "reversal" else "ready"
    body = json.loads(refunded(ours, status=status))
    assert isinstance(READERS[operation](json.dumps(body).encode()), Approved)
    body[place]["currency"] = "EUR"
    assert isinstance(READERS[operation](json.dumps(body).encode()), InDoubt)


def test_a_capture_may_be_answered_with_all_that_is_captured_by_now() -> None:
    second = Capture("M2MJOG6O2Y", 1999, "USD", before=3000)
    for shown, kind in ((1999, Approved), (4999, Approved), (3000, InDoubt)):
        assert isinstance(answers.capture(answer("ready", "A", authorizedAmount=shown), second), kind)


def test_a_partial_reversal_shows_in_what_is_left() -> None:
    part = Reversal("M2MJOG6O2Y", 1000, "USD", part=True, left=3999)
    for status, shown, kind in (
        ("ready", 3999, Approved),
        ("ready", 4999, Unknown),
        ("reversal", 4999, InDoubt),
    ):
        assert isinstance(answers.reversal(answer(status, "A", authorizedAmount=shown), part), kind), shown


def test_our_refund_is_the_one_that_is_no_other() -> None:
    old = ("RE1", "2026-01-01T10:00:00Z", 4999, "complete", "A")
    other = ("RE2", "2026-01-03T10:00:00Z", 100, "ready", "A")
    ours = ("RE3", "2026-01-02T10:00:00Z", 4999, "ready", "A")
    known = replace(REFUND, taken=frozenset({"RE1"}))

    for entries in [(old, other, ours), (ours, other, old)]:
        assert answers.refund(refunded(*entries), known) == Approved("RE3", 4999)
        assert isinstance(READERS["refund"](refunded(*entries)), Unknown)
    assert isinstance(answers.refund(refunded(old, other), known), Unknown)


def test_a_refund_that_became_a_reversal_is_ours_if_nothing_is_left() -> None:
    content = refunded(status="reversal")
    assert READERS["refund"](content) == Approved("M2MJOG6O2Y", 4999)
    assert isinstance(answers.refund(content, replace(REFUND, amount=2000, left=2999)), InDoubt)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        ("ready", "A", Approved),
        ("pending", "A", Approved),
        ("declined", "D", Declined),
        ("returned", "A", Unknown),
        ("declined", "A", Unknown),
        ("ready", "E", Unknown),
    ],
)
def test_a_refund_is_judged_by_its_entry(status: str, code: str, kind: type[Outcome]) -> None:
    assert isinstance(READERS["refund"](refunded(("RE1", "2026-01-01T10:00:00Z", 4999, status, code))), kind)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children, max_size=3),
    max_leaves=10,
)
WORDS = st.sampled_from(["A", "D", "R", "C", "P", "E", "ready", "pending", "declined", "reversal"]) | JSON
PAYMENTS = st.fixed_dictionaries(
    {},
    optional={
        "paymentId": st.text() | JSON,
        "order": st.fixed_dictionaries({"amount": st.integers() | JSON}) | JSON,
        "transactionResult": st.fixed_dictionaries(
            {"status": WORDS, "responseCode": WORDS},
            optional={"processorResponseCode": WORDS, "authorizedAmount": st.just(4999) | JSON},
        )
        | JSON,
        "card": st.fixed_dictionaries({"securityChecks": JSON}) | JSON,
        "refunds": st.lists(
            st.fixed_dictionaries(
                {
                    "refundId": st.text() | JSON,
                    "dateTime": st.text() | JSON,
                    "amount": st.just(4999) | JSON,
                    "status": WORDS,
                    "responseCode": WORDS,
                }
            )
            | JSON,
            max_size=3,
        )
        | JSON,
    },
)


@given(st.sampled_from(sorted(READERS)), JSON | PAYMENTS)
def test_any_json_comes_to_an_outcome(operation: str, document: Any) -> None:
    outcome = READERS[operation](json.dumps(document).encode())

    assert isinstance(outcome, (Approved, Declined, Unknown, InDoubt))


@given(st.sampled_from(sorted(READERS)), st.binary())
def test_any_bytes_come_to_an_outcome(operation: str, content: bytes) -> None:
    assert not isinstance(READERS[operation](content), NotAttempted)
