import json

from tollgate.adapters.payroc import messages
from tollgate.domain.card import Card
from tollgate.domain.charge import Charge

CARD = Card("4539858876047062", 3, 2034, "123", "Sarah Hopper")


def test_a_charge_is_a_keyed_card_in_clear() -> None:
    charge = Charge("pay_1", 4999, "USD", True, CARD, "Large Pepperoni Pizza")

    assert json.loads(messages.payment("1234001", charge)) == {
        "channel": "web",
        "processingTerminalId": "1234001",
        "order": {
            "orderId": "pay_1",
            "amount": 4999,
            "currency": "USD",
            "description": "Large Pepperoni Pizza",
        },
        "paymentMethod": {
            "type": "card",
            "cardDetails": {
                "entryMethod": "keyed",
                "cardholderName": "Sarah Hopper",
                "keyedData": {
                    "dataFormat": "plainText",
                    "cardNumber": "4539858876047062",
                    "expiryDate": "0334",
                    "cvv": "123",
                },
            },
        },
        "autoCapture": True,
    }


def test_what_is_not_known_is_left_out() -> None:
    charge = Charge("pay_1", 4999, "USD", False, Card("4539858876047062", 12, 2030), None)

    body = json.loads(messages.payment("1234001", charge))

    assert body["order"].keys() == {"orderId", "amount", "currency"}
    assert body["paymentMethod"]["cardDetails"].keys() == {"entryMethod", "keyedData"}
    assert body["paymentMethod"]["cardDetails"]["keyedData"].keys() == {
        "dataFormat",
        "cardNumber",
        "expiryDate",
    }


def test_the_bytes_are_part_of_the_contract_with_earlier_attempts() -> None:
    charge = Charge("pay_1", 4999, "USD", False, Card("4539858876047062", 12, 2030), None)

    assert messages.payment("1234001", charge) == (
        b'{"channel":"web","processingTerminalId":"1234001",'
        b'"order":{"orderId":"pay_1","amount":4999,"currency":"USD"},'
        b'"paymentMethod":{"type":"card","cardDetails":{"entryMethod":"keyed",'
        b'"keyedData":{"dataFormat":"plainText","cardNumber":"4539858876047062","expiryDate":"1230"}}},'
        b'"autoCapture":false}'
    )
    assert messages.capture(100) == b'{"amount":100}'
    assert messages.reversal(None) == b"{}"
    assert messages.reversal(100) == b'{"amount":100}'
    assert messages.refund(100, "ref_1") == b'{"amount":100,"description":"ref_1"}'
