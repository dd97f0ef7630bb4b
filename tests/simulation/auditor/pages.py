"""What the pages of checkout sessions may hear."""

from dataclasses import dataclass, field
from typing import Any

from tests.simulation.books import CHARGES
from tests.simulation.platform import Call, Platform

SUCCEEDED, PROCESSING = "succeeded", "processing"
NOT_FOUND = 404


@dataclass
class PageAuditor:
    """Hears every answer to a page. `last`: its last request with each ciphertext; `paid`: the sessions that
    one has been told of as paid, and the step at which it was."""

    platform: Platform
    last: dict[str, Call] = field(default_factory=dict)
    paid: dict[str, int] = field(default_factory=dict)

    def heard(self, call: Call, body: dict[str, Any], since: int) -> None:
        """A request that began at step `since`."""
        self.last[call.body or ""] = call
        session, status = call.parameters["id"], body.get("status")
        if status == SUCCEEDED:
            self.paid.setdefault(session, self.platform.world.steps)
            if not self._charged(call):
                self.platform.world.wrong("answers_are_true", f"{session} is paid, and nothing was charged")
        elif status in {PROCESSING, "declined", "failed"} and since >= self.paid.get(session, since + 1):
            self.platform.world.wrong("replay_is_identical", f"{session} was paid, and now is {status}")

    def at_rest(self) -> None:
        """Every page asks again, and hears an outcome. A card that wasn't tried may be, if none has paid."""
        for call in list(self.last.values()):
            answer = self.platform.answer(call, self.platform.request_id())
            unheard = answer is None or PROCESSING in answer.content
            if unheard or (answer and answer.status == NOT_FOUND and self._charged(call)):
                self.platform.world.wrong("converges", f"{call.parameters['id']}: {answer} in the end")

    def _charged(self, call: Call) -> bool:
        about = f"{call.merchant_id} session"
        return any(each.kind in CHARGES and each.about == about for each in self.platform.processor.effects)
