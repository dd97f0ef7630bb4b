"""Two people resolve an operation in doubt, on a stage."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from onboarding import Stage
from onboarding.failure import Failure
from ops.operations import people, resolving, screen
from ops.operations.known import Books, books, open_payments, payments_table
from ops.operations.resolving import Said
from tests.contract.tables import create_table
from tests.examples import NOW, merchant, operation, payment
from tests.unit.ops.conftest import Tollgate
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.operation import Kind, Statement
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


def test_what_is_open_is_listed_with_the_reason(doubtful: Payment, stage: Stage, tollgate: Tollgate) -> None:
    listed = tollgate("operations", "list")

    assert [each.id for each in open_payments(stage, NOW)] == ["pay_one"]
    assert "pay_one" in listed.stdout
    words = listed.stdout.replace("│", " ").split()  # the table folds what is long
    assert {"books", "show", "other", "changes"} <= set(words)


class Functions:
    """AWS Lambda, with one answer."""

    def __init__(self, answer: object, **more: str) -> None:
        self.events: list[dict[str, Any]] = []
        self._answer = {"Payload": io.BytesIO(json.dumps(answer).encode()), **more}

    def invoke(self, *, FunctionName: str, Qualifier: str, Payload: str) -> dict[str, Any]:  # noqa: N803
        assert (FunctionName, Qualifier) == ("tollgate-local-reconciler", "live")
        self.events.append(json.loads(Payload))
        return self._answer


def with_functions(stage: Stage, functions: Functions) -> Stage:
    """The stage, with these in the place of the client that it makes."""
    copy = replace(stage)
    vars(copy)["functions"] = functions
    return copy


def test_a_proposal_goes_to_the_function_that_knows_the_books(doubtful: Payment, stage: Stage) -> None:
    functions = Functions({"refused": None})

    resolving.propose(with_functions(stage, functions), "pay_one", TOOK_EFFECT, "ann")

    said = {"took_effect": True, "reference": "RE1", "evidence": "ticket 7", "by": "ann", "approves": False}
    assert functions.events == [{"payment": "pay_one", "said": said}]


def test_an_approval_repeats_what_was_proposed(doubtful: Payment, stage: Stage) -> None:
    with pytest.raises(Failure, match="Nothing was proposed"):
        resolving.approve(stage, "pay_one", "bob")
    proposal = Statement(True, "RE1", "ticket 7", "ann", NOW, "req-1")
    assert payments_table(stage).save(doubtful.stated(proposal))
    functions = Functions({"refused": None})

    resolving.approve(with_functions(stage, functions), "pay_one", "bob")

    (event,) = functions.events
    assert event["said"] == {
        "took_effect": True,
        "reference": "RE1",
        "evidence": "ticket 7",
        "by": "bob",
        "approves": True,
    }


def test_a_refusal_says_why(doubtful: Payment, stage: Stage) -> None:
    refusing = with_functions(stage, Functions({"refused": "The books show that it took effect."}))
    with pytest.raises(Failure, match="The books show"):
        resolving.propose(refusing, "pay_one", TOOK_EFFECT, "ann")
    failing = with_functions(stage, Functions({"errorMessage": "timed out"}, FunctionError="Unhandled"))
    with pytest.raises(Failure, match="timed out"):
        books(failing, doubtful)


def test_the_books_are_the_functions_answer(doubtful: Payment, stage: Stage) -> None:
    shown = {"reference": "P1", "order_id": "pay_one", "status": "approved", "authorized": 10_000}
    shown |= {"captured": 10_000, "refunded": 4_000, "currency": "USD", "at": NOW}
    functions = Functions({"books": [shown], "unread": None})

    assert books(with_functions(stage, functions), doubtful) == Books((REFUNDED,), None)


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
