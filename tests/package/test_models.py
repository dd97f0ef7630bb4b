"""The package's models of AWS APIs have what the runtime calls, and nothing else."""

import ast
import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import botocore
import pytest
from botocore import xform_name

from ops.package.models import KEPT_OPERATIONS, cut_model
from ops.package.selection import KEPT_APIS
from tests.architecture.imports import RUNTIME, modules

MODELS = Path(botocore.__file__).parent / "data"
PAGINATED = {"scan"}
"""Named in a string."""


def model(path: Path) -> dict[str, Any]:
    return json.loads(gzip.decompress(path.read_bytes()))


def called(api: str) -> set[str]:
    """What is taken of a client named after the API, and is one of its operations."""
    operations = {xform_name(name) for name in model(place(api))["operations"]}
    return operations & {
        node.attr
        for path in modules(RUNTIME)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and getattr(node.value, "attr", getattr(node.value, "id", "")).strip("_") == api
    }


def place(api: str) -> Path:
    return MODELS / api / KEPT_APIS[api] / "service-2.json.gz"


@pytest.mark.parametrize("api", KEPT_APIS)
def test_the_operations_of_an_api_are_those_that_the_runtime_calls(api: str) -> None:
    kept = {xform_name(name) for name in KEPT_OPERATIONS[api]}
    assert kept - PAGINATED == called(api)


@pytest.mark.parametrize("api", KEPT_APIS)
def test_a_cut_model_has_all_that_its_operations_name(api: str, tmp_path: Path) -> None:
    cut = tmp_path / "service-2.json.gz"
    shutil.copy(place(api), cut)
    cut_model(cut, KEPT_OPERATIONS[api])
    first, whole = model(cut), model(place(api))
    assert set(first["operations"]) == KEPT_OPERATIONS[api]
    assert named(first["operations"]) | named(first["shapes"]) == set(first["shapes"])
    assert first["metadata"] == whole["metadata"]
    for name, operation in first["operations"].items():
        for part in ("input", "output", "errors", "http"):
            assert undocumented(operation.get(part)) == undocumented(whole["operations"][name].get(part))
    content = cut.read_bytes()
    cut_model(cut, KEPT_OPERATIONS[api])
    assert cut.read_bytes() == content


def test_an_operation_that_an_api_lacks_is_refused(tmp_path: Path) -> None:
    cut = tmp_path / "service-2.json.gz"
    shutil.copy(place("kms"), cut)
    with pytest.raises(KeyError, match="Guess"):
        cut_model(cut, {"Guess"})


def named(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["shape"]} if isinstance(part.get("shape"), str) else set[str]()
        return own.union(*(named(each) for each in part.values()))
    return set[str]().union(*(named(each) for each in part)) if isinstance(part, list) else set()


def undocumented(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: undocumented(each) for name, each in part.items() if name != "documentation"}
    return [undocumented(each) for each in part] if isinstance(part, list) else part
