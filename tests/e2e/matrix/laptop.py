"""The running laptop cloud, as the matrix needs it: its API, its processor, and its own looks at payments."""

import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from local.seeding import PROCESSOR_ACCOUNT
from onboarding import Stage, add_merchant
from tests.e2e.caller import Caller
from tests.e2e.processor import Processor

AT_WORK_SECONDS = 25
"""A look that is under way has the payment's next one put off by more than this, one that is over by less."""
LOOK_SECONDS = 60
AGAIN_SECONDS = 2
"""A worker that doesn't reach the processor leaves a payment as it is: it is asked again, as by a sweep."""


@dataclass(frozen=True)
class Laptop:
    """`shop` is a client of a merchant whose payments nobody else makes."""

    shop: Caller
    processor: Processor
    stage: Stage

    @classmethod
    def with_new_merchant(cls, anyone: Caller, processor: Processor, stage: Stage) -> "Laptop":
        """`anyone`: a client of the laptop, whoever's it is."""
        merchant = add_merchant(
            stage,
            name="Fault matrix",
            account=PROCESSOR_ACCOUNT,
            terminal="1004",
            currencies=["USD"],
            multiple_captures=True,
        )
        return cls(replace(anyone, merchant_id=merchant.id).colleague(stage), processor, stage)

    def again(self) -> "Laptop":
        """With a new client of the merchant: an access token is good for some minutes only."""
        return replace(self, shop=self.shop.colleague(self.stage))

    def restart_worker(self) -> None:
        """It comes up without the processor's token, and with its circuits closed."""
        name = self.stage.physical_name("worker")
        timeout = self.stage.functions.get_function_configuration(FunctionName=name)["Timeout"]
        self.stage.functions.update_function_configuration(FunctionName=name, Timeout=timeout)

    def look_at(self, payment_ids: Sequence[str]) -> None:
        """Have the worker look at payments, as a sweep would once they are due; wait until it has."""
        before = {payment_id: self.due(payment_id) for payment_id in payment_ids}
        time.sleep(max(0.0, max(due or 0.0 for due in before.values()) - time.time()))
        for payment_id in before:
            self._queue(payment_id)
        for payment_id, due in before.items():
            self.wait_for_look(payment_id, due)

    def wait_for_look(self, payment_id: str, due: float | None) -> None:
        """Until a look is over, at an operation that was due at that time before it."""
        asked = time.monotonic()
        deadline = asked + LOOK_SECONDS
        while (now_due := self.due(payment_id)) is not None:
            if now_due != due and now_due < time.time() + AT_WORK_SECONDS:
                return
            assert time.monotonic() < deadline, f"nobody looked at {payment_id} for {LOOK_SECONDS} s"
            if now_due == due and time.monotonic() > asked + AGAIN_SECONDS:
                self._queue(payment_id)
                asked = time.monotonic()
            time.sleep(0.05)

    def due(self, payment_id: str) -> float | None:
        """When somebody comes back to the payment (Unix seconds); None if nobody has to.

        Read from its row: by the API, each reading would leave a record on the trail.
        """
        key, table = {"id": {"S": payment_id}}, self.stage.physical_name("payments")
        row = self.stage.dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"]
        return int(row["due"]["N"]) / 1000 if "due" in row else None

    def _queue(self, payment_id: str) -> None:
        self.stage.sqs.send_message(
            QueueUrl=self._queue_url,
            MessageBody=json.dumps({"payment_id": payment_id}),
            MessageGroupId=payment_id,
            MessageDeduplicationId=str(uuid.uuid4()),
        )

    @cached_property
    def _queue_url(self) -> str:
        return self.stage.sqs.get_queue_url(QueueName=self.stage.physical_name("operations.fifo"))["QueueUrl"]
