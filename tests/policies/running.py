"""Policies run as the SDK runs them, but in this process."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from pulumi_policy import (
    PolicyProviderResource,
    PolicyResource,
    ResourceValidationArgs,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.deserialize import deserialize_properties
from pulumi_policy.proxy import unknown_checking_proxy

from engine import Graph, Node
from engine.analyzer import messages
from policies.pack import POLICIES
from policies.pack.aws import PROVIDER
from policies.pack.declaring import Policy
from policies.pack.enforcing import enforced
from policies.pack.undecided import Undecided
from tests.policies.resources import options
from tests.stacks import PROJECT

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 6, 1)
Config = Mapping[str, Any]


def config_of(stack: str) -> dict[str, Config]:
    """The committed configuration of a stack."""
    return json.loads((PROJECT / "policies" / "config" / f"{stack}.json").read_text(encoding="utf-8"))


@dataclass
class Outcome:
    """What a policy said: violations as (URN, sentence), and whether it met an unknown value."""

    violations: list[tuple[str, str]] = field(default_factory=list)
    skipped: bool = False


def run(
    policy: Policy, resources: Iterable[PolicyResource], config: Config | None = None, today: date = TODAY
) -> Outcome:
    """One policy on some resources, each for itself or as a stack."""
    undecided = Undecided()
    made = enforced(policy, undecided, lambda: today)
    outcome = Outcome()
    if isinstance(made, StackValidationPolicy):
        made.validate(StackValidationArgs(list(resources), config), _report(outcome))
    else:
        for each in resources:
            single = ResourceValidationArgs(
                each.resource_type, each.props, each.urn, each.name, each.opts, each.provider, config
            )
            made.validate(single, _report(outcome, each.urn))
    outcome.skipped = bool(undecided.taken())
    return outcome


def _report(outcome: Outcome, resource: str = "") -> Any:
    return lambda message, urn=None: outcome.violations.append((resource or urn or "", message))


class Judge:
    """All policies on a graph and on broken versions of it. What the versions share is read once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._config = config_of(graph.stack)
        self._read: dict[int, tuple[Node, Mapping[str, Any], Mapping[str, Any]]] = {}

    def violated(self, graph: Graph) -> dict[str, list[tuple[str, str]]]:
        """The violations by policy, for a graph whose values are all known."""
        outcomes = self.outcomes(graph)
        assert not any(outcome.skipped for outcome in outcomes.values())
        return {name: outcome.violations for name, outcome in outcomes.items() if outcome.violations}

    def outcomes(self, graph: Graph) -> dict[str, Outcome]:
        """What each policy says; of single resources, to those that the original doesn't have alike."""
        resources = self._resources(graph)
        registered = [self._registered(graph, node) for node in self._changed(graph)]
        return {
            policy.name: run(
                policy, resources if policy.relational else registered, self._config.get(policy.name)
            )
            for policy in POLICIES
        }

    def _changed(self, graph: Graph) -> Iterable[Node]:
        """What single resources' policies can judge otherwise than in the original: all, if a provider is
        another."""
        new = [node for urn, node in graph.nodes.items() if node is not self.graph.nodes.get(urn)]
        if graph is self.graph or any(node.type == PROVIDER for node in new):
            return graph.nodes.values()
        return new

    def _resources(self, graph: Graph) -> list[PolicyResource]:
        made = {urn: self._resource(graph, node) for urn, node in graph.nodes.items()}
        for urn, node in graph.nodes.items():
            made[urn].property_dependencies = {
                key: [made[each] for each in urns if each in made]
                for key, urns in node.property_dependencies.items()
            }
        return list(made.values())

    def _registered(self, graph: Graph, node: Node) -> PolicyResource:
        """The resource with its inputs only, as it is before it is made."""
        found = self._resource(graph, node)
        found.props = self._properties(graph, node)[0]
        return found

    def _resource(self, graph: Graph, node: Node) -> PolicyResource:
        provider = graph.nodes.get(node.provider.rpartition("::")[0])
        return PolicyResource(
            node.type,
            self._properties(graph, node)[1],
            node.urn,
            node.name,
            options(node.protect),
            provider
            and PolicyProviderResource(
                provider.type, self._properties(graph, provider)[0], provider.urn, provider.name
            ),
            None,
            [],
            {},
        )

    def _properties(self, graph: Graph, node: Node) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """What the SDK would make of the messages that the analyzer's client sends."""
        if id(node) not in self._read:
            alone = Graph(graph.project, graph.stack, graph.preview, {node.urn: node})
            self._read[id(node)] = (
                node,  # kept, so that its id is not given to another
                _proxied(messages.resource(alone, node).properties),
                _proxied(messages.stack(alone).resources[0].properties),
            )
        return self._read[id(node)][1:]


def _proxied(properties: Any) -> Mapping[str, Any]:
    return unknown_checking_proxy(deserialize_properties(json_format.MessageToDict(properties)))
