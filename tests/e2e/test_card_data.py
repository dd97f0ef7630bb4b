"""After everything: no card number and no card code stands anywhere but in the vault's ciphertext.

The laptop cloud is stopped here, so that all that it has kept lies in files: tables, queues, log groups, the
emulator's own log, and the processor's journal.
"""

import re
from pathlib import Path

import pytest

from local.cloud import Cloud
from tests import cards
from tests.e2e.caller import SENTINEL_CVC, Caller

NUMBERS = (cards.VISA, cards.VISA_DEBIT, cards.MASTERCARD, cards.AMEX, cards.DISCOVER)
# Standing alone: not a part of a number, a time, an id or a digest.
CVC = re.compile(rb"(?<![\w.+/=-])" + SENTINEL_CVC.encode() + rb"(?![\w.+/=-])")
STATE = Path("emulator") / "state"


@pytest.fixture(scope="module")
def kept(shop: Caller, cloud: Cloud, state_dir: Path) -> dict[Path, bytes]:
    """Every file of the stopped laptop cloud. All numbers and the code have certainly been seen by it."""
    for number in NUMBERS:
        shop.pay(payment_method={"encrypted_card": shop.card(number)})
    request_id = shop.get("/v1/payments").headers["X-Request-Id"]
    cloud.stop()
    files = {
        path.relative_to(state_dir): path.read_bytes() for path in state_dir.rglob("*") if path.is_file()
    }
    assert request_id.encode() in files[STATE / "cloudwatch_logs.json"], "the functions' logs are not kept"
    assert b"tok_" in files[STATE / "dynamodb.json"]
    assert STATE / "sqs.json" in files
    assert Path("simulator.json") in files
    return files


@pytest.mark.parametrize("number", NUMBERS)
def test_no_card_number_is_kept(kept: dict[Path, bytes], number: str) -> None:
    assert [path for path, content in kept.items() if number.encode() in content] == []


def test_no_card_code_is_kept(kept: dict[Path, bytes]) -> None:
    assert [path for path, content in kept.items() if CVC.search(content)] == []
