"""Cards: what is kept, what is shown, and what must never be."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import StrEnum

LAST_ON_EARTH = timezone(timedelta(hours=-12))
MAX_YEARS = 30


class Brand(StrEnum):
    """Card schemes, told by the number's first digits (ISO/IEC 7812 ranges that the schemes publish)."""

    VISA = "visa"
    MASTERCARD = "mastercard"
    AMEX = "amex"
    DISCOVER = "discover"
    DINERS = "diners"
    JCB = "jcb"
    MAESTRO = "maestro"
    UNIONPAY = "unionpay"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Card:
    """A card in clear, in memory only. Its repr shows nothing: it may stand in any traceback.

    `exp_year` has four digits. `cvc` lives until the processor's answer and is stored nowhere
    (PCI DSS 3.3.1).
    """

    number: str = field(repr=False)
    exp_month: int = field(repr=False)
    exp_year: int = field(repr=False)
    cvc: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)

    @property
    def summary(self) -> "CardSummary":
        """What may be stored and shown (PCI DSS 3.4.1: at most BIN and last four)."""
        return CardSummary(brand_of(self.number), self.number[-4:], self.exp_month, self.exp_year)


@dataclass(frozen=True, slots=True)
class CardSummary:
    """What callers see of a card."""

    brand: Brand
    last4: str
    exp_month: int
    exp_year: int


def brand_of(number: str) -> Brand:
    """The scheme by the longest matching prefix; lengths aren't checked, since test cards break them."""
    two, three, four, six = (int(number[:n].ljust(n, "0")) for n in (2, 3, 4, 6))
    ranges = (
        (51 <= two <= 55 or 2221 <= four <= 2720, Brand.MASTERCARD),
        (two in (34, 37), Brand.AMEX),
        (300 <= three <= 305 or two in (36, 38, 39), Brand.DINERS),
        (3528 <= four <= 3589, Brand.JCB),
        (four == 6011 or 644 <= three <= 649 or two == 65, Brand.DISCOVER),
        (622126 <= six <= 622925 or two in (62, 81), Brand.UNIONPAY),
        (two in (50, 63, 67) or 56 <= two <= 58, Brand.MAESTRO),
        (number.startswith("4"), Brand.VISA),
    )
    return next((brand for matches, brand in ranges if matches), Brand.UNKNOWN)


def passes_luhn(number: str) -> bool:
    """ISO/IEC 7812-1 annex B check digit."""
    digits = [int(d) for d in reversed(number)]
    doubled = (sum(divmod(2 * d, 10)) for d in digits[1::2])
    return (sum(digits[0::2]) + sum(doubled)) % 10 == 0


def can_be_issued(number: str) -> bool:
    """Whether an issuer can have given out the number: no card's begins with 0 (ISO/IEC 7812-1)."""
    return not number.startswith("0") and passes_luhn(number)


def expired(exp_month: int, exp_year: int, now: int) -> bool:
    """A card is good through its month, until that has ended everywhere on Earth (`now` in seconds)."""
    return (exp_year, exp_month) < _month(now)


def too_far_ahead(exp_month: int, exp_year: int, now: int) -> bool:
    """Whether the expiry is more than 30 years ahead: no issuer's is, and the processor takes two digits."""
    year, month = _month(now)
    return (exp_year, exp_month) > (year + MAX_YEARS, month)


def _month(now: int) -> tuple[int, int]:
    """Year and month where the day ends last (UTC-12)."""
    moment = datetime.fromtimestamp(now, LAST_ON_EARTH)
    return moment.year, moment.month
