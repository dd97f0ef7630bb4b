"""Contract, handlers and program name the same routes."""

from importlib import import_module
from typing import Any

import yaml

from infra.routing import FUNCTION_OF, PATHS
from tests.architecture.imports import ROOT
from tollgate.handlers import checkout_page

VERBS = {"get", "post", "delete", "put", "patch"}


def contract() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text(encoding="utf-8"))


def documented() -> dict[str, set[str]]:
    routes: dict[str, set[str]] = {name: set() for name in PATHS}
    for path, item in contract()["paths"].items():
        for verb in item:
            if verb in VERBS:
                routes[FUNCTION_OF[path]].add(f"{verb.upper()} {path}")
    return routes


def test_every_documented_operation_has_its_handler_and_every_handler_its_operation() -> None:
    handled = {name: set(import_module(f"tollgate.handlers.{name}").ROUTES) for name in PATHS}
    handled["checkout"] |= set(checkout_page.ROUTES)
    assert handled == documented()


def test_a_call_is_open_to_pages_if_they_make_it() -> None:
    operations = [
        (f"{verb.upper()} {path}", operation)
        for path, item in contract()["paths"].items()
        for verb, operation in item.items()
        if verb in VERBS
    ]
    assert {name for name, each in operations if each.get("x-open-to-pages")} == set(checkout_page.ROUTES)


def test_the_contract_names_the_scope_that_the_handler_asks_for() -> None:
    for path, item in contract()["paths"].items():
        for verb, operation in item.items():
            function = FUNCTION_OF[path]
            if verb not in VERBS or function == "identity" or operation.get("x-open-to-pages"):
                continue
            route = import_module(f"tollgate.handlers.{function}").ROUTES[f"{verb.upper()} {path}"]
            assert route.scope.value in operation["description"], (verb, path)
            assert operation["security"][0] == {"oauth": [route.scope.value]}, (verb, path)
