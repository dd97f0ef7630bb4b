"""A withdrawal whose answer is lost is sent again by boto3, and by then the key is another request's.

Real handlers, real table, and the client's real configuration over HTTP.
"""

import threading
from collections.abc import Iterator
from typing import Any, cast

import boto3
import pytest

from tests.contract.processor.fake import NOT_ATTEMPTED, FakeProcessor
from tests.contract.tables import create_table
from tests.fakes.payments import FakePayments
from tests.integration.payments.lossy_dynamodb import LossyDynamoDB
from tests.unit.api.caller import Answer, Api
from tollgate.adapters.aws import CONFIG
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.instruction import Instruction
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Outcome

LONGER_THAN_BOTO_WAITS = 4
INDEXES = {"listing": ("listing", "position"), "due": ("due_shard", "due")}


class Working(FakeProcessor):
    """Has the second authorization in hand until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.tries = 0
        self.at_work, self.go_on = threading.Event(), threading.Event()

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        self.tries += 1
        outcome = super().send(account, key, instruction)
        if self.tries == 2:
            self.at_work.set()
            assert self.go_on.wait(60)
        return outcome


@pytest.fixture
def dynamodb(aws: None) -> Iterator[LossyDynamoDB]:
    """Loses the answer to the first withdrawal."""
    lost: list[str] = []

    def loses(operation: str, parameters: dict[str, Any]) -> bool:
        removes = "REMOVE operations[0]" in parameters.get("UpdateExpression", "")
        if lost or not (removes or operation == "DeleteItem"):
            return False
        lost.append(operation)
        return True

    server = LossyDynamoDB(create_table("payments", INDEXES, {"due"}), loses, LONGER_THAN_BOTO_WAITS)
    yield server
    server.close()


def test_it_takes_nothing_from_the_request_that_came_meanwhile(dynamodb: LossyDynamoDB) -> None:
    client: Any = boto3.client("dynamodb", endpoint_url=dynamodb.url, config=CONFIG)
    processor = Working()
    processor.script(NOT_ATTEMPTED)
    api = Api(payments=cast(FakePayments, PaymentsTable(client, "payments")), processor=processor)
    token, answers = api.token(), dict[str, Answer]()

    def pay(name: str) -> None:
        answers[name] = api.pay(key="order-1", payment_method={"token": token})

    first, second = (threading.Thread(target=pay, args=(name,)) for name in ("first", "second"))
    first.start()
    assert dynamodb.lost.wait(60)
    second.start()
    assert processor.at_work.wait(60)
    first.join()
    processor.go_on.set()
    second.join()
    pay("third")
    assert [answers[name].status for name in ("first", "second", "third")] == [503, 201, 201]
    assert len(processor.effects) == 1
    assert answers["third"].body["id"] == answers["second"].body["id"]
