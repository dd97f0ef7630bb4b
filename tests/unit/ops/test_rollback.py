"""Which version each function goes back to, and when it isn't clear."""

import pytest

from onboarding.failure import Failure
from ops.rollback.releases import MARK, Live, Version, held, plan

OLDEST, FORMER, LATEST = (letter * 64 for letter in "abc")


def live(function: str, *packages: str, at: int | None = None, description: str = "") -> Live:
    """Versions 1, 2, … with these packages, of which the last one or `at` is live."""
    versions = tuple(Version(number, package) for number, package in enumerate(packages, 1))
    return Live(function, versions[(at or len(versions)) - 1], versions, description, "revision")


def moved(lives: list[Live], wanted: str | None = None) -> dict[str, int]:
    return {move.live.function: move.to.number for move in plan(lives, wanted).moves}


def test_all_functions_go_to_the_package_before_however_many_versions_each_had() -> None:
    lives = [
        live("payments", OLDEST, FORMER, FORMER, LATEST, LATEST),
        live("refunds", OLDEST, FORMER, LATEST),
    ]
    assert plan(lives).package == FORMER
    assert moved(lives) == {"payments": 3, "refunds": 2}


def test_a_function_that_the_package_before_did_not_have_stays() -> None:
    found = plan([live("payments", FORMER, LATEST), live("webhooks", LATEST)])
    assert found.without == ("webhooks",)
    assert [move.live.function for move in found.moves] == ["payments"]


def test_a_package_is_named_by_how_its_digest_begins() -> None:
    lives = [live("payments", OLDEST, FORMER, LATEST)]
    assert moved(lives, "aaaa") == {"payments": 1}
    for wrong in ("d", "", "zz"):
        with pytest.raises(Failure):
            plan([*lives, live("refunds", LATEST)], wrong)


def test_a_rollback_that_was_cut_off_goes_on_to_where_it_went() -> None:
    lives = [
        live("payments", OLDEST, FORMER, LATEST, at=2, description=f"{MARK}{FORMER}"),
        live("refunds", OLDEST, FORMER, LATEST),
    ]
    assert held(lives) == FORMER
    assert moved(lives) == {"refunds": 2}


def test_once_back_it_does_not_go_further_by_itself() -> None:
    lives = [live("payments", OLDEST, FORMER, LATEST, at=2, description=f"{MARK}{FORMER}")]
    assert moved(lives) == {}
    assert moved(lives, OLDEST) == {"payments": 1}


@pytest.mark.parametrize(
    ("lives", "said"),
    [
        ([live("payments", LATEST)], "it is the first"),
        ([], "no functions"),
        ([live("payments", FORMER, LATEST), live("refunds", FORMER)], "run 2 packages"),
        ([live("payments", FORMER, LATEST), live("refunds", OLDEST, LATEST)], "2 packages ran before"),
    ],
    ids=["first release", "nothing deployed", "half a deployment", "histories differ"],
)
def test_what_is_not_clear_is_refused_and_says_how_to_name_it(lives: list[Live], said: str) -> None:
    with pytest.raises(Failure, match=said) as refused:
        plan(lives)
    assert "--package" in refused.value.remedy
