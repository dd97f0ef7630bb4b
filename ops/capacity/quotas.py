"""The file of quotas."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "quotas.toml"


@dataclass(frozen=True, slots=True)
class Quota:
    """`value`: a number a second, or at once. `how`: to raise it, empty if it can't be. `checked`: read at
    its `source`; else remembered."""

    value: float
    how: str
    source: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Quotas:
    """Quotas by name, as of a month."""

    as_of: str
    quota: Mapping[str, Quota]

    def __getitem__(self, name: str) -> float:
        """Its value. Raises `KeyError`."""
        return self.quota[name].value

    def how(self, name: str) -> str:
        return self.quota[name].how or "fixed"

    @property
    def unchecked(self) -> list[str]:
        return sorted(name for name, quota in self.quota.items() if not quota.checked)


def quotas(path: Path = FILE) -> Quotas:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = {
        name: Quota(float(entry["value"]), entry["raise"], entry["source"], entry["checked"])
        for name, entry in content["quota"].items()
    }
    return Quotas(content["as_of"], listed)
