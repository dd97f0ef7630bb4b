"""A stack's needs, from its file and its program."""

from __future__ import annotations

from pathlib import Path

from engine import configuration
from engine.errors import DeploymentError
from infra.settings import PROJECT, Settings, read_settings
from infra.settings.reading import InvalidSettingsError
from onboarding.failure import Failure
from ops.graph import stack_graph
from ops.preflight.needs import Need, needs


def stack_settings(stack: str, root: Path) -> Settings:
    """What `Pulumi.<stack>.yaml` says. Raises Failure for a wrong file."""
    # The settings want to see the functions' package, whose content doesn't matter here.
    overrides = {f"{PROJECT}:package": "Pulumi.yaml"}
    try:
        values = configuration.load(root, stack, overrides).values
        keys = {key.removeprefix(f"{PROJECT}:"): value for key, value in values.items()}
        own = {key: value for key, value in keys.items() if ":" not in key}
        return read_settings(stack, own, root)
    except (DeploymentError, InvalidSettingsError) as error:
        raise Failure(str(error), f"Correct Pulumi.{stack}.yaml, or name another stack.") from error


def stack_needs(stack: str, root: Path) -> list[Need]:
    """All quotas that the stack's file and the program make it need. Raises Failure for a wrong file."""
    settings = stack_settings(stack, root)
    return needs(settings, stack_graph(stack, root))
