"""The `payments` table: one payment, one item, and every change conditional on its version and merchant."""

from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.adapters.listing_index import newest
from tollgate.adapters.payment_rows import due_row, operation_row, payment_of, payment_row
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.listing import Due, Position
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment

SET_DUE = ", due_shard = :due_shard, due = :due"
REMOVE_DUE = " REMOVE due_shard, due"
UNCHANGED = "version = :before AND merchant = :merchant"


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

    def add(self, payment: Payment, merchant: Merchant) -> Payment | None:
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=item_of(payment_row(payment, merchant)),
                ConditionExpression="attribute_not_exists(id)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            taken = _stored(error)
            return None if taken == payment else taken
        return None

    def save(self, payment: Payment) -> bool:
        due = due_row(payment)
        values = {
            ":operation": operation_row(payment.latest),
            ":version": payment.version,
            ":before": payment.version - 1,
            ":merchant": payment.merchant_id,
            **{f":{name}": value for name, value in due.items()},
        }
        # An index at the end of a list appends to it.
        change = f"SET operations[{len(payment.operations) - 1}] = :operation, version = :version"
        return self._update(payment, change + (SET_DUE if due else REMOVE_DUE), values)

    def withdraw(self, payment: Payment) -> None:
        if len(payment.operations) == 1:
            return self._delete(payment)
        values = {
            ":version": payment.version + 1,
            ":before": payment.version,
            ":merchant": payment.merchant_id,
        }
        change = f"SET version = :version REMOVE operations[{len(payment.operations) - 1}], due_shard, due"
        self._update(payment, change, values)
        return None

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
        return [payment_of(row) for row in rows if row["merchant"] == merchant_id]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return newest(self._dynamodb, self._table, "listing", ("listing", partition), (above, below), limit)

    def newest_with_reference(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        bounds = (above, below)
        return newest(self._dynamodb, self._table, "by_reference", ("ref", partition), bounds, limit)

    def _update(self, payment: Payment, change: str, values: Mapping[str, Any]) -> bool:
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key={"id": {"S": payment.id}},
                UpdateExpression=change,
                ConditionExpression=UNCHANGED,
                ExpressionAttributeValues=item_of(values),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            return _stored(error) == payment
        return True

    def _delete(self, payment: Payment) -> None:
        try:
            self._dynamodb.delete_item(
                TableName=self._table,
                Key={"id": {"S": payment.id}},
                ConditionExpression=UNCHANGED,
                ExpressionAttributeValues=item_of(
                    {":before": payment.version, ":merchant": payment.merchant_id}
                ),
            )
        except ClientError as error:
            if not condition_failed(error):
                raise


def _stored(error: ClientError) -> Payment | None:
    """The payment that made a condition fail; any other error is raised again."""
    if not condition_failed(error):
        raise error
    item: Mapping[str, Any] | None = error.response.get("Item")
    return payment_of(row_of(item)) if item else None
