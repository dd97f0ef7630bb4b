"""What every implementation of the `Processor` port promises."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contract.processor.fake import Effect
from tests.contract.processor.scene import ACCOUNT, Scene, approved, charge, new_key
from tollgate.domain.outcome import Approved, Declined, FailureCategory, Outcome, Unknown


def refused(outcome: Outcome) -> bool:
    return isinstance(outcome, Declined) and outcome.failure.category is FailureCategory.PROCESSOR_ERROR


@pytest.mark.parametrize(("capture", "kind"), [(True, "sale"), (False, "authorization")])
def test_an_approved_charge_takes_effect_once(scene: Scene, capture: bool, kind: str) -> None:
    outcome = approved(scene.processor.authorize(ACCOUNT, new_key(), charge(4999, capture=capture)))

    assert outcome.amount == 4999
    assert scene.effects() == [Effect(kind, outcome.reference, 4999)]


def test_an_issuers_decline_has_no_effect(scene: Scene) -> None:
    outcome = scene.processor.authorize(ACCOUNT, new_key(), charge(4901))

    assert isinstance(outcome, Declined)
    assert outcome.failure.category is FailureCategory.ISSUER_DECLINED
    assert scene.effects() == []


@pytest.mark.parametrize("amount", [5000, 4901])
def test_a_key_gives_its_first_outcome_again(scene: Scene, amount: int) -> None:
    key = new_key()
    first = scene.processor.authorize(ACCOUNT, key, charge(amount))
    effects = scene.effects()

    assert scene.processor.authorize(ACCOUNT, key, charge(amount)) == first
    assert scene.effects() == effects


def test_a_key_used_for_another_charge_has_no_effect(scene: Scene) -> None:
    key = new_key()
    scene.processor.authorize(ACCOUNT, key, charge(5000))

    assert isinstance(scene.processor.authorize(ACCOUNT, key, charge(6000)), Unknown)
    assert len(scene.effects()) == 1


def test_an_authorization_is_captured_in_parts_until_it_is_used_up(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=False)

    outcomes = [scene.processor.capture(ACCOUNT, new_key(), reference, part) for part in (3000, 2500, 2000)]

    assert [approved(outcomes[0]).amount, approved(outcomes[2]).amount] == [3000, 2000]
    assert refused(outcomes[1])
    assert not isinstance(scene.processor.capture(ACCOUNT, new_key(), reference, 1), Approved)
    assert [effect.amount for effect in scene.effects() if effect.kind == "capture"] == [3000, 2000]


@pytest.mark.parametrize(("capture", "kind"), [(True, "sale"), (False, "authorization")])
def test_a_partial_approval_says_how_much_and_can_be_reversed(scene: Scene, capture: bool, kind: str) -> None:
    scene.approve_half()
    outcome = approved(scene.processor.authorize(ACCOUNT, new_key(), charge(4903, capture=capture)))

    assert outcome.amount == 2451
    assert approved(scene.processor.void(ACCOUNT, new_key(), outcome.reference)).amount == 2451
    assert [(effect.kind, effect.amount) for effect in scene.effects()] == [(kind, 2451), ("reversal", 2451)]


def test_a_void_releases_the_authorization_for_good(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=False)

    assert approved(scene.processor.void(ACCOUNT, new_key(), reference)).amount == 5000
    assert not isinstance(scene.processor.void(ACCOUNT, new_key(), reference), Approved)
    assert not isinstance(scene.processor.capture(ACCOUNT, new_key(), reference, 1), Approved)
    assert [effect.kind for effect in scene.effects()] == ["authorization", "reversal"]


def test_refunds_have_references_of_their_own_and_never_exceed_the_captured_amount(scene: Scene) -> None:
    reference = scene.approved(amount=5000, capture=True)

    def refund(amount: int) -> Outcome:
        return scene.processor.refund(ACCOUNT, new_key(), reference, amount, "ref_1")

    first, too_much, second = refund(2000), refund(3001), refund(2000)

    assert len({reference, approved(first).reference, approved(second).reference}) == 3
    assert refused(too_much)
    assert [effect.amount for effect in scene.effects() if effect.kind == "refund"] == [2000, 2000]


def test_an_authorization_has_nothing_to_refund(scene: Scene) -> None:
    reference = scene.approved(capture=False)

    assert not isinstance(scene.processor.refund(ACCOUNT, new_key(), reference, 1, "ref_1"), Approved)


@pytest.mark.parametrize("reference", ["NOSUCH", "../payments", "a/b?c=d#e", ""])
def test_an_unknown_reference_is_refused(scene: Scene, reference: str) -> None:
    assert refused(scene.processor.capture(ACCOUNT, new_key(), reference, 1))
    assert refused(scene.processor.void(ACCOUNT, new_key(), reference))
    assert refused(scene.processor.refund(ACCOUNT, new_key(), reference, 1, "ref_1"))


def test_parallel_calls_with_one_key_take_effect_once(scene: Scene) -> None:
    key = new_key()
    with ThreadPoolExecutor(32) as threads:
        outcomes = list(threads.map(lambda _: scene.processor.authorize(ACCOUNT, key, charge()), range(32)))

    assert len({approved(outcome) for outcome in outcomes}) == 1
    assert len(scene.effects()) == 1


def test_parallel_calls_with_different_keys_all_take_effect(scene: Scene) -> None:
    with ThreadPoolExecutor(32) as threads:
        outcomes = list(
            threads.map(lambda _: scene.processor.authorize(ACCOUNT, new_key(), charge()), range(32))
        )

    assert len({approved(outcome).reference for outcome in outcomes}) == 32
    assert len(scene.effects()) == 32


def test_parallel_refunds_never_exceed_the_captured_amount(scene: Scene) -> None:
    reference = scene.approved(amount=1000, capture=True)
    with ThreadPoolExecutor(16) as threads:
        list(
            threads.map(
                lambda _: scene.processor.refund(ACCOUNT, new_key(), reference, 300, "ref_1"), range(16)
            )
        )

    assert [effect.amount for effect in scene.effects() if effect.kind == "refund"] == [300, 300, 300]
