"""Request bodies in Payroc's words. The same arguments always give the same bytes: a resend must."""

import msgspec

from tollgate.domain.card import Card
from tollgate.domain.charge import Charge


def payment(terminal: str, charge: Charge) -> bytes:
    """`POST /payments` with a keyed card in clear."""
    order: dict[str, str | int] = {
        "orderId": charge.order_id,
        "amount": charge.amount,
        "currency": charge.currency,
    }
    if charge.description is not None:
        order["description"] = charge.description
    return msgspec.json.encode(
        {
            "channel": "web",
            "processingTerminalId": terminal,
            "order": order,
            "paymentMethod": {"type": "card", "cardDetails": _card_details(charge.card)},
            "autoCapture": charge.capture,
        }
    )


def capture(amount: int) -> bytes:
    """`POST /payments/{id}/capture`: flat, as the SDK and its tests have it."""
    return msgspec.json.encode({"amount": amount})


def reversal(amount: int | None) -> bytes:
    """`POST /payments/{id}/reverse`: so much of the payment, or (None) the whole."""
    return b"{}" if amount is None else msgspec.json.encode({"amount": amount})


def refund(amount: int, description: str) -> bytes:
    """`POST /payments/{id}/refund`."""
    return msgspec.json.encode({"amount": amount, "description": description})


def _card_details(card: Card) -> dict[str, object]:
    keyed = {
        "dataFormat": "plainText",
        "cardNumber": card.number,
        "expiryDate": f"{card.exp_month:02}{card.exp_year % 100:02}",
    }
    if card.cvc is not None:
        keyed["cvv"] = card.cvc
    details: dict[str, object] = {"entryMethod": "keyed"}
    if card.name is not None:
        details["cardholderName"] = card.name
    return details | {"keyedData": keyed}
