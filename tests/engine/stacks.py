"""A stack of one of our programs, driven by the Pulumi CLI: its own folder, state, and provider process."""

import contextlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import yaml

# Private, and what the Automation API serves for an inline program. The SDK is pinned.
from pulumi.automation._server import LanguageServer
from pulumi.runtime.proto import language_pb2_grpc

from engine.program import execute, without_debug_lines
from tests.engine.cloud import Cloud
from tests.stacks import PROJECT

MAX_MESSAGE_BYTES = 400 * 1024 * 1024
PACK = Path(__file__).parent / "policy_pack"
PYTHON = Path(sys.executable).parent  # which runs the policy pack
SECONDS = 1800  # after which an operation is taken to hang
# The state is written once, in the end: after each of six hundred steps it takes longer than the steps.
WITHOUT_CHECKPOINTS = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}


def policy_pack(settings: str) -> tuple[str, ...]:
    """The options that have the CLI run our policies; `settings` names a file of `policies/config/`."""
    file = PROJECT / f"policies/config/{settings}.json"
    return ("--policy-pack", str(PACK), "--policy-pack-config", str(file))


@dataclass(frozen=True)
class Step:
    """One step of an operation: what happens to a resource, and for which inputs."""

    op: str
    urn: str
    keys: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.urn.rpartition("::")[2]

    @property
    def type(self) -> str:
        return self.urn.split("::")[2].rpartition("$")[2]


@dataclass
class Run:
    """How an operation ended, and everything that the engine reported on the way."""

    code: int
    output: str
    events: list[Mapping[str, Any]] = field(default_factory=list)

    def steps(self, *ops: str) -> list[Step]:
        """The steps in order, or those of these kinds (`create`, `update`, `replace`, `same` …)."""
        found = (each["resourcePreEvent"]["metadata"] for each in self.events if "resourcePreEvent" in each)
        steps = [Step(each["op"], each["urn"], tuple(sorted(each.get("keys") or ()))) for each in found]
        return [step for step in steps if not ops or step.op in ops]

    def changing(self) -> list[Step]:
        """The steps that change something."""
        return [step for step in self.steps() if step.op not in ("same", "refresh", "read")]

    def changes(self) -> Counter[str]:
        """Their number by kind."""
        return Counter(step.op for step in self.changing())

    def policies(self, level: str) -> list[str]:
        """What the policy pack said at this level."""
        found = (each["policyEvent"] for each in self.events if "policyEvent" in each)
        return [
            f"{each['policyName']}: {each['message']}" for each in found if each["enforcementLevel"] == level
        ]

    def errors(self) -> list[str]:
        found = (each["diagnosticEvent"] for each in self.events if "diagnosticEvent" in each)
        return [each["message"].strip() for each in found if each["severity"] == "error"]


@dataclass
class Stack:
    """`program` is a folder with a Pulumi.yaml; `overrides` are qualified settings."""

    cli: Path
    program: Path
    name: str
    folder: Path
    port: int
    cloud: Cloud
    overrides: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        (self.folder / "state").mkdir()
        project = yaml.safe_load((self.program / "Pulumi.yaml").read_text())
        # The program runs here, so the CLI needs neither its folder nor its environment.
        kept = {key: value for key, value in project.items() if key != "main"} | {"runtime": "python"}
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump(kept))
        self._configure({})
        self.run("stack", "init", self.name).check_returncode()

    def preview(self, *arguments: str, changed: Mapping[str, Any] | None = None) -> Run:
        """The plan, with settings changed for this time."""
        return self._operation("preview", *arguments, changed=changed)

    def up(self, *arguments: str, changed: Mapping[str, Any] | None = None) -> Run:
        return self._operation("up", "--yes", "--skip-preview", *arguments, changed=changed)

    def refresh(self, *arguments: str) -> Run:
        return self._operation("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self, *arguments: str) -> Run:
        return self._operation("destroy", "--yes", *arguments)

    def exported(self) -> Mapping[str, Any]:
        """What `pulumi stack export` gives."""
        exported = self.run("stack", "export")
        exported.check_returncode()
        return json.loads(exported.stdout)

    def state(self) -> Mapping[str, Any]:
        return self.exported()["deployment"]

    def run(self, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
        """A command that runs no program."""
        return subprocess.run(
            [self.cli, *arguments, "--non-interactive"],
            cwd=self.folder, env=self.environment(), input=given, capture_output=True, text=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip

    @contextlib.contextmanager
    def started(
        self, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[str]]:
        """An operation that is under way; whatever is left of it is killed in the end."""
        with _program(self._program()) as client:
            process = subprocess.Popen(
                [self.cli, *arguments, "--non-interactive", f"--client={client}", "--exec-kind=auto.inline",
                 "--color=never", "--suppress-progress", "--suppress-outputs"],
                cwd=self.folder, env=self.environment() | dict(environment or {}),
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
            try:
                yield process
            finally:
                process.kill()
                process.communicate()

    def _operation(self, *arguments: str, changed: Mapping[str, Any] | None = None) -> Run:
        log = self.folder / "events"
        log.unlink(missing_ok=True)
        self._configure(changed or {})
        with self.started(*arguments, "--event-log", str(log), environment=WITHOUT_CHECKPOINTS) as process:
            output, _ = process.communicate(timeout=SECONDS)
        events = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        return Run(process.returncode, output, events)

    def _program(self) -> Path:
        main = yaml.safe_load((self.program / "Pulumi.yaml").read_text()).get("main", ".")
        return self.program / main

    def _configure(self, changed: Mapping[str, Any]) -> None:
        """The stack's file, with what is changed; `None` takes a setting away."""
        settings = yaml.safe_load((self.program / f"Pulumi.{self.name}.yaml").read_text())
        config = settings["config"] | dict(self.overrides) | dict(changed)
        settings["config"] = {key: value for key, value in config.items() if value is not None}
        file = self.folder / f"Pulumi.{self.name}.yaml"
        if file.exists():
            settings["encryptionsalt"] = yaml.safe_load(file.read_text()).get("encryptionsalt")
        settings.pop("secretsprovider", None)
        file.write_text(yaml.safe_dump(settings))

    def environment(self) -> dict[str, str]:
        """What the CLI is told by."""
        return os.environ | {
            "PATH": os.pathsep.join([str(self.cli.parent), str(PYTHON), os.environ["PATH"]]),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "a phrase for tests",
            "PULUMI_DEBUG_COMMANDS": "true",  # without it the CLI has no event log
            "PULUMI_DEBUG_PROVIDERS": f"aws:{self.port}",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }


@contextlib.contextmanager
def _program(folder: Path) -> Iterator[str]:
    """The address where the CLI asks for the program to be run: in this process."""
    with without_debug_lines(), ThreadPoolExecutor(4) as threads:
        server = grpc.server(threads, options=[("grpc.max_receive_message_length", MAX_MESSAGE_BYTES)])
        language_pb2_grpc.add_LanguageRuntimeServicer_to_server(
            LanguageServer(lambda: execute(folder)), server
        )
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            yield f"127.0.0.1:{port}"
        finally:
            server.stop(grace=0).wait()
