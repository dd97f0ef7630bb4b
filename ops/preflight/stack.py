"""A stack's needs, from its file and its program."""

from __future__ import annotations

from pathlib import Path

from ops.graph import stack_graph
from ops.preflight.needs import Need, needs
from ops.stages.settings import stage_settings


def stack_needs(stack: str, root: Path) -> list[Need]:
    """All quotas that the stack's file and the program make it need. Raises Failure for a wrong file."""
    return needs(stage_settings(stack, root), stack_graph(stack, root))
