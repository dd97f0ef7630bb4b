"""The resource monitor and the log of Pulumi's protocol: what a running program talks to."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, resource_pb2, resource_pb2_grpc

from engine.backend import Backend, Provider, Resource
from engine.configuration import Configuration
from engine.default_providers import PROVIDERS, DefaultProviders
from engine.errors import ResourceError
from engine.graph import STACK, Graph, LogLine, Node, qualified_urn
from engine.values import Secret, has_unknown, reveal
from engine.wire import from_struct, to_struct

FEATURES = (
    resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
)


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Records every registration and lets the back end make the custom ones, unless in a preview.

    `failures` holds what was refused, in order: the SDK itself only reports that something was.
    """

    def __init__(self, graph: Graph, configuration: Configuration, backend: Backend) -> None:
        self.failures: list[ResourceError] = []
        self._graph = graph
        self._defaults = DefaultProviders(graph, configuration)
        self._backend = backend
        self._lock = threading.Lock()

    def GetDeploymentInfo(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> resource_pb2.DeploymentInfo:
        return resource_pb2.DeploymentInfo(
            project=self._graph.project,
            stack=self._graph.stack,
            dryRun=self._graph.preview,
            supportedFeatures=FEATURES,
        )

    def RegisterResource(  # noqa: N802
        self, request: resource_pb2.RegisterResourceRequest, context: grpc.ServicerContext
    ) -> resource_pb2.RegisterResourceResponse:
        with self._refusing(f"{request.type} {request.name!r}", context):
            node = self._registered(request)
            self._realize(node)
            return resource_pb2.RegisterResourceResponse(
                urn=node.urn, id=node.id, object=to_struct(node.outputs)
            )

    def RegisterResourceOutputs(  # noqa: N802
        self, request: resource_pb2.RegisterResourceOutputsRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        node = self._graph.nodes[request.urn]
        node.outputs = from_struct(request.outputs)
        if node.type == STACK:
            self._graph.exports = node.outputs
        return empty_pb2.Empty()

    def Invoke(  # noqa: N802
        self, request: resource_pb2.ResourceInvokeRequest, context: grpc.ServicerContext
    ) -> resource_pb2.ResourceInvokeResponse:
        with self._refusing(request.tok, context):
            provider = self._provider(self._defaults.reference(request.tok, request.provider))
            result = self._backend.invoke(request.tok, reveal(from_struct(request.args)), provider)
            response = resource_pb2.ResourceInvokeResponse()
            getattr(response, "return").CopyFrom(to_struct(result))
            return response

    def SignalAndWaitForShutdown(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def _registered(self, request: resource_pb2.RegisterResourceRequest) -> Node:
        if request.parent and request.parent not in self._graph.nodes:
            raise ValueError(f"unknown parent {request.parent}")
        provider = self._defaults.reference(request.type, request.provider) if request.custom else ""
        node = Node(
            urn=qualified_urn(self._graph, request.type, request.name, request.parent),
            type=request.type,
            name=request.name,
            custom=request.custom,
            parent=request.parent,
            provider=provider or request.provider,
            inputs=from_struct(request.object),
            dependencies=tuple(sorted(request.dependencies)),
            property_dependencies={
                key: tuple(sorted(value.urns)) for key, value in request.propertyDependencies.items()
            },
            protect=request.protect,
            ignore_changes=tuple(request.ignoreChanges),
            delete_before_replace=request.deleteBeforeReplace,
            additional_secret_outputs=tuple(request.additionalSecretOutputs),
        )
        with self._lock:
            if node.urn in self._graph.nodes:
                raise ValueError(f"duplicate resource URN {node.urn}")
            self._graph.nodes[node.urn] = node
        return node

    def _realize(self, node: Node) -> None:
        if not node.custom:
            return
        if self._graph.preview:
            node.outputs = node.inputs  # An empty id is one that isn't known yet.
            return
        if has_unknown(node.inputs):
            raise ValueError("an input is still unknown during the update")
        if node.type.startswith(PROVIDERS):
            node.id, node.outputs = f"{node.name}-id", node.inputs
            return
        resource = Resource(
            node.urn, node.type, node.name, reveal(node.inputs), self._provider(node.provider)
        )
        applied = self._backend.apply(resource)
        secret = {key for key, value in node.inputs.items() if isinstance(value, Secret)}
        secret |= set(node.additional_secret_outputs)
        node.id = applied.id
        node.outputs = {
            key: Secret(value) if key in secret else value for key, value in applied.outputs.items()
        }

    def _provider(self, reference: str) -> Provider:
        node = self._graph.nodes.get(reference.rpartition("::")[0])
        if node is None:
            raise ValueError(f"unknown provider {reference!r}")
        return Provider.from_inputs(node.type.removeprefix(PROVIDERS), reveal(node.inputs))

    @contextlib.contextmanager
    def _refusing(self, subject: str, context: grpc.ServicerContext) -> Iterator[None]:
        """Whatever the block raises is kept, and answered as a failure of this subject."""
        try:
            yield
        except Exception as error:
            message = f"{subject}: {_words(error)}"
            self.failures.append(ResourceError(message))
            context.abort(grpc.StatusCode.UNKNOWN, message)


class EngineLog(engine_pb2_grpc.EngineServicer):
    """Keeps what the program logs, without debug lines, and the URN of its stack."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._root = ""

    def Log(  # noqa: N802
        self, request: engine_pb2.LogRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        if request.severity != engine_pb2.DEBUG:
            severity = engine_pb2.LogSeverity.Name(request.severity).lower()
            self._graph.logs.append(LogLine(severity, request.urn, request.message))
        return empty_pb2.Empty()

    def SetRootResource(  # noqa: N802
        self, request: engine_pb2.SetRootResourceRequest, context: grpc.ServicerContext
    ) -> engine_pb2.SetRootResourceResponse:
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    def GetRootResource(  # noqa: N802
        self, request: engine_pb2.GetRootResourceRequest, context: grpc.ServicerContext
    ) -> engine_pb2.GetRootResourceResponse:
        return engine_pb2.GetRootResourceResponse(urn=self._root)


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
