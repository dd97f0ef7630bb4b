"""What every implementation of the `Processor` port promises of its look-ups."""

from dataclasses import replace

import pytest

from tests.contract.processor.scene import ACCOUNT, Scene, approved, charge
from tollgate.domain.evidence import Possible, Trace, TraceStatus
from tollgate.domain.outcome import Declined, Unknown

FOR_EVER = 4_102_444_800_000
ANOTHER_TERMINAL = replace(ACCOUNT, terminal="1234002")


def found(scene: Scene, order_id: str = "pay_1") -> tuple[Trace, ...]:
    traces = scene.processor.find(ACCOUNT, order_id)
    assert isinstance(traces, tuple), traces
    return traces


def the_one(scene: Scene) -> Trace:
    (trace,) = found(scene)
    return trace


def amounts(trace: Trace) -> tuple[int, int, int]:
    return trace.authorized, trace.captured, trace.refunded


def test_an_order_that_the_processor_does_not_know_has_no_traces(scene: Scene) -> None:
    scene.charge(charge(order_id="pay_10"))

    assert found(scene, "pay_1") == ()
    assert list(scene.processor.listed(ANOTHER_TERMINAL, 0, FOR_EVER)) == []
    assert scene.processor.find(ANOTHER_TERMINAL, "pay_10") == ()


@pytest.mark.parametrize(("capture", "taken"), [(True, 5000), (False, 0)])
def test_a_payment_is_found_with_what_was_authorized_and_captured(
    scene: Scene, capture: bool, taken: int
) -> None:
    reference = scene.approved(amount=5000, capture=capture)

    trace = the_one(scene)

    assert (trace.reference, trace.order_id, trace.currency) == (reference, "pay_1", "USD")
    assert trace.status is TraceStatus.APPROVED
    assert amounts(trace) == (5000, taken, 0)


@pytest.mark.parametrize(("capture", "taken"), [(True, 2451), (False, 0)])
def test_a_partial_approval_is_found_with_its_part(scene: Scene, capture: bool, taken: int) -> None:
    scene.approve_half()
    scene.charge(charge(4903, capture=capture))

    assert the_one(scene).status is TraceStatus.APPROVED
    assert amounts(the_one(scene)) == (2451, taken, 0)


def test_a_declined_payment_is_found_as_declined(scene: Scene) -> None:
    assert isinstance(scene.charge(charge(4901)), Declined)

    assert the_one(scene).status is TraceStatus.DECLINED
    assert amounts(the_one(scene)) == (0, 0, 0)


def test_captures_add_up(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=False)
    for amount, captured in ((3000, 3000), (1500, 4500)):
        approved(scene.capture(reference, amount, captured - amount))
        assert amounts(the_one(scene)) == (5000, captured, 0)


def test_refunds_that_succeeded_add_up(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=True)
    scene.close_batch()
    for amount in (1000, 4500, 500):
        scene.refund(reference, amount)

    assert the_one(scene).status is TraceStatus.APPROVED
    assert amounts(the_one(scene)) == (5000, 5000, 1500)


@pytest.mark.parametrize("capture", [True, False])
def test_a_reversed_payment_is_found_as_reversed_with_nothing_captured(scene: Scene, capture: bool) -> None:
    reference = scene.approved(amount=5000, capture=capture)
    approved(scene.reverse(reference, 5000))

    assert the_one(scene).status is TraceStatus.REVERSED
    assert amounts(the_one(scene)) == (5000, 0, 0)


def test_all_payments_of_an_order_are_found_oldest_first(scene: Scene) -> None:
    references = [scene.approved(capture=True) for _ in range(23)]

    assert [trace.reference for trace in found(scene)] == references


def test_all_payments_are_listed(scene: Scene) -> None:
    references = {scene.approved(capture=True) for _ in range(60)}

    listed = list(scene.processor.listed(ACCOUNT, 0, FOR_EVER))

    assert len(listed) == 60
    assert {trace.reference for trace in listed} == references


def test_a_list_begins_at_since_and_ends_before_until(scene: Scene) -> None:
    scene.approved(capture=True)
    trace = the_one(scene)

    def listed(since: int, until: int) -> list[Trace]:
        return list(scene.processor.listed(ACCOUNT, since, until))

    assert listed(trace.at, trace.at + 1) == [trace]
    assert listed(trace.at + 1, FOR_EVER) == []
    assert listed(0, trace.at) == []


def test_a_payment_is_looked_at_by_itself(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=True)

    assert scene.processor.look(ACCOUNT, reference) == the_one(scene)
    assert isinstance(scene.processor.look(ACCOUNT, "NOSUCH"), Unknown)


def test_the_books_say_what_may_be_done_and_whether_the_batch_is_closed(scene: Scene) -> None:
    reversals = {Possible.FULL_REVERSAL, Possible.PARTIAL_REVERSAL}
    held = scene.approved(amount=5000, capture=False)
    assert (the_one(scene).possible, the_one(scene).settled) == (
        {Possible.CAPTURE, Possible.FULL_REVERSAL},
        False,
    )
    approved(scene.capture(held, 3000))
    assert (the_one(scene).possible, the_one(scene).settled) == ({Possible.CAPTURE, *reversals}, False)
    scene.close_batch()
    assert (the_one(scene).possible, the_one(scene).settled) == ({Possible.CAPTURE, Possible.REFUND}, True)


def test_what_a_partial_reversal_took_back_is_not_kept(scene: Scene) -> None:
    sold = scene.approved(amount=5000, capture=True)
    approved(scene.reverse_part(sold, 2000, 3000))

    assert (the_one(scene).status, the_one(scene).kept) == (TraceStatus.APPROVED, 3000)
    assert amounts(the_one(scene)) == (5000, 5000, 2000)


def test_a_refund_has_an_entry_and_the_text_that_it_was_made_with(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=True)
    scene.close_batch()
    refund = approved(scene.refund(reference, 2000, 3000)).reference

    (entry,) = the_one(scene).refunds
    assert (entry.reference, entry.amount, entry.stands) == (refund, 2000, True)
    assert scene.processor.refund_text(ACCOUNT, refund) == "ref_1"
    assert isinstance(scene.processor.refund_text(ACCOUNT, "NOSUCH"), Unknown)
