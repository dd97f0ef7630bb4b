"""Inputs that must all be understood: whatever nobody took is an error, not silently dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class LeftoverInputsError(ValueError):
    """The program sets inputs that the laptop cloud doesn't understand."""


class Inputs:
    """The inputs of one resource, or of a block within them. Keys are Pulumi's, in camelCase."""

    def __init__(
        self, values: Mapping[str, Any], *, path: str = "", default_tags: Mapping[str, str] | None = None
    ) -> None:
        self._values = values
        self._path = path
        self._default_tags = default_tags or {}
        self._taken: set[str] = set()
        self._blocks: list[Inputs] = []

    def need(self, key: str) -> Any:
        """Take a required input."""
        value = self.take(key)
        if value is None:
            raise ValueError(f"input {self._path}{key} is missing")
        return value

    def take(self, key: str, default: Any = None) -> Any:
        """Take an optional input."""
        self._taken.add(key)
        value = self._values.get(key)
        return default if value is None else value

    def block(self, key: str) -> Inputs:
        """Take a nested block, empty when it isn't set."""
        return self._block(self.take(key, {}), f"{self._path}{key}.")

    def blocks(self, key: str) -> list[Inputs]:
        """Take a list of nested blocks."""
        return [
            self._block(values, f"{self._path}{key}[{index}].")
            for index, values in enumerate(self.take(key, []))
        ]

    def tags(self) -> dict[str, str]:
        """Take `tags`, with the provider's default tags beneath them."""
        return {**self._default_tags, **self.take("tags", {})}

    def only_in_aws(self, *keys: str) -> None:
        """Take inputs that mean something to AWS and nothing on a laptop."""
        self._taken.update(keys)

    def request(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Take several inputs for an API call: input key -> parameter name. Unset ones stay out."""
        values = {parameter: self.take(key) for key, parameter in names.items()}
        return {parameter: value for parameter, value in values.items() if value is not None}

    def finish(self) -> None:
        """Raise `LeftoverInputsError` unless everything was taken, in nested blocks too."""
        if leftovers := self._leftovers():
            raise LeftoverInputsError(f"inputs not understood by the laptop cloud: {', '.join(leftovers)}")

    def _block(self, values: Mapping[str, Any], path: str) -> Inputs:
        block = Inputs(values, path=path)
        self._blocks.append(block)
        return block

    def _leftovers(self) -> list[str]:
        own = [
            f"{self._path}{key}"
            for key, value in self._values.items()
            if key not in self._taken and value is not None
        ]
        return own + [leftover for block in self._blocks for leftover in block._leftovers()]
