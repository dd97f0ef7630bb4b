"""The audit chain of a payment is a function of the payment."""

import hashlib
import json
from dataclasses import replace

import pytest

from tests.examples import DECLINE, NOW, REFUSAL, operation, payment
from tollgate.domain.audit import Audit, audit_object
from tollgate.domain.audit_ids import record_id, use_id
from tollgate.domain.history import card_uses, history, records_in_history
from tollgate.domain.operation import Claim, Kind, Statement
from tollgate.domain.outcome import Approved, Declined, Unknown
from tollgate.domain.payment import CaptureMethod, Payment
from tollgate.operations.execution import deferred

APPROVED = Approved("M1", 10_000)


def actions(payment: Payment) -> list[str]:
    return [record.action.value for record in history(payment)]


def verified(records: tuple[Audit, ...], chain_id: str) -> None:
    """As an auditor would: from the API's objects and RFC 8785 alone."""
    previous = "0" * 64
    for sequence, record in enumerate(map(audit_object, records), start=1):
        chain = record.pop("chain")
        text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256((previous + text).encode()).hexdigest()
        assert chain == {"id": chain_id, "sequence": sequence, "previous_hash": previous, "hash": digest}
        previous = digest


@pytest.mark.parametrize(
    ("method", "outcome", "expected"),
    [
        (CaptureMethod.AUTOMATIC, APPROVED, ["payment.created", "payment.captured"]),
        (CaptureMethod.MANUAL, APPROVED, ["payment.created", "payment.authorized"]),
        (CaptureMethod.AUTOMATIC, Declined(DECLINE), ["payment.created", "payment.declined"]),
        (CaptureMethod.MANUAL, Declined(REFUSAL), ["payment.created", "payment.failed"]),
    ],
)
def test_a_payment_leaves_its_creation_and_its_result(
    method: CaptureMethod, outcome: Approved | Declined, expected: list[str]
) -> None:
    settled = payment(capture_method=method).settled(outcome, NOW + 5)
    assert actions(settled) == expected
    verified(history(settled), "pay_one")


def test_an_operation_that_still_executes_leaves_nothing_yet() -> None:
    assert history(payment()) == ()
    captured = payment().settled(APPROVED, NOW)
    assert history(captured.begun(operation(Kind.REFUND, "ref_1", 1))) == history(captured)


def test_captures_voids_and_refunds_extend_the_chain_without_changing_it() -> None:
    current = payment(capture_method=CaptureMethod.MANUAL).settled(APPROVED, NOW)
    chain = history(current)
    steps = [(Kind.CAPTURE, "cap_1"), (Kind.REFUND, "ref_1")]
    for kind, id in steps:
        current = current.begun(operation(kind, id, 10)).settled(Approved("R", 10), NOW + 9)
        longer = history(current)
        assert longer[: len(chain)] == chain
        chain = longer
    verified(chain, "pay_one")
    assert actions(current)[2:] == ["payment.captured", "refund.created", "refund.succeeded"]


def test_an_unknown_outcome_enters_at_once_and_its_resolution_later() -> None:
    unknown = payment().unsettled(Unknown("timeout"), NOW + 5, NOW + 10)
    assert actions(unknown) == ["payment.created"]
    assert history(unknown)[0].status == 202
    resolved = unknown.settled(APPROVED, NOW + 60)
    assert history(resolved)[:1] == history(unknown)
    assert actions(resolved) == ["payment.created", "payment.captured"]


def test_records_are_told_apart_by_payment_and_sequence() -> None:
    one = history(payment().settled(APPROVED, NOW))
    other = history(payment(id="pay_two").settled(APPROVED, NOW))
    assert len({record.id for record in one + other}) == 4


def test_records_are_counted_as_they_are_told() -> None:
    said = Statement(False, None, "ticket-1", "somebody", NOW + 7, "req-2")
    unknown = payment().unsettled(Unknown("timeout"), NOW + 5, NOW + 10)
    doubted = replace(unknown, operations=(replace(unknown.latest, statements=(said, said)),))
    captured = payment().settled(APPROVED, NOW)
    refunded = captured.begun(operation(Kind.REFUND, "ref_1", 10)).settled(Approved("R", 10), NOW + 9)
    later = replace(payment(), operations=(deferred(payment().latest),))
    states = [payment(), unknown, doubted, captured, refunded, later]
    assert [records_in_history(each) for each in states] == [len(history(each)) for each in states]
    assert [records_in_history(each) for each in states] == [0, 1, 3, 2, 4, 1]


SETTLED = payment().settled(APPROVED, NOW)


@pytest.mark.parametrize(
    "after",
    [
        SETTLED,
        payment().unsettled(Unknown("timeout"), NOW, NOW + 10),
        payment().claimed(Claim("look-1", NOW + 5), NOW + 9),
        None,
    ],
    ids=["settled", "unsettled", "claimed", "withdrawn"],
)
def test_the_use_of_a_vaulted_card_is_on_record_once_the_bare_intent_is_over(after: Payment | None) -> None:
    assert card_uses(None, payment()) == ()
    (use,) = card_uses(payment(), after)
    assert (use.action.value, use.resource.id, use.chain) == ("token.used", "tok_one", None)
    assert use.at == payment().created_at


def test_the_use_of_a_card_is_not_on_record_twice() -> None:
    looked_at = payment().claimed(Claim("look-1", NOW + 5), NOW + 9)
    assert card_uses(looked_at, looked_at.settled(APPROVED, NOW + 7)) == ()


def test_a_payment_that_was_put_back_has_used_its_card_on_the_record_of_then() -> None:
    (then,), (back,) = card_uses(payment(), None), card_uses(None, payment().settled(APPROVED, NOW))
    assert back == then


def test_a_payment_that_nobody_waited_for_has_not_used_its_card_yet() -> None:
    later = replace(payment(), operations=(deferred(payment().latest),))
    assert card_uses(None, later) == ()
    assert card_uses(later, later.settled(APPROVED, NOW + 5)) == ()


def test_ids_of_a_payments_records_sort_as_they_came() -> None:
    ids = [record_id("pay_one", sequence) for sequence in range(2_000)]
    assert ids == sorted(set(ids))
    assert use_id("pay_one", "pay_one", "req-1") < ids[1]


def test_each_look_that_may_open_the_card_is_on_record_once() -> None:
    unknown = payment().unsettled(Unknown("timeout"), NOW + 1, NOW + 2)
    first = unknown.claimed(Claim("look-1", NOW + 5, opens_card=True), NOW + 9)
    between = first.unsettled(Unknown("timeout"), NOW + 9, NOW + 10)
    second = between.claimed(Claim("look-2", NOW + 12, opens_card=True), NOW + 19)
    by_card = between.claimed(Claim("look-3", NOW + 12), NOW + 19)
    changes = [(unknown, first), (first, between), (between, second), (between, by_card)]
    uses = [use for before, after in changes for use in card_uses(before, after)]
    assert [(use.exchange.request_id, use.at) for use in uses] == [("look-1", NOW + 5), ("look-2", NOW + 12)]
    assert len({use.id for use in uses}) == 2


def test_the_form_of_records_is_frozen() -> None:
    """Records already written were hashed in this form: another form would break every chain."""
    last = history(payment().settled(APPROVED, NOW + 5))[-1]
    assert last.chain is not None
    assert last.chain.hash == "34af16362120144ff4effb60cb2f6fdf99b46c837e2a9371e99d47e86703144e"
