from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from local.cloud import Cloud, LocalConfig, start
from local.errors import AlreadyRunningError, LocalCloudError, PortTakenError, StateUnusableError
from local.forget import forget
from local.lock import DirectoryLock
from local.ports import free_port

pytestmark = pytest.mark.xdist_group("laptop-cloud")
ROOT = Path(__file__).resolve().parents[3]
KEYS = {
    *("base_url", "merchant_id", "client_id", "client_secret"),
    *("second_merchant_id", "second_client_id", "second_client_secret"),
    *("simulator_url", "simulator_api_key"),
    *("shop_url", "card_fields_url"),
    *("aws_endpoint_url", "aws_access_key_id", "aws_secret_access_key", "region"),
    *("tables", "queues", "log_groups", "functions"),
}


@pytest.fixture
def config(tmp_path: Path) -> LocalConfig:
    return LocalConfig(root=ROOT, state_dir=tmp_path / "state", port=free_port())


def start_quietly(config: LocalConfig) -> Cloud:
    return start(config, lambda line: None)


def is_healthy(cloud: Cloud) -> bool:
    return requests.get(f"{cloud.description['base_url']}/health", timeout=30).json() == {"status": "ok"}


def test_restart_keeps_everything_and_skips_the_program(config: LocalConfig) -> None:
    ready_file = config.state_dir / "local.json"
    with start_quietly(config) as cloud:
        assert is_healthy(cloud)
        assert cloud.description.keys() == KEYS
        assert json.loads(ready_file.read_text()) == cloud.description
        assert ready_file.stat().st_mode & 0o777 == 0o600
    assert not ready_file.exists()
    reported: list[str] = []
    with start(config, reported.append) as again:
        assert is_healthy(again)
        assert again.description == cloud.description
    assert "nothing changed since the last start" in reported


def test_killed_emulator_ends_the_wait(config: LocalConfig) -> None:
    with start_quietly(config) as cloud:
        os.kill(cloud.emulator_pid, signal.SIGKILL)
        with pytest.raises(LocalCloudError, match="emulator has ended"):
            cloud.wait(print)


def test_state_of_another_deployment_is_forgotten(config: LocalConfig) -> None:
    with start_quietly(config) as cloud:
        pass
    deployed = config.state_dir / "deployment.json"
    deployed.write_text(json.dumps({**json.loads(deployed.read_text()), "generation": "of another"}))
    reported: list[str] = []
    with start(config, reported.append) as anew:
        assert is_healthy(anew)
        assert anew.description["client_id"] != cloud.description["client_id"]
    assert any("starting anew" in line for line in reported)


@pytest.mark.parametrize(
    ("which", "purpose"),
    [("port", "the API"), ("emulator_port", "the emulator"), ("simulator_port", "the processor simulator")],
)
def test_taken_port_is_named_with_a_remedy(tmp_path: Path, which: str, purpose: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ports = {"port": free_port(), which: taken}
        with pytest.raises(PortTakenError, match=rf"port {taken} \({purpose}\) is in use.*stop that one"):
            start_quietly(LocalConfig(root=ROOT, state_dir=tmp_path, **ports))


def test_second_instance_on_the_same_state_is_refused(config: LocalConfig) -> None:
    config.state_dir.mkdir()
    lock = DirectoryLock(config.state_dir)
    with pytest.raises(AlreadyRunningError, match=f"used by process {os.getpid()}"):
        start_quietly(config)
    lock.release()
    DirectoryLock(config.state_dir).release()


@pytest.mark.parametrize("name", ["installation.json", "emulator/state/dynamodb.json"])
def test_a_state_that_cannot_be_read_is_named_with_the_way_out(config: LocalConfig, name: str) -> None:
    spoiled = config.state_dir / name
    spoiled.parent.mkdir(parents=True)
    spoiled.write_text("no state")
    with pytest.raises(StateUnusableError, match=rf"{name} can't be read; `make clean-local` forgets"):
        start_quietly(config)


def test_a_state_that_cannot_be_written_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateUnusableError, match=r"can't be written .*TOLLGATE_STATE_DIR"):
        start_quietly(LocalConfig(root=ROOT, state_dir=tmp_path / "file" / "state", port=free_port()))


def test_a_running_laptop_cloud_is_not_forgotten(tmp_path: Path) -> None:
    lock = DirectoryLock(tmp_path)
    with pytest.raises(AlreadyRunningError):
        forget(tmp_path)
    lock.release()
    forget(tmp_path)
    assert not tmp_path.exists()


def test_a_folder_that_is_something_else_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(LocalCloudError, match="isn't a laptop cloud's state"):
        forget(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


KILLED = """
import sys
from pathlib import Path
from local.cloud import LocalConfig, start

root, state_dir, port = sys.argv[1:]
cloud = start(LocalConfig(root=Path(root), state_dir=Path(state_dir), port=int(port)), lambda line: None)
print(cloud.description["client_id"], flush=True)
cloud.wait(print)
"""


def test_start_right_after_the_process_was_killed_finds_everything(config: LocalConfig) -> None:
    arguments = [str(config.root), str(config.state_dir), str(config.port)]
    process = subprocess.Popen([sys.executable, "-c", KILLED, *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    with process.stdout:
        client_id = process.stdout.readline().strip()
    process.kill()
    process.wait()
    with start_quietly(config) as cloud:
        assert is_healthy(cloud)
        assert cloud.description["client_id"] == client_id


def test_failed_start_leaves_nothing_running(config: LocalConfig, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        start_quietly(LocalConfig(root=tmp_path, state_dir=config.state_dir, port=config.port))
    DirectoryLock(config.state_dir).release()


@pytest.mark.parametrize(
    ("written", "named"),
    [("tollgate:account_id: '12'", "tollgate:account_id"), ("tollgate:region: ''", "tollgate:region")],
)
def test_a_wrong_address_is_named_before_anything_starts(tmp_path: Path, written: str, named: str) -> None:
    right = {
        "tollgate:account_id": "tollgate:account_id: '111111111111'",
        "tollgate:region": "tollgate:region: eu-west-1",
    }
    lines = {**right, named: written}.values()
    (tmp_path / "Pulumi.local.yaml").write_text("config:\n" + "".join(f"  {line}\n" for line in lines))
    config = LocalConfig(root=tmp_path, state_dir=tmp_path / "state", port=free_port())
    with pytest.raises(LocalCloudError, match=f"Pulumi.local.yaml is not usable: {named}"):
        start_quietly(config)
