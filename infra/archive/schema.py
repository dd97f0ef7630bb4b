"""The columns that Athena sees. Exported tables are DynamoDB's JSON: each value under the letter of its type.

Not listed, thus not to be queried: the keyed card fingerprint and what only listings need.
"""

from collections.abc import Mapping

TEXT = "struct<s:string>"
NUMBER = "struct<n:string>"
FLAG = "struct<bool:boolean>"


def record(fields: Mapping[str, str]) -> str:
    """Hive's type of named fields, themselves types."""
    return f"struct<{','.join(f'{name}:{kind}' for name, kind in fields.items())}>"


def list_of(kind: str) -> str:
    return f"struct<l:array<{kind}>>"


def map_of(fields: Mapping[str, str]) -> str:
    return f"struct<m:{record(fields)}>"


# As `tollgate.adapters.payment_rows` writes them.
OUTCOME = {
    "approved": TEXT,
    "amount": NUMBER,
    "declined": TEXT,
    "category": TEXT,
    "message": TEXT,
    "retry": FLAG,
    "unknown": TEXT,
}
# Type and id of who asked, address, user agent (`true`: that of the payment's first request), request.
EXCHANGE = list_of(record({"s": "string", "bool": "boolean"}))
OPERATION = {
    "id": TEXT,
    "kind": TEXT,
    "amount": NUMBER,
    "by": EXCHANGE,
    "start": NUMBER,
    "asked": NUMBER,
    "final": FLAG,
    "reason": TEXT,
    "outcome": map_of(OUTCOME),
    "end": NUMBER,
    "deferred": NUMBER,
    "target": TEXT,
    "ended_by": EXCHANGE,
}
PAYMENT = {
    "id": TEXT,
    "merchant": TEXT,
    "version": NUMBER,
    "position": TEXT,
    "amount": NUMBER,
    "currency": TEXT,
    "capture": TEXT,
    "reference": TEXT,
    "description": TEXT,
    "token": TEXT,
    "card": list_of(record({"s": "string", "n": "string"})),
    "processor": list_of(TEXT),
    "multiple": FLAG,
    "operations": list_of(map_of(OPERATION)),
}
# As `tollgate.adapters.audit_rows` writes them. `record` is the API's record as JSON text; in a row of
# several it is what they share, and `records` a list of what is each one's own. `action` is the last one's.
AUDIT = {
    "id": TEXT,
    "merchant": TEXT,
    "position": TEXT,
    "actor": TEXT,
    "action": TEXT,
    "record": TEXT,
    "records": TEXT,
}
ITEMS: Mapping[str, Mapping[str, str]] = {"payments": PAYMENT, "audits": AUDIT}
# What CloudWatch Logs hands to a subscription: some events of one stream of one group.
LOG_EVENTS = {
    "messagetype": "string",
    "owner": "string",
    "loggroup": "string",
    "logstream": "string",
    "subscriptionfilters": "array<string>",
    "logevents": "array<struct<id:string,timestamp:bigint,message:string>>",
}
