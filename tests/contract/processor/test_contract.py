"""What every implementation of the `Processor` port promises."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contract.processor.fake import Effect
from tests.contract.processor.scene import ACCOUNT, Scene, approved, charge, new_key
from tollgate.domain.instruction import Capture
from tollgate.domain.outcome import UNMODIFIABLE, Approved, Declined, FailureCategory, Outcome, Unknown


def refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Declined) and outcome.failure.category is FailureCategory.PROCESSOR_ERROR


@pytest.mark.parametrize(("capture", "kind"), [(True, "sale"), (False, "authorization")])
def test_an_approved_charge_takes_effect_once(scene: Scene, capture: bool, kind: str) -> None:
    outcome = approved(scene.charge(charge(4999, capture=capture)))

    assert outcome.amount == 4999
    assert scene.effects() == [Effect(kind, outcome.reference, 4999)]


def test_an_issuers_decline_has_no_effect(scene: Scene) -> None:
    outcome = scene.charge(charge(4901))

    assert isinstance(outcome, Declined)
    assert outcome.failure.category is FailureCategory.ISSUER_DECLINED
    assert scene.effects() == []


@pytest.mark.parametrize("amount", [5000, 4901])
def test_a_key_gives_its_first_outcome_again(scene: Scene, amount: int) -> None:
    key = new_key()
    first = scene.processor.send(ACCOUNT, key, charge(amount))
    effects = scene.effects()

    assert scene.processor.send(ACCOUNT, key, charge(amount)) == first
    assert scene.effects() == effects


def test_a_key_used_for_another_charge_has_no_effect(scene: Scene) -> None:
    key = new_key()
    scene.processor.send(ACCOUNT, key, charge(5000))

    assert isinstance(scene.processor.send(ACCOUNT, key, charge(6000)), Unknown)
    assert len(scene.effects()) == 1


def test_an_authorization_is_captured_in_parts_until_it_is_used_up(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=False)

    outcomes = [
        scene.capture(reference, part, before) for part, before in ((3000, 0), (2500, 3000), (2000, 3000))
    ]

    assert [approved(outcomes[0]).amount, approved(outcomes[2]).amount] == [3000, 2000]
    assert refused(outcomes[1])
    assert not isinstance(scene.capture(reference, 1), Approved)
    assert [effect.amount for effect in scene.effects() if effect.kind == "capture"] == [3000, 2000]


@pytest.mark.parametrize(("capture", "kind"), [(True, "sale"), (False, "authorization")])
def test_a_partial_approval_says_how_much_and_can_be_reversed(scene: Scene, capture: bool, kind: str) -> None:
    scene.approve_half()
    outcome = approved(scene.charge(charge(4903, capture=capture)))

    assert outcome.amount == 2451
    assert approved(scene.reverse(outcome.reference, 2451)).amount == 2451
    assert [(effect.kind, effect.amount) for effect in scene.effects()] == [(kind, 2451), ("reversal", 2451)]


def test_a_void_releases_the_authorization_for_good(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=False)

    assert approved(scene.reverse(reference, 5000)).amount == 5000
    assert not isinstance(scene.reverse(reference, 5000), Approved)
    assert not isinstance(scene.capture(reference, 1), Approved)
    assert [effect.kind for effect in scene.effects()] == ["authorization", "reversal"]


def test_refunds_have_references_of_their_own_and_never_exceed_the_captured_amount(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=True)

    scene.close_batch()

    first, too_much = approved(scene.refund(reference, 2000, 3000)), scene.refund(reference, 3001)
    second = scene.refund(reference, 2000, 1000, first.reference)

    assert len({reference, first.reference, approved(second).reference}) == 3
    assert refused(too_much)
    assert [effect.amount for effect in scene.effects() if effect.kind == "refund"] == [2000, 2000]


def test_an_authorization_has_nothing_to_refund(scene: Scene) -> None:
    reference = scene.approved(capture=False)

    assert not isinstance(scene.refund(reference, 1), Approved)


@pytest.mark.parametrize("reference", ["NOSUCH", "../payments", "a/b?c=d#e", ""])
def test_an_unknown_reference_is_refused(scene: Scene, reference: str) -> None:
    assert refused(scene.capture(reference, 1))
    assert refused(scene.reverse(reference, 5000))
    assert refused(scene.refund(reference, 1))


def test_parallel_calls_with_one_key_take_effect_once(scene: Scene) -> None:
    key = new_key()
    with ThreadPoolExecutor(32) as threads:
        outcomes = list(threads.map(lambda _: scene.processor.send(ACCOUNT, key, charge()), range(32)))

    assert len({approved(outcome) for outcome in outcomes}) == 1
    assert len(scene.effects()) == 1


def test_parallel_calls_with_different_keys_all_take_effect(scene: Scene) -> None:
    with ThreadPoolExecutor(32) as threads:
        outcomes = list(threads.map(lambda _: scene.charge(charge()), range(32)))

    assert len({approved(outcome).reference for outcome in outcomes}) == 32
    assert len(scene.effects()) == 32


def test_parallel_refunds_never_exceed_the_captured_amount(scene: Scene) -> None:
    reference = scene.approved(amount=1000, capture=True)
    scene.close_batch()
    with ThreadPoolExecutor(16) as threads:
        list(
            threads.map(
                lambda _: scene.refund(reference, 300),
                range(16),
            )
        )

    assert [effect.amount for effect in scene.effects() if effect.kind == "refund"] == [300, 300, 300]


def test_in_an_open_batch_a_payment_is_reversed_in_parts_until_nothing_is_left(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=True)

    assert approved(scene.reverse_part(reference, 2000, 3000)).amount == 2000
    assert refused(scene.reverse_part(reference, 3001, 0))
    assert approved(scene.reverse(reference, 3000)).amount == 3000
    assert not isinstance(scene.reverse(reference, 3000), Approved)
    assert [(each.kind, each.amount) for each in scene.effects()[1:]] == [
        ("reversal", 2000),
        ("reversal", 3000),
    ]


def test_what_is_settled_can_be_refunded_and_no_longer_reversed(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=True)
    scene.close_batch()

    assert scene.reverse(reference, 5000) == Declined(UNMODIFIABLE)
    assert scene.reverse_part(reference, 2000, 3000) == Declined(UNMODIFIABLE)
    assert approved(scene.refund(reference, 5000)).reference != reference
    assert [each.kind for each in scene.effects()] == ["sale", "refund"]


def test_a_refusal_for_the_payments_state_is_told_from_one_for_the_key(scene: Scene) -> None:
    reference, key = scene.approved(amount=5000, capture=False), new_key()
    scene.processor.send(ACCOUNT, key, Capture(reference, 2000, "USD"))

    assert isinstance(scene.processor.send(ACCOUNT, key, Capture(reference, 3000, "USD")), Unknown)
    approved(scene.capture(reference, 3000, 2000))
    assert scene.capture(reference, 1, 5000) == Declined(UNMODIFIABLE)
