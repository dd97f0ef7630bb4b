from collections.abc import Iterator
from pathlib import Path

import pytest

from local.simulator import Simulator
from tests.contract.processor.client import Client
from tests.contract.processor.scene import Scene, fake_scene, guarded_scene, payroc_scene, running


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    with running(tmp_path / "simulator.jsonl") as running_simulator:
        yield running_simulator


@pytest.fixture
def client(simulator: Simulator) -> Client:
    return Client(simulator.url)


@pytest.fixture(params=["payroc", "fake", "guarded"])
def scene(request: pytest.FixtureRequest) -> Scene:
    if request.param == "fake":
        return fake_scene()
    if request.param == "guarded":
        return guarded_scene()
    return payroc_scene(request.getfixturevalue("simulator").url)
