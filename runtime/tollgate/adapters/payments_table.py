"""The `payments` table: one payment, one item, and every change conditional on its version and merchant."""

from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.adapters.listing_index import newest
from tollgate.adapters.payment_rows import operation_row, payment_of, payment_row
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.listing import Position
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment

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
        if len(payment_id) > LONGEST_ID:
            return None
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": payment_id}}, ConsistentRead=True
        )
        payment = payment_of(row_of(answer["Item"])) if "Item" in answer else None
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
        values = {
            ":operation": operation_row(payment.latest),
            ":version": payment.version,
            ":before": payment.version - 1,
            ":merchant": payment.merchant_id,
        }
        # An index at the end of a list appends to it.
        change = f"SET operations[{len(payment.operations) - 1}] = :operation, version = :version"
        return self._update(payment, change, values)

    def withdraw(self, payment: Payment) -> None:
        if len(payment.operations) == 1:
            return self._delete(payment)
        values = {
            ":version": payment.version + 1,
            ":before": payment.version,
            ":merchant": payment.merchant_id,
        }
        change = f"REMOVE operations[{len(payment.operations) - 1}] SET version = :version"
        self._update(payment, change, values)
        return None

    def find_many(self, merchant_id: str, payment_ids: Sequence[str]) -> list[Payment]:
        rows = rows_by_id(self._dynamodb, self._table, payment_ids)
        return [payment_of(row) for row in rows if row["merchant"] == merchant_id]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return newest(self._dynamodb, self._table, "listing", ("listing", partition), (above, below), limit)

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
