"""Two people resolve an operation that code can't decide, by the command, on the running laptop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from local.simulator.faults import FaultKind, Route
from ops.command import app
from tests.e2e.caller import Caller, Object
from tests.e2e.processor import SENDS, Processor
from tests.e2e.sweeps import Sweeps
from tests.integration.local.project import eventually


@pytest.fixture
def doubtful(shop: Caller, processor: Processor, sweeps: Sweeps) -> Iterator[tuple[Object, Object, str]]:
    """A payment that took effect and whose answer was lost, while nobody follows up; its request and key."""
    with sweeps.resting():
        body = shop.payment_request(payment_method={"encrypted_card": shop.card()})
        processor.fail(Route.CREATE, FaultKind.CONNECTION_RESET_AFTER_EFFECT, SENDS)
        answer = shop.post(
            "/v1/payments", body, key := "in-doubt-" + body["payment_method"]["encrypted_card"][-20:]
        )
        assert answer.status_code == 202
        yield answer.json(), body, key


def operations(state_dir: Path, *arguments: str) -> Result:
    environment = {"TOLLGATE_STATE_DIR": str(state_dir), "COLUMNS": "200"}
    return CliRunner().invoke(app, ["operations", *arguments], env=environment)


def test_what_nobody_knows_is_listed_shown_and_resolved_by_two_people(
    doubtful: tuple[Object, Object, str], shop: Caller, simulator: Processor, state_dir: Path
) -> None:
    payment, body, key = doubtful
    (sale,) = simulator.transactions(payment)
    assert payment["id"] in operations(state_dir, "list").stdout
    shown = operations(state_dir, "show", payment["id"])
    assert payment["id"] in shown.stdout
    assert sale["payment_id"] in shown.stdout  # the processor's books

    def resolve(*arguments: str) -> Result:
        return operations(state_dir, "resolve", payment["id"], *arguments)

    against_the_books = resolve("--no-effect", "--evidence", "ticket 7", "--as", "ann")
    assert against_the_books.exit_code == 1
    assert sale["payment_id"] in against_the_books.stderr
    took_effect = ("--took-effect", "--reference", sale["payment_id"], "--evidence", "ticket 7")
    assert resolve(*took_effect, "--as", "ann").exit_code == 0
    alone = resolve("--approve", "--as", "ann")
    assert (alone.exit_code, "second person" in alone.stderr) == (1, True)
    assert shop.read(payment)["status"] == "processing"
    assert resolve("--approve", "--as", "bob").exit_code == 0

    assert shop.read(payment)["status"] == "captured"
    again = shop.post("/v1/payments", body, key)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert [(each["kind"], each["amount"]) for each in simulator.transactions(payment)] == [
        ("sale", payment["amount"])
    ]
    eventually(
        lambda: (
            _said(shop, payment)
            == [("resolution.proposed", "local:ann"), ("resolution.approved", "local:bob")]
        )
    )


def _said(shop: Caller, payment: Object) -> list[tuple[str, str]]:
    """What people said, as it stands on the payment's chain, oldest first."""
    records = shop.get("/v1/audits", resource=payment["id"]).json()["data"]
    chain = sorted((each for each in records if each["chain"]), key=lambda each: each["chain"]["sequence"])
    return [
        (each["action"], each["actor"]["id"]) for each in chain if each["action"].startswith("resolution.")
    ]
