"""What becomes of each creation that a dead deployment had begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from onboarding.failure import Failure
from ops.commands.recover import present
from ops.recovery import Pending, Plan, pending, plan
from ops.terminal import results

TABLE, KEY, QUEUE = "aws:dynamodb/table:Table", "aws:kms/key:Key", "aws:sqs/queue:Queue"
QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"


def urn(kind: str, name: str = "it") -> str:
    return f"urn:pulumi:dev::tollgate::tollgate:index:Data${kind}::{name}"


def operation(kind: str, called: str = "it", under_way: str = "creating", **inputs: Any) -> dict[str, Any]:
    return {"type": under_way, "resource": {"urn": urn(kind, called), "type": kind, "inputs": inputs}}


def exported(*operations: dict[str, Any], resources: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    return {"deployment": {"pending_operations": list(operations), "resources": list(resources)}}


@dataclass(frozen=True)
class FakeAccount:
    """Has what it is told."""

    found: Mapping[str, list[str]] = field(default_factory=dict)

    def candidates(self, pending: Pending) -> list[str]:
        return self.found.get(pending.type, [])


def test_only_creations_are_taken_from_the_state() -> None:
    state = exported(operation(TABLE), operation(TABLE, "other", under_way="updating"))
    assert [each.name for each in pending(state)] == ["it"]


def test_a_creation_knows_the_ids_of_its_type() -> None:
    resources = [
        {"urn": urn(KEY, "known"), "type": KEY, "id": "key-1"},
        {"urn": urn(TABLE, "other"), "type": TABLE, "id": "table"},
        {"urn": urn("tollgate:index:Data", "component"), "type": "tollgate:index:Data"},
    ]
    (key,) = pending(exported(operation(KEY), resources=resources))
    assert key.known == {"key-1"}


def test_a_state_without_pending_operations_has_nothing_to_recover() -> None:
    assert pending({"deployment": {"manifest": {}}}) == []


def test_what_exists_is_taken_in_and_the_rest_forgotten() -> None:
    begun = pending(exported(operation(TABLE), operation(KEY), operation(QUEUE_POLICY)))
    found = plan(begun, FakeAccount({TABLE: ["payments"]}))
    assert found == Plan([(urn(TABLE), "payments")], [urn(KEY), urn(QUEUE_POLICY)], [])


def test_the_state_has_what_exists_and_nothing_pending_but_what_was_not_created() -> None:
    updating = operation(TABLE, "other", under_way="updating")
    there = {"urn": urn(KEY, "known"), "type": KEY, "id": "key-1"}
    state = exported(operation(TABLE, name="payments"), operation(KEY), updating, resources=[there])
    taken = Plan([(urn(TABLE), "payments")], [urn(KEY)], []).taken_in(state)["deployment"]
    table = {"urn": urn(TABLE), "type": TABLE, "inputs": {"name": "payments"}, "id": "payments"}
    assert taken == {"resources": [there, table], "pending_operations": [updating]}


def test_what_can_be_set_again_is_not_looked_for() -> None:
    begun = pending(exported(operation(QUEUE_POLICY)))
    assert plan(begun, FakeAccount({QUEUE_POLICY: ["a url"]})).forgotten == [urn(QUEUE_POLICY)]


def test_one_of_two_is_nobodys_guess() -> None:
    begun = pending(exported(operation(KEY, "wrapping")))
    found = plan(begun, FakeAccount({KEY: ["key-1", "key-2"]}))
    with results.capture() as captured, pytest.raises(Failure) as refused:
        present(found)
    assert "aws:kms/key:Key wrapping: key-1 or key-2" in captured.get()
    assert "nothing was changed" in refused.value.reason
