"""Whether what the runtime imports is in the package."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path


def missing_imports(sources: Path, tree: Path) -> list[str]:
    """The modules that a file below `sources` imports and that are neither in the standard library nor below
    `tree`, sorted."""
    imported = {name for path in sources.rglob("*.py") for name in _imported(path)}
    return sorted(name for name in imported if not (_in_standard_library(name) or _below(tree, name)))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _in_standard_library(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


def _below(tree: Path, name: str) -> bool:
    place = tree.joinpath(*name.split("."))
    compiled = place.parent.glob(f"{place.name}.*.so")
    return place.is_dir() or place.with_name(f"{place.name}.py").is_file() or any(compiled)
