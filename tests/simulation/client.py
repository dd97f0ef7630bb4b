"""A client application: it sends requests, and sends them again with the same key when it has to."""

import json
from collections.abc import Callable
from typing import Any

from tests.simulation.actors import Actor
from tests.simulation.platform import Answer, Call, Platform
from tests.simulation.story import Story

PAUSES = (1_000, 45_000)
"""Milliseconds until the second and the third try: the last comes when a function that died is long gone."""

AGAIN = {"internal_error", "processor_unavailable", "idempotency_key_in_progress", "operation_in_progress"}
Heard = Callable[[Call, str, Answer | None, int], None]


class Client:
    """One application of a merchant. `heard` is told of every request and its answer."""

    def __init__(self, name: str, merchant_id: str, platform: Platform, heard: Heard) -> None:
        self.name = name
        self.merchant_id = merchant_id
        self.pauses: tuple[int, ...] = PAUSES
        self.progress: list[object] = []
        """What it has heard so far that makes a difference to it."""
        self.story: Story | None = None
        self._platform = platform
        self._heard = heard

    def start(self, script: Callable[["Client"], None], comes_at: int | None = None) -> None:
        """Run a script as an actor. `comes_at`: it comes then, or at any step before if it is let."""
        late = comes_at is not None
        self._platform.world.add(Actor(self.name, lambda: script(self), comes_at or 0, on_its_way=late))

    def encrypt(self, number: str, jti: str) -> str:
        """A card as the browser encrypts it, `jti` once."""
        now = self._platform.world.now // 1000
        return self._platform.card_keys.encrypt(self.merchant_id, number, iat=now, jti=jti)

    def post(
        self,
        resource: str,
        body: dict[str, Any] | None,
        key: str | None,
        *,
        prefer: str | None = None,
        **path: str,
    ) -> Answer | None:
        """The answer in the end, or None if there was none to any try."""
        text = None if body is None else json.dumps(body)
        return self._insist(Call(self.merchant_id, "POST", resource, path, key, text, prefer))

    def get(self, resource: str, **path: str) -> Answer | None:
        return self._insist(Call(self.merchant_id, "GET", resource, path))

    def waits(self, milliseconds: int) -> None:
        self._platform.world.sleep(milliseconds)

    def _insist(self, call: Call) -> Answer | None:
        answer = None
        for pause in (*self.pauses, 0):
            request_id = self._platform.request_id()
            since = self._platform.world.steps
            answer = self._platform.answer(call, request_id)
            if self.story:
                self.story.heard(self._platform.world.now, self.name, call, answer)
            self._heard(call, request_id, answer, since)
            if answer is not None and not worth_another_try(answer):
                self.progress.append((answer.status, answer.content))
                return answer
            self.progress.append("again")
            self._platform.world.sleep(pause)
        return answer


def worth_another_try(answer: Answer) -> bool:
    """Whether the contract tells the client to send the same request again."""
    return answer.status >= 400 and json.loads(answer.content)["code"] in AGAIN
