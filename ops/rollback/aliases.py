"""What callers of a stage's functions get: the alias `live`, as Lambda knows it."""

import base64
from collections.abc import Iterable, Iterator
from typing import Any

from onboarding import Stage
from onboarding.failure import Failure
from ops.rollback.releases import MARK, Live, Move, Version

LATEST = "$LATEST"


class Aliases:
    """The alias of that name of each of `functions` (`payments`, …) that the stage has."""

    def __init__(self, stage: Stage, functions: Iterable[str], name: str) -> None:
        self._client = stage.versions
        self._functions = {function: stage.physical_name(function) for function in functions}
        self._name = name

    def read(self) -> list[Live]:
        """Each function with all its versions. One that isn't deployed is left out."""
        return [live for function in self._functions if (live := self._live(function)) is not None]

    def move(self, move: Move) -> None:
        """Name the other version, and say that it was rolled back.

        Raises Failure when something else has changed the alias since it was read.
        """
        self._update(move.live, FunctionVersion=str(move.to.number), Description=f"{MARK}{move.to.package}")

    def lift(self, live: Live) -> None:
        """Say no longer that it was rolled back; the version stays."""
        self._update(live, Description="")

    def _live(self, function: str) -> Live | None:
        name = self._functions[function]
        try:
            alias = self._client.get_alias(FunctionName=name, Name=self._name)
        except self._client.exceptions.ResourceNotFoundException:
            return None
        versions = tuple(self._versions(name))
        (live,) = (each for each in versions if str(each.number) == alias["FunctionVersion"])
        return Live(function, live, versions, alias.get("Description", ""), alias["RevisionId"])

    def _versions(self, name: str) -> Iterator[Version]:
        pages = self._client.get_paginator("list_versions_by_function").paginate(FunctionName=name)
        for page in pages:
            for each in page["Versions"]:
                if each["Version"] != LATEST:
                    yield Version(int(each["Version"]), base64.b64decode(each["CodeSha256"]).hex())

    def _update(self, live: Live, **changed: Any) -> None:
        name = self._functions[live.function]
        try:
            self._client.update_alias(FunctionName=name, Name=self._name, RevisionId=live.revision, **changed)
        except self._client.exceptions.PreconditionFailedException as error:
            raise Failure(
                f"Something else has changed what callers of {name} get.",
                "Is a deployment running? Let it end, look again without --run, and decide anew.",
            ) from error
