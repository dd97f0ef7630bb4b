"""The audit trail: the `audits` table."""

from typing import Any

from botocore.exceptions import ClientError

from tollgate import telemetry
from tollgate.adapters.audit_rows import audit_row, grouped, records_of
from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.domain.audit import Audit
from tollgate.ports import Merchants


class AuditTrail:
    """Rows are put once and never changed. Raises `LookupError` for a merchant that doesn't exist."""

    def __init__(self, dynamodb: Any, table: str, merchants: Merchants) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._merchants = merchants

    def record(self, *audits: Audit) -> None:
        """Put records on their merchant's trail, in order. The same id again changes nothing."""
        try:
            for together in grouped(audits):
                self._put(*together)
        except Exception as error:
            telemetry.not_audited(error, audits[0].exchange.request_id)
            raise

    def put(self, *together: Audit) -> dict[str, Any]:
        """The write of one row, for `PutItem` or as a `Put` of a transaction."""
        merchant_id = together[0].merchant_id
        merchant = self._merchants.find(merchant_id)
        if merchant is None:
            raise LookupError(f"{merchant_id} is no merchant; nothing can be put on its trail.")
        return {
            "TableName": self._table,
            "Item": item_of(audit_row(together, merchant)),
            "ConditionExpression": "attribute_not_exists(id)",
        }

    def _put(self, *together: Audit) -> None:
        """As one row. What a row that is there under its name doesn't hold, gets rows of its own."""
        held = self._in_the_way(self.put(*together))
        for each in together:
            if held is not None and each.id not in held:
                self._put(each)

    def _in_the_way(self, write: dict[str, Any]) -> set[str] | None:
        """The ids of the records that the row holds which has the name already; None: the write is done."""
        try:
            self._dynamodb.put_item(**write, ReturnValuesOnConditionCheckFailure="ALL_OLD")
        except ClientError as error:
            if condition_failed(error):
                return {write["Item"]["id"]["S"], *records_of(row_of(error.response["Item"]))}
            raise
        return None
