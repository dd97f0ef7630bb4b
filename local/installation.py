"""What a laptop cloud keeps from its first start on: ports, ids and secrets of its own."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from local.errors import LocalCloudError
from local.ports import free_port
from local.state import reading, write_private


@dataclass(frozen=True)
class Seed:
    """A merchant that exists from the start, with a client that has all scopes."""

    merchant_id: str
    client_id: str
    client_secret: str


@dataclass
class Installation:
    """`emulator_port` stays the same, because queue URLs in the functions' environments contain it."""

    emulator_port: int
    simulator_port: int
    card_fields_port: int
    shop_port: int
    api_id: str
    simulator_api_key: str
    seeds: list[Seed]

    @classmethod
    def load(cls, path: Path, *, emulator_port: int | None, simulator_port: int | None) -> Installation:
        """The remembered installation, or a new one with these ports or free ones.

        Raises `LocalCloudError` for another emulator port than the remembered one, `StateUnusableError`.
        """
        if not path.exists():
            return cls(
                emulator_port=emulator_port or free_port(),
                simulator_port=simulator_port or free_port(),
                card_fields_port=free_port(),
                shop_port=free_port(),
                api_id=secrets.token_hex(4),
                simulator_api_key=secrets.token_urlsafe(24),
                seeds=[],
            )
        # Installations that are older than the shop have no ports for it.
        ports = {"card_fields_port": free_port(), "shop_port": free_port()}
        with reading(path) as saved:
            installation = cls(**{**ports, **saved, "seeds": [Seed(**seed) for seed in saved["seeds"]]})
        if emulator_port not in (None, installation.emulator_port):
            raise LocalCloudError(
                f"the emulator is fixed to port {installation.emulator_port}; see `make clean-local`"
            )
        installation.simulator_port = simulator_port or installation.simulator_port
        return installation

    def save(self, path: Path) -> None:
        write_private(path, asdict(self))
