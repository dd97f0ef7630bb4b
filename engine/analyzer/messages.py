"""A graph's nodes as the analyzer protocol's messages."""

from __future__ import annotations

from pulumi.runtime.proto import analyzer_pb2

from engine import Graph, Node
from engine.values import Unknown
from engine.wire import to_struct

# What a provider computes, and what isn't known before it has.
COMPUTED = {"arn": Unknown, "id": Unknown}


def resource(graph: Graph, node: Node) -> analyzer_pb2.AnalyzeRequest:
    """One resource as it is registered: its inputs."""
    return analyzer_pb2.AnalyzeRequest(
        type=node.type,
        urn=node.urn,
        name=node.name,
        properties=to_struct(node.inputs),
        options=_options(node),
        provider=_provider(graph, node),
    )


def stack(graph: Graph) -> analyzer_pb2.AnalyzeStackRequest:
    """All resources as they are in the end: inputs and outputs, and what they depend on.

    In a preview, what identifies a resource isn't known yet.
    """
    return analyzer_pb2.AnalyzeStackRequest(
        resources=[
            analyzer_pb2.AnalyzerResource(
                type=node.type,
                urn=node.urn,
                name=node.name,
                properties=to_struct(
                    {**(COMPUTED if graph.preview and node.custom else {}), **node.inputs, **node.outputs}
                ),
                options=_options(node),
                provider=_provider(graph, node),
                parent=node.parent,
                dependencies=node.dependencies,
                propertyDependencies={
                    key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns)
                    for key, urns in node.property_dependencies.items()
                    if urns
                },
            )
            for node in graph.nodes.values()
        ]
    )


def _options(node: Node) -> analyzer_pb2.AnalyzerResourceOptions:
    return analyzer_pb2.AnalyzerResourceOptions(
        protect=node.protect,
        ignoreChanges=node.ignore_changes,
        deleteBeforeReplace=node.delete_before_replace,
        deleteBeforeReplaceDefined=node.delete_before_replace,
        additionalSecretOutputs=node.additional_secret_outputs,
        parent=node.parent,
    )


def _provider(graph: Graph, node: Node) -> analyzer_pb2.AnalyzerProviderResource | None:
    provider = graph.nodes.get(node.provider.rpartition("::")[0])
    if provider is None:
        return None
    return analyzer_pb2.AnalyzerProviderResource(
        type=provider.type, urn=provider.urn, name=provider.name, properties=to_struct(provider.inputs)
    )
