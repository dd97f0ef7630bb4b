from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from local.emulator import Emulator
from tests.integration.local.project import Laptop, eventually, write_extensions_project

pytestmark = pytest.mark.xdist_group("laptop-restart")


def put_items(laptop: Laptop, *keys: str) -> None:
    for key in keys:
        laptop.target.client("dynamodb").put_item(TableName="source", Item={"id": {"S": key}})


def copied(laptop: Laptop) -> set[str]:
    items = laptop.target.client("dynamodb").scan(TableName="copies", ConsistentRead=True)["Items"]
    return {item["id"]["S"] for item in items}


def test_stream_goes_on_after_a_restart_without_loss(tmp_path: Path) -> None:
    root = write_extensions_project(tmp_path / "project")
    laptop = Laptop.at(tmp_path / "laptop")
    read = {f"read-{number}" for number in range(5)}
    pending = {f"pending-{number}" for number in range(50)}
    with laptop.running():
        laptop.deploy(root)
        put_items(laptop, *read)
        eventually(lambda: copied(laptop) == read)
        put_items(laptop, *pending)
    with laptop.running():
        laptop.deployment(root).check_state()
        put_items(laptop, "afterwards")
        eventually(lambda: copied(laptop) == {*read, *pending, "afterwards"})


def test_killed_emulator_has_saved_what_is_a_second_old(tmp_path: Path) -> None:
    root = write_extensions_project(tmp_path / "project")
    laptop = Laptop.at(tmp_path / "laptop")
    with laptop.running() as emulator:
        laptop.deploy(root)
        put_items(laptop, "kept")
        eventually(lambda: copied(laptop) == {"kept"})
        saved = laptop.directory / "state" / "dynamodb.json"
        eventually(lambda: saved.exists() and '"deliveries"' in saved.read_text())
        kill(emulator)
    with laptop.running():
        laptop.deployment(root).check_state()
        put_items(laptop, "afterwards")
        eventually(lambda: copied(laptop) == {"kept", "afterwards"})


def kill(emulator: Emulator) -> None:
    os.kill(emulator.pid, signal.SIGKILL)
    emulator.wait()
