"""The issuer's say: approved, unless the amount is one that Payroc's test terminals decline."""

import msgspec

from local.simulator.submission import KeyedCard


class Decision(msgspec.Struct, frozen=True):
    """What an operation came to, as `transactionResult` says it. `part`: all that was approved, if less."""

    status: str
    response_code: str
    processor_code: str
    message: str
    avs: str = "U"
    part: int | None = None

    @property
    def approved(self) -> bool:
        """Whether it takes effect."""
        return self.response_code in ("A", "P")

    def of(self, amount: int) -> int:
        """What takes effect of `amount`."""
        if not self.approved:
            return 0
        return amount if self.part is None else self.part


APPROVED = Decision("ready", "A", "00", "APPROVAL")
SETTLED = Decision("complete", "A", "00", "APPROVAL")
DECLINED = Decision("declined", "D", "05", "Do Not Honor")
EXPIRED = Decision("declined", "D", "54", "Expired Card")

# Amounts and their results as Payroc's functional tests see them (payroc-sdk-dotnet, DeclineTests.cs).
_BY_AMOUNT = {
    4901: DECLINED,
    4902: Decision("referral", "R", "01", "Refer to Card Issuer"),
    1403: Decision("declined", "D", "00", "AVS FAILURE", avs="N"),
}


def decide(card: KeyedCard, amount: int, *, year: int, month: int) -> Decision:
    """The decision on `amount`, in minor units, asked for in `month` of `year`.

    Payroc checks the expiry's form only: a date in the past, or one turned round (YYMM), is declined.
    """
    expiry_month, expiry_year = int(card.expiry_date[:2]), 2000 + int(card.expiry_date[2:])
    if not 1 <= expiry_month <= 12 or (expiry_year, expiry_month) < (year, month):
        return EXPIRED
    return _BY_AMOUNT.get(amount, APPROVED)


def half(decision: Decision, amount: int) -> Decision:
    """Instead of an approval of `amount`, one of half of it, rounded down. Half of 1 is a decline."""
    if not decision.approved:
        return decision
    return Decision("ready", "P", "10", "PARTIAL APPROVAL", part=amount // 2) if amount > 1 else DECLINED
