"""The evidence table, cell by cell: the whole product of what it can be asked."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest

from tollgate.domain.case import Age, Amounts, Answer, Case, Finding, Room, Shown, Step
from tollgate.domain.evidence_table import TABLE, conclude
from tollgate.domain.evidence_table.row import CHARGES, GIVING_BACK, LATER, RELEASES, REVERSALS

CELLS = {
    Case(*values): conclude(Case(*values)) for values in product(Step, Answer, Shown, Amounts, Room, Age)
}
NOS = {Finding.DECLINED, Finding.EXPIRED, Finding.REVERSED, Finding.NO_EFFECT, Finding.NO_TRACE}
UNSAID = {Answer.UNKNOWN, Answer.STILL_UNKNOWN}


def cells(*findings: Finding) -> list[Case]:
    return [case for case, row in CELLS.items() if row.finding in findings]


def test_every_cell_is_decided_and_every_row_decides_some() -> None:
    sizes = [len(kind) for kind in (Step, Answer, Shown, Amounts, Room, Age)]
    assert len(CELLS) == 9 * 11 * 9 * 4 * 3 * 2
    assert sizes == [9, 11, 9, 4, 3, 2]
    used = Counter(TABLE.index(row) for row in CELLS.values())
    assert set(used) == set(range(len(TABLE)))


def test_nothing_is_approved_but_by_an_answer_or_by_books_that_show_it_as_asked() -> None:
    for case in cells(Finding.APPROVED):
        if case.answer is Answer.AS_ASKED:
            continue
        gone = case.shown in {Shown.REVERSED, Shown.EXPIRED, Shown.DECLINED}
        as_asked = case.shown in {Shown.APPROVED, Shown.REVERSED} and case.amounts is Amounts.AS_ASKED
        assert as_asked or (gone and case.step in RELEASES) or case.step is Step.VOID, case
        if case.step is Step.VOID:
            assert case.shown is Shown.REVERSED, case
        if case.step in CHARGES:
            assert case.shown is Shown.APPROVED, case


def test_what_is_held_out_of_settlement_is_never_approved() -> None:
    held = [case for case in CELLS if case.shown is Shown.HELD and case.answer in UNSAID]
    assert {CELLS[case].finding for case in held if case.step not in RELEASES} <= {
        Finding.WAIT,
        Finding.PERSON,
    }


def test_no_effect_needs_books_that_exclude_the_effect() -> None:
    for case in cells(*NOS):
        assert case.shown not in {Shown.NOT_READ, Shown.UNREADABLE, Shown.UNCLEAR, Shown.HELD}, case
    for case in cells(Finding.NO_EFFECT):
        assert case.shown is Shown.APPROVED, case
        assert case.amounts is Amounts.AS_BEFORE, case
        assert case.age is Age.RIPE or (case.step in REVERSALS and case.room is Room.NONE), case
    for case in cells(Finding.NO_TRACE):
        assert (case.shown, case.age) == (Shown.ABSENT, Age.RIPE), case
        assert case.step in CHARGES, case


def test_time_alone_decides_nothing() -> None:
    """What the books don't exclude stays open, or goes to a person, however old it is."""
    for case, row in CELLS.items():
        if case.age is Age.RIPE and case.shown in {Shown.UNREADABLE, Shown.UNCLEAR}:
            change = {CELLS[replace(case, age=Age.FRESH)].finding, row.finding}
            assert len(change) == 1 or change == {Finding.WAIT, Finding.PERSON}, case


def test_what_may_be_on_its_way_is_not_given_up_unless_it_can_not_take_effect_any_more() -> None:
    for case in cells(Finding.NO_EFFECT, Finding.NO_TRACE):
        over = case.room is Room.NONE and case.step in REVERSALS
        assert case.answer not in UNSAID or over, case


def test_a_no_that_is_an_answer_needs_no_books_and_one_to_a_resend_does() -> None:
    for case, row in CELLS.items():
        if case.answer in {Answer.DECLINED, Answer.REFUSED} and case.step not in RELEASES:
            assert row.finding is Finding.ANSWERED_NO, case
        if case.answer is Answer.RESEND_REFUSED:
            assert row.finding is not Finding.ANSWERED_NO, case
            assert case.shown is not Shown.NOT_READ or row.finding is Finding.READ_THE_BOOKS, case


CONCLUSIVE = {Answer.AS_ASKED, Answer.PART, Answer.DIFFERENT, Answer.DECLINED, Answer.REFUSED}


@pytest.mark.parametrize("shown", [Shown.EXPIRED, Shown.REVERSED])
@pytest.mark.parametrize("answer", [each for each in Answer if each not in CONCLUSIVE])
def test_a_capture_of_what_ended_elsewhere_is_over_at_once(shown: Shown, answer: Answer) -> None:
    for age in Age:
        row = conclude(Case(Step.CAPTURE, answer, shown, Amounts.AS_BEFORE, Room.NONE, age))
        assert row.finding.name == shown.name


def test_what_was_given_back_is_never_called_failed() -> None:
    """A reversal in the books may be our refund: it is that, or a person says what it is."""
    for case, row in CELLS.items():
        silent = case.answer in UNSAID | {Answer.NOT_SENT, Answer.NOT_ATTEMPTED, Answer.RESEND_REFUSED}
        if case.step in GIVING_BACK and case.shown is Shown.REVERSED and silent:
            assert row.finding in {Finding.APPROVED, Finding.WAIT, Finding.PERSON}, case


def test_another_amount_or_currency_goes_to_a_person() -> None:
    for case, row in CELLS.items():
        if case.answer is Answer.DIFFERENT:
            assert row.finding is Finding.PERSON, case
        elif case.amounts is Amounts.OTHER and case.shown is Shown.APPROVED and case.step in CHARGES | LATER:
            assert row.finding is not Finding.APPROVED or case.answer is Answer.AS_ASKED, case


def test_only_charges_are_approved_in_part() -> None:
    assert {case.step for case in cells(Finding.PARTLY_APPROVED)} == CHARGES


def test_a_reason_is_a_sentence_for_people() -> None:
    assert all(row.reason.endswith(".") and row.reason[0].isupper() for row in TABLE)
