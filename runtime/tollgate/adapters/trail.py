"""The audit trail: the `audits` table."""

from typing import Any

from botocore.exceptions import ClientError

from tollgate import telemetry
from tollgate.adapters.items import condition_failed, item_of
from tollgate.domain.audit import Audit, audit_object, canonical
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.listing import partition, position
from tollgate.domain.merchant import Merchant
from tollgate.ports import Merchants


class AuditTrail:
    """Records are put once and never changed. Raises `LookupError` for a merchant that doesn't exist."""

    def __init__(self, dynamodb: Any, table: str, merchants: Merchants) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._merchants = merchants

    def record(self, audit: Audit) -> None:
        """Put a record on its merchant's trail. The same id again changes nothing."""
        try:
            self._dynamodb.put_item(**self.put(audit))
        except Exception as error:
            if isinstance(error, ClientError) and condition_failed(error):
                return
            telemetry.not_audited(error, audit.exchange.request_id)
            raise

    def put(self, audit: Audit) -> dict[str, Any]:
        """The record's write, for `PutItem` or as a `Put` of a transaction."""
        merchant = self._merchants.find(audit.merchant_id)
        if merchant is None:
            raise LookupError(f"{audit.merchant_id} is no merchant; nothing can be put on its trail.")
        return {
            "TableName": self._table,
            "Item": item_of(audit_row(audit, merchant)),
            "ConditionExpression": "attribute_not_exists(id)",
        }


def audit_row(audit: Audit, merchant: Merchant) -> dict[str, Any]:
    """The record and the keys of its two listings: the merchant's trail, and the resource's."""
    row = {
        "id": audit.id,
        "merchant": audit.merchant_id,
        "trail": partition(merchant, audit.at, audit.id),
        "position": position(audit.at, audit.id),
        "record": canonical(audit_object(audit)).decode(),
        "actor": audit.exchange.actor_id,
        "action": audit.action.value,
    }
    if audit.resource.id and len(audit.resource.id) <= LONGEST_ID:
        row["subject"] = f"{audit.merchant_id}#{audit.resource.id}"
    return row
