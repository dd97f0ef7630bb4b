"""The price file and the usage file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for one. `checked`: read at its source; else remembered."""

    usd: float
    source: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices by name, of one Region, as of a month."""

    as_of: str
    region: str
    price: Mapping[str, Price]

    def __getitem__(self, name: str) -> float:
        """Dollars. Raises `KeyError`."""
        return self.price[name].usd

    @property
    def unchecked(self) -> list[str]:
        return sorted(name for name, price in self.price.items() if not price.checked)


Usage = Mapping[str, Mapping[str, float]]


def prices(path: Path = FOLDER / "prices.toml") -> Prices:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = {name: Price(**entry) for name, entry in content["price"].items()}
    return Prices(content["as_of"], content["region"], listed)


def usage(path: Path = FOLDER / "usage.toml") -> Usage:
    return tomllib.loads(path.read_text(encoding="utf-8"))
