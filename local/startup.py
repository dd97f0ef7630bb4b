"""The steps of one start of the laptop cloud."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from infra.fields.release import LOADER, integrity, path_of, sources
from local import shop, web_server
from local.card_fields import CardFields
from local.deployment import Deployment, StateLostError
from local.emulator import Emulator, EmulatorSettings
from local.errors import LocalCloudError
from local.function_processes import function_processes, kill
from local.installation import Installation
from local.lock import DirectoryLock
from local.ports import ensure_free
from local.program import write_archive
from local.provisioning.target import SECRET_ACCESS_KEY, Target, access_key
from local.seeding import PROCESSOR_ACCOUNT, seed
from local.simulator import start as start_simulator
from local.state import reading, unusable

API_STAGE = "live"
ACCOUNT_DIGITS = 12


@dataclass(frozen=True)
class LocalConfig:
    """`port` answers the API. Without `emulator_port` or `simulator_port` the remembered one is used, or a
    free one is chosen and remembered. Once remembered, the emulator's port stays."""

    root: Path
    state_dir: Path = Path(".tollgate")
    port: int = 8080
    emulator_port: int | None = None
    simulator_port: int | None = None


class Startup:
    """One start: what its steps share. Whatever runs is in `started`, to be stopped in reverse order.

    Raises `LocalCloudError` at its construction when a port can't be had.
    """

    def __init__(
        self, config: LocalConfig, lock: DirectoryLock, report: Callable[[str], None], started: ExitStack
    ) -> None:
        self._port = config.port
        self.root = config.root.resolve()
        self._directory = config.state_dir.resolve()
        self._lock = lock
        self._report = report
        self._started = started
        self._installation = Installation.load(
            self._installation_file,
            emulator_port=config.emulator_port,
            simulator_port=config.simulator_port,
        )
        self._check_ports()
        self._save_installation()
        self._settings = _settings(self.root / "Pulumi.local.yaml")
        self._account, self._region = self._settings["account_id"], self._settings["region"]

    def deployed_emulator(self) -> tuple[Emulator, dict[str, Any]]:
        """A ready emulator with everything that the program declares, and the program's exports."""
        emulator, self._deployment = self._emulator()
        try:
            self._deployment.check_state()
        except StateLostError as lost:
            self._report(f"{lost}; starting anew, earlier payments and clients are gone")
            emulator.stop()
            self._forget()
            emulator, self._deployment = self._emulator()
        return emulator, self.deploy()

    def deploy(self) -> dict[str, Any]:
        """Bring the emulator to what the sources say now; the program's exports."""
        write_archive(self.root, self._archive)
        return self._deployment.deploy(self._report)

    def seeded_description(self, exports: dict[str, Any]) -> dict[str, Any]:
        """Start the simulator, seed once, and describe the result under the contract's keys."""
        installation = self._installation
        journal = self._directory / "simulator.json"
        try:
            simulator = start_simulator(installation.simulator_port, installation.simulator_api_key, journal)
        except ValueError as error:  # it isn't the simulator's own
            raise unusable(journal) from error
        self._started.callback(simulator.stop)
        aws = {
            "aws_endpoint_url": f"http://127.0.0.1:{installation.emulator_port}",
            "aws_access_key_id": access_key(self._account),
            "aws_secret_access_key": SECRET_ACCESS_KEY,
            "region": self._region,
        }
        if not installation.seeds:
            self._report("adding two merchants, each with a client: local.json has both")
            installation.seeds = seed(aws, installation.simulator_api_key)
            self._save_installation()
        first, second = installation.seeds
        return {
            "base_url": f"http://127.0.0.1:{self._port}",
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

    def open_shop(self, description: dict[str, Any]) -> dict[str, Any]:
        """Start the shop, and the card fields for its pages alone; describe where they are."""
        installation = self._installation
        origin = f"http://{web_server.ADDRESS}:{installation.shop_port}"
        fields = CardFields(
            description["base_url"], {seed.merchant_id: [origin] for seed in installation.seeds}
        )
        serving = web_server.serve(installation.card_fields_port, fields)
        self._started.callback(serving.stop)
        loader = shop.Loader(serving.url + path_of(LOADER), integrity(sources()[LOADER]))
        opened = shop.start(installation.shop_port, loader, description, self._kill(description["functions"]))
        self._started.callback(opened.stop)
        return {**description, "shop_url": opened.url, "card_fields_url": loader.url}

    def _kill(self, functions: Mapping[str, str]) -> Callable[[], int]:
        def killed() -> int:
            names = [functions["payments"], functions["checkout"]]
            processes = [each for name in names for each in function_processes(self._directory, name)]
            kill(processes)
            return len(processes)

        return killed

    @property
    def _installation_file(self) -> Path:
        return self._directory / "installation.json"

    @property
    def _archive(self) -> Path:
        return self._directory / "functions.zip"

    def _emulator(self) -> tuple[Emulator, Deployment]:
        installation = self._installation
        settings = EmulatorSettings(
            directory=self._directory / "emulator",
            port=installation.emulator_port,
            front_port=self._port,
            api_id=installation.api_id,
            stage=API_STAGE,
            account=self._account,
            region=self._region,
        )
        for saved in (settings.directory / "state").glob("*.json"):
            with reading(saved):  # ministack would go on without it
                pass
        self._report("starting the emulator")
        emulator = Emulator.spawn(settings, [self._lock.descriptor])
        self._started.callback(emulator.stop)
        target = Target(
            emulator.endpoint, account=self._account, region=self._region, api_id=installation.api_id
        )
        emulator.wait_until_ready()
        state_file = self._directory / "deployment.json"
        return emulator, Deployment(self.root, self._overrides(), target, state_file)

    def _overrides(self) -> dict[str, str]:
        base_url = f"http://127.0.0.1:{self._port}"
        simulator = f"http://127.0.0.1:{self._installation.simulator_port}"
        edge = {**self._settings["edge"], "pages": self._pages_origin}
        processor = {PROCESSOR_ACCOUNT: {"api_url": f"{simulator}/v1", "identity_url": simulator}}
        return {
            "tollgate:package": str(self._archive),
            "tollgate:processor_accounts": json.dumps(processor),
            "tollgate:edge": json.dumps(edge),
            "tollgate:issuer": base_url,
            "tollgate:audience": base_url,
        }

    @property
    def _pages_origin(self) -> str:
        """Of the card fields and the hosted page."""
        return f"http://{web_server.ADDRESS}:{self._installation.card_fields_port}"

    def _check_ports(self) -> None:
        forget = "stop that one, or run `make clean-local` to choose another"
        ensure_free(self._port, "the API", "stop that one, or choose another port with PORT=…")
        ensure_free(self._installation.emulator_port, "the emulator", forget)
        ensure_free(self._installation.simulator_port, "the processor simulator", forget)
        ensure_free(self._installation.card_fields_port, "the card fields", forget)
        ensure_free(self._installation.shop_port, "the shop", forget)

    def _save_installation(self) -> None:
        self._installation.save(self._installation_file)

    def _forget(self) -> None:
        """Whatever belongs together with the emulator's state: merchants, clients, charges."""
        shutil.rmtree(self._directory / "emulator")
        for name in ("deployment.json", "simulator.json"):
            (self._directory / name).unlink(missing_ok=True)
        self._installation.seeds = []
        self._save_installation()


def _settings(stack_file: Path) -> Mapping[str, Any]:
    """What the start needs before the program has checked its settings, by key."""
    given: dict[str, Any] = yaml.safe_load(stack_file.read_text(encoding="utf-8"))["config"]
    settings = {key: given.get(f"tollgate:{key}", "") for key in ("account_id", "region", "edge")}
    account, region = (str(settings[key]) for key in ("account_id", "region"))
    if not (account.isdigit() and len(account) == ACCOUNT_DIGITS):
        raise LocalCloudError(f"{stack_file.name} is not usable: tollgate:account_id must have 12 digits")
    if not region:
        raise LocalCloudError(f"{stack_file.name} is not usable: tollgate:region is missing")
    if not isinstance(settings["edge"], dict):
        raise LocalCloudError(f"{stack_file.name} is not usable: tollgate:edge must be a mapping")
    return {**settings, "account_id": account, "region": region}
