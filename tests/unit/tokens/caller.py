"""The tokens function with everything in memory."""

from typing import Any

from tests.cards import VISA
from tests.events import body_of, call
from tests.fakes.card_keys import FakeCardKeys
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.trail import FakeTrail
from tests.fakes.vault import FakeVault
from tollgate.domain.audit import Action
from tollgate.handlers.dispatch import serve
from tollgate.handlers.tokens import ROUTES
from tollgate.wiring.tokens import World


class Api:
    """The function, and its world."""

    def __init__(self) -> None:
        self.trail = FakeTrail()
        self.vault = FakeVault(self.trail)
        self.card_keys = FakeCardKeys()
        self.clock = FakeClock()
        self._world = World(self.vault, self.card_keys, self.trail, self.clock, FakeIds())

    def call(self, route: str, body: object = None, **how: Any) -> dict[str, Any]:
        return serve(call(route, body, **how), ROUTES, lambda: self._world)

    def create(self, jwe: str, key: str = "k", **how: Any) -> dict[str, Any]:
        return self.call("POST /v1/tokens", {"encrypted_card": jwe}, key=key, **how)

    def read(self, token_id: str, **how: Any) -> dict[str, Any]:
        return self.call("GET /v1/tokens/{id}", id=token_id, **how)

    def delete(self, token_id: str, **how: Any) -> dict[str, Any]:
        return self.call("DELETE /v1/tokens/{id}", id=token_id, **how)

    def jwe(self, number: str = VISA, **claims: Any) -> str:
        return self.card_keys.encrypt("mer_one", number, **claims)

    def actions(self) -> list[Action]:
        return [audit.action for audit in self.trail.audits]


def outcome(answer: dict[str, Any]) -> tuple[int, str]:
    return answer["statusCode"], body_of(answer)["code"]
