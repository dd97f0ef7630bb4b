"""Card data leaves the adapter in the request's body alone."""

import logging

import pytest
import requests

from local.simulator import Simulator
from tests.contract.processor.scene import ACCOUNT, CARD, charge, new_key, payroc

FAULTS = [
    "timeout_before_effect",
    "connection_reset_after_effect",
    "error_500",
    "rate_limited",
    "declined",
    "refused",
]


@pytest.mark.parametrize("fault", FAULTS)
def test_card_data_is_in_no_log_and_no_outcome(
    simulator: Simulator, fault: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    body = {"faults": [{"route": "payments.create", "kind": fault, "count": 3, "seconds": 0}]}
    requests.post(f"{simulator.url}/_simulator/faults", json=body, timeout=10)

    with caplog.at_level(logging.DEBUG):
        outcome = payroc(simulator.url).send(ACCOUNT, new_key(), charge())

    shown = caplog.text + repr(outcome) + "".join(capfd.readouterr())
    assert "urllib3.connectionpool" in shown
    for secret in (CARD.number, "expiryDate", "cvv"):
        assert secret not in shown


def test_card_data_is_in_no_repr() -> None:
    assert CARD.number not in repr(charge())
    assert f"{CARD.cvc!r}" not in repr(charge())
