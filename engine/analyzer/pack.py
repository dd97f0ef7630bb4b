"""A running policy pack, and the questions that Pulumi's engine asks it (`analyzer.proto`)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from engine import Graph, Node
from engine.analyzer import messages
from engine.analyzer.policy import Level, Policy, Violation, configured
from engine.analyzer.process import PackFailedError, started

MAX_MESSAGE_BYTES = 400 * 1024 * 1024  # what the SDK itself allows
START_SECONDS = 60
# How the SDK's answer begins for a policy that met a value that only an update can know.
SKIPPED = "can't run policy"


class PolicyPack:
    """A configured pack; see `running`. `policies`: by name, at the level that the configuration gives."""

    def __init__(self, stub: analyzer_pb2_grpc.AnalyzerStub, policies: Mapping[str, Policy]) -> None:
        self._stub = stub
        self.policies = policies

    def check(self, graph: Graph) -> list[Violation]:
        """What the pack has against the graph, resource by resource and as a whole.

        Raises `PackFailedError` when a policy itself fails.
        """
        found = [each for node in graph.nodes.values() for each in self._resource(graph, node)]
        with _explaining("the stack as a whole"):
            return [*found, *self._violations(self._stub.AnalyzeStack(messages.stack(graph)).diagnostics)]

    def _resource(self, graph: Graph, node: Node) -> Iterator[Violation]:
        with _explaining(node.urn):
            answer = self._stub.Analyze(messages.resource(graph, node))
        yield from self._violations(answer.diagnostics, node.urn)

    def _violations(
        self, found: Iterable[analyzer_pb2.AnalyzeDiagnostic], resource: str = ""
    ) -> Iterator[Violation]:
        for each in found:
            skipped = each.message.startswith(SKIPPED)
            yield Violation(
                policy=each.policyName,
                # The SDK reports a skipped policy as advisory, whatever its level is.
                level=self.policies[each.policyName].level if skipped else Level.of(each.enforcementLevel),
                resource=each.urn or resource,
                message=each.message.removeprefix(f"{each.description}\n"),
                skipped=skipped,
            )


@contextlib.contextmanager
def running(
    folder: Path, *, project: str, stack: str, preview: bool = False, config: Mapping[str, Any] | None = None
) -> Iterator[PolicyPack]:
    """The pack of a folder, for one stack; `config` as in a `--policy-pack-config` file.

    Its process ends with the context. Raises `PackFailedError` or `InvalidPolicyConfigError`.
    """
    with started(folder, project, stack, preview) as pack:
        options = [("grpc.max_receive_message_length", MAX_MESSAGE_BYTES)]
        with grpc.insecure_channel(f"127.0.0.1:{pack.port}", options=options) as channel:
            with contextlib.suppress(grpc.FutureTimeoutError):  # the first question says what is wrong
                grpc.channel_ready_future(channel).result(START_SECONDS)
            stub = analyzer_pb2_grpc.AnalyzerStub(channel)
            with _explaining("its start"):
                _shake_hands(stub, pack.engine, folder)
                stub.ConfigureStack(
                    analyzer_pb2.AnalyzerStackConfigureRequest(
                        stack=stack, project=project, organization="organization", dry_run=preview
                    )
                )
                info = stub.GetAnalyzerInfo(empty_pb2.Empty())
            policies, request = configured(
                {each.name: Policy.of(each) for each in info.policies}, config or {}
            )
            with _explaining("its configuration"):
                stub.Configure(request)
            yield PolicyPack(stub, policies)


def _shake_hands(stub: analyzer_pb2_grpc.AnalyzerStub, engine: str, folder: Path) -> None:
    try:
        stub.Handshake(
            analyzer_pb2.AnalyzerHandshakeRequest(
                engine_address=engine, root_directory=str(folder), program_directory=str(folder)
            )
        )
    except grpc.RpcError as error:
        # Python's SDK doesn't know it yet; Pulumi's engine lets that pass too.
        if _status(error) != grpc.StatusCode.UNIMPLEMENTED:
            raise


@contextlib.contextmanager
def _explaining(subject: str) -> Iterator[None]:
    try:
        yield
    except grpc.RpcError as error:
        details = getattr(error, "details", None)
        raise PackFailedError(
            f"the policy pack failed on {subject}: {details() if details else error}"
        ) from error


def _status(error: grpc.RpcError) -> object:
    code = getattr(error, "code", None)
    return code() if code else None
