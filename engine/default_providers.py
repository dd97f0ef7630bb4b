"""The providers that Pulumi makes by itself, out of the stack's settings, for resources that name none."""

from __future__ import annotations

import os
import threading
from typing import Any

from engine.configuration import Configuration
from engine.graph import Graph, Node, qualified_urn

PROVIDERS = "pulumi:providers:"
NAME = "default"


class DefaultProviders:
    """One of each package, in the graph as soon as something needs it."""

    def __init__(self, graph: Graph, configuration: Configuration) -> None:
        self._graph = graph
        self._values = configuration.values
        self._disabled = configuration.disabled_default_providers()
        self._lock = threading.Lock()

    def reference(self, token: str, provider: str) -> str:
        """Who makes or answers `token`: `provider`, if named. Raises `ValueError` where one has to be."""
        package = token.partition(":")[0]
        if provider or package == "pulumi":
            return provider
        if self._disabled & {"*", package}:
            raise ValueError(f"the default provider of {package!r} is disabled: pass a provider explicitly")
        with self._lock:
            urn = qualified_urn(self._graph, f"{PROVIDERS}{package}", NAME, "")
            if urn not in self._graph.nodes:
                self._graph.nodes[urn] = self._made(urn, package)
        return f"{urn}::{NAME}"

    def _made(self, urn: str, package: str) -> Node:
        prefix = f"{package}:"
        inputs: dict[str, Any] = {
            key.removeprefix(prefix): value for key, value in self._values.items() if key.startswith(prefix)
        }
        if package == "aws" and "region" not in inputs:
            inputs["region"] = _region()
        return Node(
            urn, f"{PROVIDERS}{package}", NAME, custom=True, parent="", provider="", inputs=inputs,
            id=NAME, outputs=inputs,
        )  # fmt: skip


def _region() -> str:
    """Where AWS's own tools look for it, too."""
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    if not region:
        raise ValueError("in which Region? Set `aws:region` in the stack's file, or AWS_REGION")
    return region
