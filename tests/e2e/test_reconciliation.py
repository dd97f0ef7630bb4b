"""Reconciliation on the laptop: what doesn't agree with the processor's own list is found and on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typer.testing import CliRunner, Result

from onboarding import Stage
from ops.command import app
from tests.e2e.caller import Caller, Object
from tests.e2e.processor import Processor


def reconcile(state_dir: Path, payment: Object) -> Result:
    """Of the day on which the payment was made."""
    day = payment["created_at"][:10]
    environment = {"TOLLGATE_STATE_DIR": str(state_dir), "COLUMNS": "200"}
    return CliRunner().invoke(app, ["reconcile", "--day", day], env=environment)


@contextmanager
def forged(stage: Stage, payment: Object, captured: int) -> Iterator[None]:
    """For a while our record of a payment says that another amount was taken."""
    for amount in (captured, payment["amount_captured"]):
        stage.dynamodb.update_item(
            TableName=stage.physical_name("payments"),
            Key={"id": {"S": payment["id"]}},
            UpdateExpression="SET operations[0].outcome.amount = :amount",
            ExpressionAttributeValues={":amount": {"N": str(amount)}},
        )
        if amount == captured:
            yield


def recorded(shop: Caller, payment: Object) -> list[Object]:
    query = {"resource": payment["id"], "action": "reconciliation.difference"}
    return shop.get("/v1/audits", **query).json()["data"]


def test_payments_that_agree_with_the_books_are_no_differences(shop: Caller, state_dir: Path) -> None:
    payment = shop.pay()
    shop.refund(payment, amount=1)
    shop.post(f"/v1/payments/{shop.authorize()['id']}/void", {})
    done = reconcile(state_dir, payment)
    assert "0 differences" in done.stdout, done.output
    assert done.exit_code == 0


def test_a_forged_amount_is_found_each_time_and_recorded_once(
    shop: Caller, stage: Stage, state_dir: Path
) -> None:
    payment = shop.pay()
    with forged(stage, payment, captured=1_000):
        runs = [reconcile(state_dir, payment) for _ in range(2)]
    for done in runs:
        row = done.stdout.partition(payment["id"])[2]  # the table wraps as the terminal is wide
        assert row.index("ours") < row.index("1000 / 1000 / 0 USD") < row.index("books")
        assert row.index("books") < row.index("10000 / 10000 / 0 USD")
        assert payment["processor"]["reference"] in row
        assert done.exit_code == 1
    (record,) = recorded(shop, payment)
    assert record["actor"] == {"type": "system", "id": "reconciler"}
    assert (record["outcome"], record["chain"]) == ("failure", None)
    assert record["response"]["ids"] == [payment["id"], payment["processor"]["reference"]]
    assert "0 differences" in reconcile(state_dir, payment).stdout


def test_an_authorization_that_has_expired_at_the_processor_ends_with_us(
    shop: Caller, processor: Processor, state_dir: Path
) -> None:
    payment = shop.authorize()
    processor.expire(payment)
    assert "resolved" in reconcile(state_dir, payment).stdout
    ended = shop.read(payment)
    assert (ended["status"], ended["amount_capturable"]) == ("expired", 0)
    assert "0 differences" in reconcile(state_dir, payment).stdout
