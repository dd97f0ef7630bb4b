"""Two people resolve an operation in doubt, on a stage."""

from dataclasses import replace

import pytest

from ops.failure import Failure
from ops.onboarding import Stage
from ops.operations import people, resolving, screen
from ops.operations.known import Books, load, open_payments, payments_table
from ops.operations.resolving import Said
from tests.contract.tables import create_table
from tests.examples import NOW, merchant, operation, payment
from tests.unit.ops.conftest import Tollgate
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved, Unknown
from tollgate.domain.payment import Payment

REFUNDED = Trace("P1", "pay_one", TraceStatus.APPROVED, 10_000, 10_000, 4_000, "USD", NOW)
TOOK_EFFECT = Said(True, "RE1", "ticket 7")
LONG_AGO = 1_700_000_000_000
TABLE = "tollgate-local-payments"


@pytest.fixture
def doubtful(stage: Stage) -> Payment:
    """A payment with a refund that nobody knows the outcome of, beside one that has its outcome."""
    stage.dynamodb.delete_table(TableName=TABLE)
    indexes = {"due": ("due_shard", "due"), "listing": ("listing", "position")}
    create_table(TABLE, indexes, numbers=["due"], dynamodb=stage.dynamodb)
    table = payments_table(stage)
    paid = payment().settled(Approved("P1", 10_000), NOW)
    table.add(replace(paid, version=1), merchant())
    table.add(replace(paid, id="pay_two", version=1), merchant())
    refunding = replace(paid, version=1).begun(operation(Kind.REFUND, "ref_1", 4_000))
    assert table.save(refunding)
    open_ = refunding.unsettled(Unknown("the books show other changes"), LONG_AGO, LONG_AGO)
    assert table.save(open_)
    return open_


def showing(*traces: Trace, unread: str | None = None) -> resolving.Reader:
    return lambda stage, payment: Books(traces, unread)


def test_what_is_open_is_listed_with_the_reason(doubtful: Payment, stage: Stage, tollgate: Tollgate) -> None:
    listed = tollgate("operations", "list")

    assert [each.id for each in open_payments(stage, NOW)] == ["pay_one"]
    assert "pay_one" in listed.stdout
    assert "the books show other changes" in listed.stdout


def test_one_proposes_and_another_one_approves(doubtful: Payment, stage: Stage) -> None:
    read = showing(REFUNDED)
    resolving.propose(stage, "pay_one", TOOK_EFFECT, "ann", read)
    assert load(stage, "pay_one").latest.outcome == doubtful.latest.outcome
    with pytest.raises(Failure, match="second person"):
        resolving.approve(stage, "pay_one", "ann", read)

    resolving.approve(stage, "pay_one", "bob", read)

    after = load(stage, "pay_one")
    assert after.latest.outcome == Approved("RE1", 4_000)
    assert [(each.by, each.approves) for each in after.latest.statements] == [("ann", False), ("bob", True)]
    assert list(open_payments(stage, NOW)) == []
    with pytest.raises(Failure, match="has its outcome"):
        resolving.approve(stage, "pay_one", "cid", read)


@pytest.mark.parametrize("read", [showing(REFUNDED), showing(unread="the processor answered 500")])
def test_what_the_books_exclude_or_dont_say_is_not_stored(
    doubtful: Payment, stage: Stage, read: resolving.Reader
) -> None:
    with pytest.raises(Failure):
        resolving.propose(stage, "pay_one", Said(False, None, "ticket 7"), "ann", read)

    assert load(stage, "pay_one") == doubtful


def test_who_is_slower_than_a_follow_up_has_to_look_again(doubtful: Payment, stage: Stage) -> None:
    def meanwhile(stage: Stage, payment: Payment) -> Books:
        payments_table(stage).save(payment.settled(Approved("RE1", 4_000), NOW))
        return Books((REFUNDED,), None)

    with pytest.raises(Failure, match="changed just now"):
        resolving.propose(stage, "pay_one", TOOK_EFFECT, "ann", meanwhile)


@pytest.mark.parametrize("evidence", ["", "  ", "x" * 201, "a\nb", "card 4539 8588 7604 7062"])
def test_a_reference_to_the_evidence_is_short_and_no_card(evidence: str) -> None:
    with pytest.raises(Failure):
        Said(True, "RE1", evidence)


def test_people_have_names_on_the_laptop_and_credentials_on_aws(stage: Stage) -> None:
    assert people.principal(stage, "ann") == "local:ann"
    with pytest.raises(Failure, match="who you are"):
        people.principal(stage, None)
    on_aws = replace(stage, name="dev")
    assert people.principal(on_aws, None).startswith("arn:aws:sts::")
    with pytest.raises(Failure, match="credentials"):
        people.principal(on_aws, "ann")


def test_a_resolution_that_isnt_said_is_asked_for(doubtful: Payment, tollgate: Tollgate) -> None:
    for options in (["--took-effect"], ["--evidence", "ticket 7"], ["--approve", "--no-effect"]):
        done = tollgate("operations", "resolve", "pay_one", "--as", "ann", *options)
        assert done.exit_code == 1


def test_the_screen_says_why_it_is_in_doubt(doubtful: Payment) -> None:
    assert screen.why(doubtful.latest) == "the books show other changes"
    assert "killed" in screen.why(operation())
    assert screen.ours(doubtful).row_count > 5
    assert screen.at_processor(Books((), "no")).row_count == 1
    assert screen.at_processor(Books((REFUNDED,), None)).row_count == 1
