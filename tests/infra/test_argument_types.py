"""Every input has a name and a type that the AWS provider knows."""

import copy
from typing import Any

import pytest

from engine import Graph
from engine.argument_types import misfits
from tests.infra.graphs import FUNCTION, TABLE, Graphs


def test_every_input_fits(graph: Graph) -> None:
    assert misfits(graph) == []


@pytest.mark.parametrize(
    ("kind", "name", "changed", "problem"),
    [
        (TABLE, "payments", {"hashkey": "id"}, "hashkey: unknown"),
        (TABLE, "payments", {"attributes": [{"name": "id"}]}, "attributes[0].type: missing"),
        (TABLE, "payments", {"attributes": {"name": "id"}}, "attributes: not a list"),
        (TABLE, "payments", {"ttl": {"enable": True}}, "ttl.enable: unknown"),
        (TABLE, "payments", {"tags": {"owner": 1}}, "tags[owner]: int instead of str"),
        (FUNCTION, "payments", {"timeout": "28"}, "timeout: str instead of int"),
        (FUNCTION, "payments", {"timeout": True}, "timeout: bool instead of int"),
        (FUNCTION, "payments", {"publish": 1}, "publish: int instead of bool"),
        (FUNCTION, "payments", {"role": None}, "role: missing"),
        (FUNCTION, "payments", {"environment": "STAGE=dev"}, "environment: not an object"),
    ],
)
def test_a_wrong_input_is_found(
    graphs: Graphs, kind: str, name: str, changed: dict[str, Any], problem: str
) -> None:
    broken = copy.deepcopy(graphs("dev"))
    broken.one(kind, name).inputs.update(changed)
    assert misfits(broken) == [f"{kind} {name}.{problem}"]
