"""Contract, handlers and program name the same routes."""

from importlib import import_module
from typing import Any

import yaml

from tests.architecture.imports import ROOT

FUNCTIONS = ("identity", "tokens", "payments", "refunds", "audits")
VERBS = {"get", "post", "delete", "put", "patch"}


def contract() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text(encoding="utf-8"))


def documented() -> dict[str, set[str]]:
    routes: dict[str, set[str]] = {name: set() for name in FUNCTIONS}
    for path, item in contract()["paths"].items():
        for verb, operation in item.items():
            if verb in VERBS:
                routes[operation["x-tollgate-function"]].add(f"{verb.upper()} {path}")
    return routes


def test_every_documented_operation_has_its_handler_and_every_handler_its_operation() -> None:
    handled = {name: set(import_module(f"tollgate.handlers.{name}").ROUTES) for name in FUNCTIONS}
    assert handled == documented()


def test_the_contract_names_the_scope_that_the_handler_asks_for() -> None:
    for path, item in contract()["paths"].items():
        for verb, operation in item.items():
            function = operation.get("x-tollgate-function") if verb in VERBS else None
            if function in {None, "identity"}:
                continue
            route = import_module(f"tollgate.handlers.{function}").ROUTES[f"{verb.upper()} {path}"]
            assert route.scope.value in operation["description"], (verb, path)
