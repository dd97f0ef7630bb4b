"""The process of a policy pack, and the questions that Pulumi's engine asks it (`analyzer.proto`)."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from local.analyzer import messages
from local.analyzer.policy import Level, Policy, Violation, configured
from local.engine import Graph

MAX_MESSAGE_BYTES = 400 * 1024 * 1024  # what the SDK itself allows
START_SECONDS = 60
# The pack logs and reports its own failures to this address; nobody listens, and answers carry both too.
ENGINE = "127.0.0.1:1"
SKIPPED = "can't run policy"


class PackFailedError(RuntimeError):
    """The pack didn't start, or one of its policies raised. The message is its own."""


class PolicyPack:
    """A running, configured pack; see `running`."""

    def __init__(self, stub: analyzer_pb2_grpc.AnalyzerStub, policies: Mapping[str, Policy]) -> None:
        self._stub = stub
        self.policies = policies

    def check(self, graph: Graph) -> list[Violation]:
        """What the pack has against the graph, resource by resource and as a whole.

        Raises `PackFailedError` when a policy itself fails.
        """
        try:
            found = [
                each
                for node in graph.nodes.values()
                for each in self._stub.Analyze(messages.resource(graph, node)).diagnostics
            ]
            found += self._stub.AnalyzeStack(messages.stack(graph)).diagnostics
        except grpc.RpcError as error:
            raise PackFailedError(_words(error)) from error
        return list(_violations(found))


@contextlib.contextmanager
def running(
    folder: Path, *, project: str, stack: str, preview: bool = False, config: Mapping[str, Any] | None = None
) -> Iterator[PolicyPack]:
    """The pack of a folder, for one stack; `config` as in a `--policy-pack-config` file.

    Its process ends with the context. Raises `PackFailedError` or `InvalidPolicyConfigError`.
    """
    with _process(folder, project, stack, preview) as port:
        options = [("grpc.max_receive_message_length", MAX_MESSAGE_BYTES)]
        with grpc.insecure_channel(f"127.0.0.1:{port}", options=options) as channel:
            grpc.channel_ready_future(channel).result(START_SECONDS)
            stub = analyzer_pb2_grpc.AnalyzerStub(channel)
            stub.ConfigureStack(
                analyzer_pb2.AnalyzerStackConfigureRequest(
                    stack=stack, project=project, organization="organization", dry_run=preview
                )
            )
            info = stub.GetAnalyzerInfo(empty_pb2.Empty())
            policies = {each.name: Policy.of(each) for each in info.policies}
            stub.Configure(configured(policies, config or {}))
            yield PolicyPack(stub, policies)


@contextlib.contextmanager
def _process(folder: Path, project: str, stack: str, preview: bool) -> Iterator[str]:
    """The port that the pack listens on. A pack sleeps for ever: whatever happens, it is ended here."""
    environment = {
        **os.environ,
        "PULUMI_PROJECT": project,
        "PULUMI_STACK": stack,
        "PULUMI_ORGANIZATION": "organization",
        "PULUMI_DRY_RUN": str(preview).lower(),
        "PULUMI_CONFIG": "{}",
    }
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "pulumi.policy", ENGINE, "."],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = process.stdout.readline().strip() if process.stdout else ""
        if not port.isdigit():
            raise PackFailedError(f"the policy pack in {folder} didn't start; its own words are above")
        yield port
    finally:
        process.kill()
        process.communicate()


def _violations(found: Iterable[analyzer_pb2.AnalyzeDiagnostic]) -> Iterator[Violation]:
    for each in found:
        yield Violation(
            policy=each.policyName,
            level=Level.of(each.enforcementLevel),
            resource=each.urn,
            message=each.message,
            skipped=each.message.startswith(SKIPPED),
        )


def _words(error: grpc.RpcError) -> str:
    details = getattr(error, "details", None)
    return str(details() if details else error)
