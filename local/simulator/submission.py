"""What clients submit. Unknown fields are ignored, as Payroc's schema allows; known ones must fit."""

from typing import Annotated, Literal, TypeVar

import msgspec

from local.simulator.problems import Problem, invalid

Amount = Annotated[int, msgspec.Meta(ge=1, le=999_999_999_999)]
Terminal = Annotated[str, msgspec.Meta(pattern=r"^\d{4,16}$")]
_Digits = Annotated[str, msgspec.Meta(pattern=r"^\d{12,19}$")]


class Order(msgspec.Struct, rename="camel"):
    """`amount` in minor units. Payroc doesn't enforce that `order_id` is unique; its safe length is 24."""

    order_id: Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
    amount: Amount
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
    description: str | None = None


class KeyedCard(msgspec.Struct, rename="camel"):
    """A card in clear, in memory only: its repr shows nothing."""

    data_format: Literal["plainText"]
    card_number: _Digits
    expiry_date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}$")]
    cvv: Annotated[str, msgspec.Meta(pattern=r"^\d{3,4}$")] | None = None

    def __repr__(self) -> str:
        return "KeyedCard()"


class _CardDetails(msgspec.Struct, rename="camel"):
    entry_method: Literal["keyed"]
    keyed_data: KeyedCard
    cardholder_name: str | None = None


class _PaymentMethod(msgspec.Struct, rename="camel"):
    type: Literal["card"]
    card_details: _CardDetails


class PaymentSubmission(msgspec.Struct, rename="camel"):
    """`POST /payments`: of Payroc's payment methods only a keyed card in plain text is spoken."""

    channel: Literal["pos", "web", "moto"]
    processing_terminal_id: Terminal
    order: Order
    payment_method: _PaymentMethod
    auto_capture: bool = True

    @property
    def card(self) -> KeyedCard:
        """The card to charge."""
        return self.payment_method.card_details.keyed_data


class CaptureSubmission(msgspec.Struct, rename="camel"):
    """`POST /payments/{id}/capture`: without an amount, all that is left."""

    amount: Amount | None = None
    processing_terminal_id: Terminal | None = None


class ReversalSubmission(msgspec.Struct, rename="camel"):
    """`POST /payments/{id}/reverse`: without an amount, the whole payment."""

    amount: Amount | None = None


class RefundSubmission(msgspec.Struct, rename="camel"):
    """`POST /payments/{id}/refund`."""

    amount: Amount
    description: str


S = TypeVar("S", PaymentSubmission, CaptureSubmission, ReversalSubmission, RefundSubmission)


def parse(body: bytes, kind: type[S]) -> S:
    """Decode and check a JSON body; none is an empty object. Raises `Problem` (400)."""
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as error:
        detail, _, path = str(error).partition(" - at `$")
        raise invalid(path.rstrip("`").lstrip(".") or "body", detail) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(400, "bad-request", "The body is not valid JSON") from None


def check_luhn(card: KeyedCard) -> None:
    """ISO/IEC 7812-1 annex B. Raises `Problem` (400) for a wrong check digit."""
    digits = [int(digit) for digit in reversed(card.card_number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    if (sum(digits[0::2]) + sum(doubled)) % 10:
        raise invalid("paymentMethod.cardDetails.keyedData.cardNumber", "The card number is not valid")
