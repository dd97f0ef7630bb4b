"""An account in memory: what exists in it, what was called, and how it can be made to hang."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine import Provider, RecordingBackend, Resource
from engine.outputs import OUTPUTS
from ops.recovery.repeatable import REPEATABLE
from tests.engine.answers import RECOMPUTED, answered

Inputs = Mapping[str, Any]
Identity = tuple[str, str, str]  # type, Region, id
OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"


class RefusedError(Exception):
    """What AWS would answer with an error."""


@dataclass(frozen=True)
class Existing:
    """A resource that the account has."""

    urn: str
    type: str
    id: str
    inputs: Inputs
    outputs: Inputs

    def read(self) -> Existing:
        """As AWS tells of it: with what it has filled in or changed."""
        told = answered(self.type, self.inputs)
        given = {key: told.get(key, value) for key, value in self.inputs.items()}
        return replace(self, inputs=given, outputs={**self.outputs, **told})


@dataclass
class Hold:
    """Creations that hang: those of `types`, once the account has made them (or before)."""

    types: frozenset[str]
    made: bool
    reached: Counter[str] = field(default_factory=Counter)
    everything: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)


class Cloud:
    """Called from several threads at once. What is made anew gets another id, if AWS gives the ids."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.resources: dict[Identity, Existing] = {}
        self.calls: list[tuple[str, str]] = []
        self.hold: Hold | None = None
        self._recording = RecordingBackend()
        self._made: Counter[str] = Counter()
        self._lock = threading.Lock()

    def create(self, urn: str, kind: str, name: str, inputs: Inputs) -> Existing:
        """Raises `RefusedError` when something of that name exists already."""
        hold = self.hold
        if hold and not hold.made:
            self._hang(hold, kind)
        with self._lock:
            made = self._resource(urn, kind, name, inputs)
            identity = self._identity(kind, made.id, inputs)
            there = self.resources.get(identity)
            if there and (kind not in REPEATABLE or there.urn != urn):
                raise RefusedError(f"{kind} {made.id} already exists")
            self.resources[identity] = made
            self.calls.append(("create", urn))
            self._made[urn] += 1
        if hold and hold.made:
            self._hang(hold, kind)
        return made

    def update(self, urn: str, kind: str, identifier: str, inputs: Inputs) -> Existing:
        identity = self._identity(kind, identifier, inputs)
        with self._lock:
            old = self.resources.get(identity)
            if old is None:
                raise RefusedError(f"{kind} {identifier} doesn't exist")
            counted = {key: str(int(old.outputs[key]) + 1) for key in RECOMPUTED.get(kind, ())}
            new = replace(old, inputs=inputs, outputs={**old.outputs, **inputs, **counted})
            self.resources[identity] = new
            self.calls.append(("update", urn))
            return new

    def find(self, kind: str, identifier: str, inputs: Inputs) -> Existing | None:
        """What has this id in the Region that the inputs say."""
        found = self.resources.get(self._identity(kind, identifier, inputs))
        return found.read() if found else None

    def delete(self, urn: str, kind: str, identifier: str, inputs: Inputs) -> None:
        """With a bucket that may be emptied go the objects that a deployment has left in it."""
        with self._lock:
            gone = self.resources.pop(self._identity(kind, identifier, inputs), None)
            if gone and gone.inputs.get("forceDestroy"):
                kept = {
                    identity: each
                    for identity, each in self.resources.items()
                    if (each.type, each.inputs.get("bucket")) != (OBJECT, identifier)
                }
                self.resources = kept
            self.calls.append(("delete", urn))

    def invoke(self, token: str, arguments: Inputs) -> Inputs:
        return self._recording.invoke(token, arguments, self.provider)

    def _identity(self, kind: str, identifier: str, inputs: Inputs) -> Identity:
        return kind, str(inputs.get("region") or self.provider.region), identifier

    def _resource(self, urn: str, kind: str, name: str, inputs: Inputs) -> Existing:
        # What AWS gives an id of its own, it gives a new one each time.
        again = self._made[urn]
        asked = Resource(f"{urn}#{again}" if again else urn, kind, name, inputs, self.provider)
        applied = self._recording.apply(asked)
        named = kind in OUTPUTS or kind in REPEATABLE or "name" in inputs
        identifier = applied.id if named or not again else f"{applied.id}-{again}"
        return Existing(urn, kind, identifier, inputs, {**applied.outputs, "id": identifier})

    def _hang(self, hold: Hold, kind: str) -> None:
        if kind not in hold.types or hold.released.is_set():
            return
        with self._lock:
            hold.reached[kind] += 1
            if set(hold.reached) == hold.types:
                hold.everything.set()
        hold.released.wait()
        raise RefusedError("the caller is gone")
