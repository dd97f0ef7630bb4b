"""The laptop cloud: emulator, deployment, processor simulator and seeds, started and stopped as one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml

from local.deployment import Deployment, StateLostError
from local.emulator import Emulator, EmulatorSettings
from local.errors import LocalCloudError
from local.installation import Installation
from local.lock import DirectoryLock
from local.ports import ensure_free
from local.probe import answers
from local.program import write_archive
from local.provisioning.target import SECRET_ACCESS_KEY, Target, access_key
from local.seeding import PROCESSOR_ACCOUNT, seed
from local.simulator import start as start_simulator
from local.state import write_private

API_STAGE = "live"
Report = Callable[[str], None]


@dataclass(frozen=True)
class LocalConfig:
    """`port` answers the API. Without `emulator_port` or `simulator_port` the remembered one is used, or a
    free one is chosen and remembered."""

    root: Path
    state_dir: Path = Path(".tollgate")
    port: int = 8080
    emulator_port: int | None = None
    simulator_port: int | None = None


class Cloud:
    """A running laptop cloud. `description` is the content of `local.json`."""

    def __init__(self, description: dict[str, Any], emulator: Emulator, resources: ExitStack) -> None:
        self.description = description
        self._emulator = emulator
        self._resources = resources

    @property
    def emulator_pid(self) -> int:
        """The emulator's process."""
        return self._emulator.pid

    def wait(self) -> None:
        """Block until the emulator ends by itself, which raises `LocalCloudError`. Ctrl-C interrupts."""
        self._emulator.wait()
        raise LocalCloudError("the emulator has ended; start again, what it hadn't saved is lost")

    def stop(self) -> None:
        """End everything in order; all state is saved. A second call does nothing."""
        self._resources.close()

    def __enter__(self) -> Cloud:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(config: LocalConfig, report: Report) -> Cloud:
    """Start everything, or nothing: `report` gets a line per step. `local.json` exists while it runs.

    Raises `LocalCloudError` (a port or the directory is in use, the emulator doesn't start) or the engine's
    `DeploymentError` (the program, a setting or a resource is wrong).
    """
    directory = config.state_dir.resolve()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as started:
        started.callback(DirectoryLock(directory).release)
        ready_file = directory / "local.json"
        ready_file.unlink(missing_ok=True)
        starting = _Start(config, directory, report, started)
        emulator, exports = starting.deployed_emulator()
        description = starting.seeded_description(exports)
        _warm_up(description["base_url"])
        write_private(ready_file, description)
        started.callback(ready_file.unlink, missing_ok=True)
        return Cloud(description, emulator, started.pop_all())


class _Start:
    """One start: what its steps share."""

    def __init__(self, config: LocalConfig, directory: Path, report: Report, started: ExitStack) -> None:
        self._config = config
        self._root = config.root.resolve()
        self._directory = directory
        self._report = report
        self._started = started
        self._installation = Installation.load(
            directory / "installation.json",
            emulator_port=config.emulator_port,
            simulator_port=config.simulator_port,
        )
        self._check_ports()
        self._save_installation()
        settings = yaml.safe_load((self._root / "Pulumi.local.yaml").read_text(encoding="utf-8"))["config"]
        self._account: str = settings["tollgate:account_id"]
        self._region: str = settings["tollgate:region"]

    def deployed_emulator(self) -> tuple[Emulator, dict[str, Any]]:
        """A ready emulator with everything that the program declares, and the program's exports."""
        write_archive(self._root, self._archive)
        emulator, deployment = self._emulator()
        try:
            deployment.check_state()
        except StateLostError as lost:
            self._report(f"{lost}; starting anew, earlier payments and clients are gone")
            emulator.stop()
            self._forget()
            emulator, deployment = self._emulator()
        return emulator, deployment.deploy(self._report)

    def seeded_description(self, exports: dict[str, Any]) -> dict[str, Any]:
        """Start the simulator, seed once, and describe the result under the contract's keys."""
        installation = self._installation
        simulator = start_simulator(
            installation.simulator_port, installation.simulator_api_key, self._directory / "simulator.json"
        )
        self._started.callback(simulator.stop)
        aws = {
            "aws_endpoint_url": f"http://127.0.0.1:{installation.emulator_port}",
            "aws_access_key_id": access_key(self._account),
            "aws_secret_access_key": SECRET_ACCESS_KEY,
            "region": self._region,
        }
        if not installation.seeds:
            self._report("adding two merchants")
            installation.seeds = seed(aws, installation.simulator_api_key)
            self._save_installation()
        first, second = installation.seeds
        return {
            "base_url": f"http://127.0.0.1:{self._config.port}",
            "merchant_id": first.merchant_id,
            "client_id": first.client_id,
            "client_secret": first.client_secret,
            "second_merchant_id": second.merchant_id,
            "second_client_id": second.client_id,
            "second_client_secret": second.client_secret,
            "simulator_url": simulator.url,
            "simulator_api_key": installation.simulator_api_key,
            **aws,
            **{key: exports[key] for key in ("tables", "queues", "log_groups", "functions")},
        }

    @property
    def _archive(self) -> Path:
        return self._directory / "functions.zip"

    def _emulator(self) -> tuple[Emulator, Deployment]:
        installation = self._installation
        settings = EmulatorSettings(
            directory=self._directory / "emulator",
            port=installation.emulator_port,
            front_port=self._config.port,
            api_id=installation.api_id,
            stage=API_STAGE,
            account=self._account,
            region=self._region,
        )
        self._report("starting the emulator")
        emulator = Emulator.spawn(settings)
        self._started.callback(emulator.stop)
        target = Target(
            emulator.endpoint, account=self._account, region=self._region, api_id=installation.api_id
        )
        emulator.wait_until_ready()
        state_file = self._directory / "deployment.json"
        return emulator, Deployment(self._root, self._overrides(), target, state_file)

    def _overrides(self) -> dict[str, str]:
        base_url = f"http://127.0.0.1:{self._config.port}"
        simulator = f"http://127.0.0.1:{self._installation.simulator_port}"
        processor = {PROCESSOR_ACCOUNT: {"api_url": f"{simulator}/v1", "identity_url": simulator}}
        return {
            "tollgate:package": str(self._archive),
            "tollgate:processor_accounts": json.dumps(processor),
            "tollgate:issuer": base_url,
            "tollgate:audience": base_url,
        }

    def _check_ports(self) -> None:
        forget = "stop that one, or run `make clean-local` to choose another"
        ensure_free(self._config.port, "the API", "stop that one, or choose another port with PORT=…")
        ensure_free(self._installation.emulator_port, "the emulator", forget)
        ensure_free(self._installation.simulator_port, "the processor simulator", forget)

    def _save_installation(self) -> None:
        self._installation.save(self._directory / "installation.json")

    def _forget(self) -> None:
        """Whatever belongs together with the emulator's state: merchants, clients, charges."""
        shutil.rmtree(self._directory / "emulator")
        for name in ("deployment.json", "simulator.json"):
            (self._directory / name).unlink(missing_ok=True)
        self._installation.seeds = []
        self._save_installation()


def _warm_up(base_url: str) -> None:
    """Show that the API answers, so that the first caller doesn't wait for the first function to start."""
    if not answers(f"{base_url}/health", timeout=30):
        raise LocalCloudError(f"the API doesn't answer at {base_url}/health; see emulator/emulator.log")
