"""The `sessions` table: checkout sessions, each put once and never changed."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.adapters.session_rows import session_of, session_row
from tollgate.domain.checkout import CheckoutSession
from tollgate.domain.identifiers import is_id


class SessionsTable:
    """The `CheckoutSessions` port on DynamoDB."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def find(self, session_id: str) -> CheckoutSession | None:
        if not is_id(session_id):
            return None
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": session_id}}, ConsistentRead=True
        )
        return session_of(row_of(answer["Item"])) if "Item" in answer else None

    def add(self, session: CheckoutSession) -> CheckoutSession | None:
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=item_of(session_row(session)),
                ConditionExpression="attribute_not_exists(id)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            item: Mapping[str, Any] | None = error.response.get("Item")
            if not condition_failed(error) or not item:
                raise
            known = session_of(row_of(item))
            return None if known == session else known  # a write that the SDK sent again meets itself
        return None
