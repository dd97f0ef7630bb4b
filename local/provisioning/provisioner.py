"""The engine's back end: creates, keeps or updates each resource on the emulator."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from engine import Applied, Provider, RecordingBackend, Resource
from engine.data_sources import data_source
from local.provisioning.creator import Creator, Updater
from local.provisioning.fingerprint import fingerprint
from local.provisioning.inputs import Inputs
from local.provisioning.registry import CREATED, RECORDED
from local.provisioning.target import Target
from local.state import DeploymentState, ResourceState

RECORDED_ONLY = "recorded only (`tollgate graph --stack local --not-emulated` lists them)"


class ChangeRefusedError(ValueError):
    """An existing resource can't be brought up to date."""


class Provisioner:
    """Applies resources to a target and remembers them in a state.

    An unchanged resource costs no call.
    """

    def __init__(self, target: Target, state: DeploymentState) -> None:
        self._counts: Counter[str] = Counter()
        self._target = target
        self._state = state
        self._records = RecordingBackend()
        self._lock = threading.Lock()

    def apply(self, resource: Resource) -> Applied:
        """See `Backend`. Raises `ChangeRefusedError` where only a new laptop cloud helps."""
        if resource.type in RECORDED:
            self._count(RECORDED_ONLY)
            return self._records.apply(resource)
        inputs = fingerprint(resource)
        known = self._state.find(resource.urn)
        if known is None:
            made = _creator(resource).create(self._target)
            self._count("created")
        elif known.inputs == inputs:
            made = Applied(known.id, known.outputs)
            self._count("unchanged")
        else:
            updater = _updater(resource, known.changed(inputs))
            made = updater.update(self._target, known.id)
            self._count("updated")
        self._state.remember(resource.urn, ResourceState(inputs, made.id, made.outputs))
        return Applied(made.id, {**resource.inputs, **made.outputs, "id": made.id})

    def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
        return data_source(token, provider)

    def summary(self) -> str:
        """How many resources were created, updated and so on, and how many the emulator doesn't have."""
        return ", ".join(f"{number} {what}" for what, number in sorted(self._counts.items()))

    def _count(self, what: str) -> None:
        with self._lock:
            self._counts[what] += 1


def _creator(resource: Resource) -> Creator:
    """The resource with all its inputs understood; nothing has been called yet."""
    creator = CREATED.get(resource.type)
    if creator is None:
        raise ValueError(
            "the laptop cloud neither makes nor records this type (local/provisioning/registry.py)"
        )
    inputs = Inputs(resource.inputs, default_tags=resource.provider.default_tags)
    made = creator(inputs)
    inputs.finish()
    return made


def _updater(resource: Resource, changed: frozenset[str]) -> Updater:
    creator = _creator(resource)
    if isinstance(creator, Updater) and changed <= creator.updatable:
        return creator
    what = ", ".join(sorted(changed))
    raise ChangeRefusedError(f"{what} changed and can't be updated in place; run `make clean-local`")
