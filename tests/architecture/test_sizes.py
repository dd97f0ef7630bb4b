"""Small files, small functions."""

import ast

import pytest

from tests.architecture.imports import ROOT, RUNTIME, modules

FILE_LIMITS = {
    "runtime/tollgate": 200,
    "infra": 250,
    "bootstrap": 250,
    "security": 250,
    "engine": 250,
    "onboarding": 250,
    "local": 250,
    "ops": 250,
    "policies": 250,
    "bench": 250,
}
FUNCTION_LIMIT = 40


@pytest.mark.parametrize(("folder", "limit"), FILE_LIMITS.items())
def test_files_stay_small(folder: str, limit: int) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules(ROOT / folder)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit
    }
    assert long == {}


def test_functions_of_the_runtime_stay_small() -> None:
    long = {
        f"{path.name}:{node.name}": node.end_lineno - node.lineno + 1
        for path in modules(RUNTIME)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > FUNCTION_LIMIT
    }
    assert long == {}
