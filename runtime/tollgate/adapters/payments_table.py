"""The `payments` table: one payment, one item, and every change conditional on its version and merchant.

No item is ever deleted and no version ever comes again, so a write that arrives late, or twice, finds its
condition gone and changes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from tollgate import telemetry
from tollgate.adapters import payment_writes as writes
from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.adapters.listing_index import newest
from tollgate.adapters.payment_rows import Row, payment_of
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.listing import Due, Position
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment
from tollgate.ports.payments import PaymentGone, Taken

RACES = 4
"""How often a new payment is stored anew because the withdrawn one before it has changed meanwhile."""


class PaymentsTable:
    """The `Payments` port on DynamoDB.

    A write whose answer was lost is sent again by the SDK and then meets itself: it counts as done when what
    is stored is what was to be stored.
    """

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def find(self, merchant_id: str, payment_id: str) -> Payment | None:
        payment = self.load(payment_id) if len(payment_id) <= LONGEST_ID else None
        return payment if payment and payment.merchant_id == merchant_id else None

    def add(self, payment: Payment, merchant: Merchant) -> Payment | Taken:
        request = writes.new(payment, merchant)
        for _ in range(RACES):
            row = self._row_in_the_way(self._dynamodb.put_item, request)
            if row is None:
                return payment
            taken = payment_of(row)
            if taken is not None:
                return taken if taken == payment else Taken(taken)
            payment = payment.after_withdrawal(row["version"])
            request = writes.new_after_withdrawal(payment, merchant)
        raise RuntimeError("a payment was withdrawn again and again while it was to be stored")

    def save(self, payment: Payment) -> bool:
        return self._update(payment, writes.change(payment))

    def withdraw(self, payment: Payment) -> None:
        self._update(payment, writes.withdrawal(payment))

    def put_back(self, payment: Payment) -> Payment | None:
        request = {**writes.return_of(payment), "ReturnValues": "ALL_NEW"}
        telemetry.payment_gone(payment.id, payment.latest.id)
        try:
            answer = self._dynamodb.update_item(TableName=self._table, **request)
        except ClientError as error:
            row = _in_the_way(error)
            there = None if row is None else payment_of(row)
            return there if there and there.operations == payment.operations else None
        return payment_of(row_of(answer["Attributes"]))

    def load(self, payment_id: str) -> Payment | None:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": payment_id}}, ConsistentRead=True
        )
        return payment_of(row_of(answer["Item"])) if "Item" in answer else None

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        answer = self._dynamodb.query(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due <= :now",
            ExpressionAttributeValues=item_of({":shard": shard, ":now": now}),
            Limit=limit,
        )
        return [Due(row["id"], row["due"]) for row in map(row_of, answer["Items"])]

    def find_many(self, merchant_id: str, payment_ids: Sequence[str]) -> list[Payment]:
        rows = rows_by_id(self._dynamodb, self._table, payment_ids)
        found = [payment_of(row) for row in rows if row["merchant"] == merchant_id]
        return [payment for payment in found if payment is not None]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return newest(self._dynamodb, self._table, "listing", ("listing", partition), (above, below), limit)

    def newest_with_reference(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        bounds = (above, below)
        return newest(self._dynamodb, self._table, "by_reference", ("ref", partition), bounds, limit)

    def _update(self, payment: Payment, request: Mapping[str, Any]) -> bool:
        row = self._row_in_the_way(self._dynamodb.update_item, request, gone=payment.id)
        return row is None or payment_of(row) == payment

    def _row_in_the_way(self, write: Any, request: Mapping[str, Any], gone: str | None = None) -> Row | None:
        """The row that made the write's condition fail; None: the write is done.

        Raises `PaymentGone` if there is no row and `gone` names the payment whose row there had to be.
        """
        try:
            write(TableName=self._table, ReturnValuesOnConditionCheckFailure="ALL_OLD", **request)
        except ClientError as error:
            row = _in_the_way(error)
            if row is not None:
                return row
            if gone is None:
                raise  # the condition was that there be none: to take this for success would charge again
            raise PaymentGone(gone) from error
        return None


def _in_the_way(error: ClientError) -> Row | None:
    """The row that made a condition fail, if there is one; any other error is raised again."""
    if not condition_failed(error):
        raise error
    item: Mapping[str, Any] | None = error.response.get("Item")
    return row_of(item) if item else None
