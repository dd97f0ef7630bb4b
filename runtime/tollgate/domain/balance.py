"""Where a payment stands: a fold over its operations, in their order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved, Declined, FailureCategory


class Status(StrEnum):
    PROCESSING = "processing"
    AUTHORIZED = "authorized"
    PARTIALLY_CAPTURED = "partially_captured"
    CAPTURED = "captured"
    DECLINED = "declined"
    FAILED = "failed"
    CANCELED = "canceled"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Balance:
    """All in minor units. `refunding` is reserved by refunds whose outcome isn't known yet."""

    status: Status = Status.PROCESSING
    authorized: int = 0
    capturable: int = 0
    captured: int = 0
    refunded: int = 0
    refunding: int = 0

    @property
    def refundable(self) -> int:
        return self.captured - self.refunded - self.refunding


def balance_of(operations: Iterable[Operation], *, capture_at_once: bool) -> Balance:
    """Where the operations leave the payment. An unresolved one changes nothing but `refunding`."""
    balance = Balance()
    for operation in operations:
        balance = _after(balance, operation, capture_at_once)
    return balance


def _after(balance: Balance, operation: Operation, capture_at_once: bool) -> Balance:
    match operation.kind, operation.outcome:
        case Kind.AUTHORIZE, Approved(amount=amount) if capture_at_once:
            return replace(balance, status=Status.CAPTURED, authorized=amount, captured=amount)
        case Kind.AUTHORIZE, Approved(amount=amount):
            return replace(balance, status=Status.AUTHORIZED, authorized=amount, capturable=amount)
        case Kind.AUTHORIZE, Declined(failure):
            refused = failure.category is FailureCategory.PROCESSOR_ERROR
            return replace(balance, status=Status.FAILED if refused else Status.DECLINED)
        case Kind.CAPTURE, Approved(amount=amount):
            return _captured(balance, amount, operation.final)
        case Kind.VOID, Approved() if operation.target is None:
            return _ended(balance, Status.CANCELED)
        case Kind.EXPIRE, Approved():
            return _ended(balance, Status.EXPIRED)
        case Kind.REFUND, Approved(amount=amount):
            return replace(balance, refunded=balance.refunded + amount)
        case Kind.REFUND, outcome if not isinstance(outcome, Declined):
            return replace(balance, refunding=balance.refunding + operation.amount)
        case _:
            return balance


def _ended(balance: Balance, status: Status) -> Balance:
    """The authorization is over; what was captured of it stays."""
    if balance.status is Status.AUTHORIZED:
        return replace(balance, status=status, capturable=0)
    if balance.status is Status.PARTIALLY_CAPTURED:
        return replace(balance, status=Status.CAPTURED, capturable=0)
    return balance


def _captured(balance: Balance, amount: int, final: bool) -> Balance:
    capturable = 0 if final else balance.capturable - amount
    status = Status.PARTIALLY_CAPTURED if capturable else Status.CAPTURED
    return replace(balance, status=status, captured=balance.captured + amount, capturable=capturable)
