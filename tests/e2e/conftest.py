"""The laptop's two merchants, and its processor."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import schemathesis

from local.seeding import PROCESSOR_ACCOUNT
from onboarding import Stage, add_merchant, revoke_client
from tests.e2e.caller import Caller
from tests.e2e.crashes import Crash, crash_cases
from tests.e2e.lost import Lost, lose_answers
from tests.e2e.matrix.cases import selection
from tests.e2e.matrix.laptop import Laptop
from tests.e2e.matrix.session import strike
from tests.e2e.matrix.striking import Struck
from tests.e2e.processor import Processor
from tests.e2e.sweeps import Sweeps

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
LAST = (
    "test_fault_matrix.py",
    "test_crashes.py",
    "test_recovery.py",
    "test_fuzz.py",
    "test_books.py",
    "test_card_data.py",
    "test_privilege.py",
)
"""The processor fails, then works again; what all the others have left behind is looked at in the end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--keep-calls",
        action="store_true",
        help="keep the functions' calls of AWS, as this whole run recorded them, in docs/iam-calls.json",
    )


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs them all; those of `LAST` come after the others."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.xdist_group("laptop"))
    late = [item for name in LAST for item in ours if item.path.name == name]
    items[:] = [item for item in items if item not in late] + late


@pytest.fixture(scope="session")
def shop(local: Mapping[str, Any]) -> Caller:
    """The first merchant's client, with all scopes."""
    contract = schemathesis.openapi.from_path(ROOT / "runtime" / "openapi.yaml")
    return Caller(
        local["base_url"], local["merchant_id"], local["client_id"], local["client_secret"], contract
    )


@pytest.fixture(scope="session")
def rival(local: Mapping[str, Any], shop: Caller) -> Caller:
    """The second merchant's client, with all scopes."""
    return replace(
        shop,
        merchant_id=local["second_merchant_id"],
        client_id=local["second_client_id"],
        client_secret=local["second_client_secret"],
    )


@pytest.fixture(scope="session")
def one_capture(shop: Caller, stage: Stage) -> Caller:
    """A third merchant's client. Its processor takes one capture a payment."""
    merchant = add_merchant(
        stage,
        name="One capture",
        account=PROCESSOR_ACCOUNT,
        terminal="1003",
        currencies=["USD"],
        multiple_captures=False,
    )
    return replace(shop, merchant_id=merchant.id).colleague(stage)


@pytest.fixture(scope="session")
def stage(local: Mapping[str, Any]) -> Stage:
    """The stage as an operator sees it."""
    return Stage.local(local)


@pytest.fixture(scope="session")
def revoked(shop: Caller, stage: Stage) -> tuple[Caller, float]:
    """A client that was let in and then revoked, and when (`time.monotonic`)."""
    client = shop.colleague(stage)
    assert client.get("/v1/payments").status_code == 200
    revoke_client(stage, client.client_id)
    return client, time.monotonic()


@pytest.fixture(scope="session")
def simulator(local: Mapping[str, Any]) -> Processor:
    return Processor(local["simulator_url"], local["simulator_api_key"])


@pytest.fixture
def processor(simulator: Processor) -> Iterator[Processor]:
    """The simulator; its faults end with the test."""
    yield simulator
    simulator.works()


@pytest.fixture(scope="session")
def sweeps(stage: Stage) -> Sweeps:
    """The clock of the follow-up."""
    return Sweeps.of(stage)


@pytest.fixture(scope="session")
def laptop(shop: Caller, simulator: Processor, stage: Stage) -> Laptop:
    """With a merchant of its own for what the fault matrix and the crashes leave behind."""
    return Laptop.with_new_merchant(shop, simulator, stage)


@pytest.fixture(scope="session")
def struck(laptop: Laptop, sweeps: Sweeps) -> list[Struck]:
    """Operations that met every fault, and each with every other. Since then the sweeps rest."""
    sweeps.rest()
    return strike(laptop, selection(), lambda line: None)


@pytest.fixture(scope="session")
def crashed(laptop: Laptop, sweeps: Sweeps, state_dir: Path) -> list[Struck]:
    """Operations that were at the processor when their function was killed. Since then the sweeps rest."""
    sweeps.rest()
    token = laptop.shop.token()
    return [Crash(case, function, laptop, state_dir).happen(token) for case, function in crash_cases()]


@pytest.fixture(scope="session")
def lost(shop: Caller, simulator: Processor, sweeps: Sweeps) -> list[Lost]:
    """Operations whose outcome nobody knows. Since then the processor is down, and the sweeps rest."""
    sweeps.rest()
    return lose_answers(shop, simulator)


@pytest.fixture(scope="session")
def recovered(
    struck: list[Struck], crashed: list[Struck], lost: list[Lost], simulator: Processor, sweeps: Sweeps
) -> float:
    """When (`time.monotonic`) everything worked again after all that."""
    simulator.works()
    sweeps.resume()
    return time.monotonic()
