"""Payments, operations and merchants to test with."""

from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.card import Brand, CardSummary
from tollgate.domain.merchant import Merchant, ProcessorAccount
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Failure, FailureCategory
from tollgate.domain.payment import ByToken, CaptureMethod, Payment, Terms

NOW = 1_800_000_000_000
EXCHANGE = Exchange(ActorType.CLIENT, "cli_one", "192.0.2.1", "shop/1.0", "req-1")
ACCOUNT = ProcessorAccount("payroc", "main", "1234001")
DECLINE = Failure("do_not_honor", FailureCategory.ISSUER_DECLINED, "The issuer declined the card.", False)
REFUSAL = Failure("bad_request", FailureCategory.PROCESSOR_ERROR, "The processor refused the request.", False)


def merchant(id: str = "mer_one", *, multiple_captures: bool = True) -> Merchant:
    return Merchant(
        id=id,
        name="One",
        processor=ACCOUNT,
        currencies=frozenset({"USD", "EUR", "JPY"}),
        multiple_captures=multiple_captures,
        created_at=NOW - 1000,
    )


def operation(
    kind: Kind = Kind.AUTHORIZE, id: str = "pay_one", amount: int = 10_000, *, final: bool = True
) -> Operation:
    """An operation that executes."""
    return Operation(
        id=id,
        kind=kind,
        amount=amount,
        exchange=EXCHANGE,
        started_at=NOW,
        lease_until=NOW + 35_000,
        due_at=NOW + 35_000,
        final=final,
    )


def payment(
    *,
    id: str = "pay_one",
    merchant_id: str = "mer_one",
    amount: int = 10_000,
    capture_method: CaptureMethod = CaptureMethod.AUTOMATIC,
    multiple_captures: bool = True,
    created_at: int = NOW,
) -> Payment:
    """A payment whose authorization executes."""
    return Payment(
        id=id,
        merchant_id=merchant_id,
        terms=Terms(amount, "USD", capture_method, "order-1", None, {}),
        method=ByToken("tok_one"),
        card=CardSummary(Brand.VISA, "7062", 12, 2030),
        processor=ACCOUNT,
        multiple_captures=multiple_captures,
        created_at=created_at,
        operations=(operation(id=id, amount=amount),),
    )
