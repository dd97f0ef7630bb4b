"""Why Payroc said no, in our words. Its own messages are never passed on: they may hold anything."""

from tollgate.domain.outcome import Failure, FailureCategory

REFUSED = Failure(
    "request_refused",
    FailureCategory.PROCESSOR_ERROR,
    "The processor refused the request.",
    retryable=False,
)


def _issuer(code: str, message: str, *, retryable: bool = False) -> Failure:
    return Failure(code, FailureCategory.ISSUER_DECLINED, message, retryable)


def _card(code: str, message: str) -> Failure:
    return Failure(code, FailureCategory.CARD_INVALID, message, retryable=False)


def _fraud(code: str, message: str) -> Failure:
    return Failure(code, FailureCategory.FRAUD, message, retryable=False)


_DECLINED = _issuer("declined", "The card was declined.")
_CALL_ISSUER = _issuer("call_issuer", "The card was declined; the cardholder should contact the bank.")
# Says no more than a decline: whoever holds a stolen card needn't know that it is known.
_PICK_UP_CARD = _issuer("pick_up_card", "The card was declined.")
_NOT_PERMITTED = _issuer("transaction_not_permitted", "The card doesn't allow this kind of payment.")
_LIMIT_EXCEEDED = _issuer("limit_exceeded", "The payment exceeds the card's limit.")
_ISSUER_UNAVAILABLE = _issuer("issuer_unavailable", "The card's bank didn't answer.", retryable=True)
_INVALID_NUMBER = _card("invalid_number", "The card number is not valid.")
_INCORRECT_CVC = _card("incorrect_cvc", "The card's security code is not correct.")
_SUSPECTED_FRAUD = _fraud("suspected_fraud", "The payment was declined.")
_ADDRESS_MISMATCH = _fraud("address_mismatch", "The billing address could not be verified.")
_CHECKS_FAILED = _fraud("security_checks_failed", "The payment was declined by a security check.")

# Payroc's `responseCode`, where it alone tells the reason (payroc-sdk-python, types/transaction_result.py).
_BY_RESPONSE = {"R": _CALL_ISSUER, "C": _PICK_UP_CARD}

# `processorResponseCode`: ISO 8583 field 39 with the schemes' later additions.
_BY_PROCESSOR = {
    "01": _CALL_ISSUER,
    "02": _CALL_ISSUER,
    "04": _PICK_UP_CARD,
    "05": _issuer("do_not_honor", "The card was declined."),
    "07": _PICK_UP_CARD,
    "14": _INVALID_NUMBER,
    "15": _INVALID_NUMBER,
    "41": _PICK_UP_CARD,
    "43": _PICK_UP_CARD,
    "51": _issuer("insufficient_funds", "The card has insufficient funds."),
    "54": _card("expired_card", "The card has expired."),
    "57": _NOT_PERMITTED,
    "58": _NOT_PERMITTED,
    "59": _SUSPECTED_FRAUD,
    "61": _LIMIT_EXCEEDED,
    "65": _LIMIT_EXCEEDED,
    "82": _INCORRECT_CVC,
    "91": _ISSUER_UNAVAILABLE,
    "96": _ISSUER_UNAVAILABLE,
    "N7": _INCORRECT_CVC,
}


def decline(response: str, processor: str | None, *, cvv: str | None, avs: str | None) -> Failure:
    """The failure of a declined operation; `cvv` and `avs` are the results of the security checks.

    A decline although the issuer approved (`00`) is the gateway's own: a rule on those checks.
    """
    if response in _BY_RESPONSE:
        return _BY_RESPONSE[response]
    if processor != "00":
        return _BY_PROCESSOR.get(processor or "", _DECLINED)
    if cvv == "N":
        return _INCORRECT_CVC
    return _ADDRESS_MISMATCH if avs == "N" else _CHECKS_FAILED
