"""What clients may be answered: the truth, the same again, and nothing of anybody else's."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.cards import AMEX, MASTERCARD, VISA
from tests.simulation.auditor.pages import PageAuditor
from tests.simulation.auditor.standing import processor_standing
from tests.simulation.platform import Answer, Call, Platform
from tollgate.domain.audit import ActorType

FINAL = {201, 402, 502}
HAS_EFFECT = FINAL | {202}
NUMBERS = (VISA, MASTERCARD, AMEX)
TRACES = {"request_id"}
"""Members of a body that belong to the exchange."""


@dataclass
class AnswerAuditor:
    """Hears every exchange. `first`: the first final answer to each key, `final_since`: the step at which it
    was given; `ciphertexts`: what each was for; `refused`: the requests that have had no effect."""

    platform: Platform
    first: dict[tuple[str, ...], tuple[Call, int, Any]] = field(default_factory=dict)
    final_since: dict[tuple[str, ...], int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    calls: dict[tuple[str, ...], Call] = field(default_factory=dict)
    ciphertexts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages = PageAuditor(self.platform)

    def heard(self, call: Call, request_id: str, answer: Answer | None, since: int) -> None:
        """A request that began at step `since`, and its answer; None if there was none."""
        if answer is None:
            return
        self.no_card_data("an answer", answer.content)
        body = json.loads(answer.content)
        self._own_only(call, answer.content)
        if answer.status not in HAS_EFFECT and answer.status not in {200, 500}:
            self.refused.add(request_id)
            self.no_trace_of_refused()
        if call.resource.endswith("/pay"):
            self.pages.heard(call, body, since)
        if call.key and answer.status in HAS_EFFECT:
            self._same_again(call, answer.status, body, since)
        shown = body.get("payment", body) if answer.status < 500 else body.get("payment", {})
        if isinstance(shown, dict) and shown.get("object") == "payment":
            self._true(shown)

    def no_card_data(self, where: str, *texts: str) -> None:
        for number in NUMBERS:
            if any(number in text for text in texts):
                self.platform.world.wrong("no_card_data", f"a card number is in {where}")

    def _same_again(self, call: Call, status: int, body: dict[str, Any], since: int) -> None:
        """A request that begins after a final answer hears it again. One that was at work already then may
        hear less, 202: it is no replay, and what it says was true when it looked."""
        place = (call.merchant_id, call.resource, str(sorted(call.parameters.items())), call.key or "")
        self.calls.setdefault(place, call)
        self._one_use(call, place)
        if status not in FINAL:
            later = since >= self.final_since.get(place, since + 1)
            self._check("replay_is_identical", not later, f"{place}: 202 after a final answer")
            return
        self.final_since.setdefault(place, self.platform.world.steps)
        shown = {name: value for name, value in body.items() if name not in TRACES}
        known = self.first.setdefault(place, (call, status, shown))
        same = known[1:] == (status, shown)
        self._check("replay_is_identical", same, f"{place}: {known[1:]} became {(status, shown)}")

    def _one_use(self, call: Call, place: tuple[str, ...]) -> None:
        body = json.loads(call.body or "{}")
        ciphertext = body.get("encrypted_card") or body.get("payment_method", {}).get("encrypted_card")
        if ciphertext is not None:
            known = self.ciphertexts.setdefault(ciphertext, place)
            self._check(
                "one_use_per_encrypted_card", known == place, f"{known} and {place} used {ciphertext}"
            )

    def no_trace_of_refused(self) -> None:
        """What was refused has had no effect, and will have none. What the platform found out may stand."""
        left = [
            operation.id
            for payment in self.platform.table.stored.values()
            for operation in payment.operations
            if operation.exchange.request_id in self.refused
            and operation.exchange.actor_type is not ActorType.SYSTEM
        ]
        self._check("refused_means_nothing", not left, f"{left} were refused, and are stored")

    def _true(self, shown: dict[str, Any]) -> None:
        effects = [each for each in self.platform.processor.effects if each.order_id == shown["id"]]
        standing = processor_standing(effects)
        if shown["status"] == "canceled":
            self._check("answers_are_true", standing.status == "reversed", f"{shown['id']} isn't reversed")
            return
        true = shown["amount_captured"] <= standing.captured and shown["amount_refunded"] <= standing.refunded
        self._check("answers_are_true", true, f"{shown} to a client, {standing} at the processor")

    def _own_only(self, call: Call, content: str) -> None:
        foreign = [p.id for p in self.platform.table.stored.values() if p.merchant_id != call.merchant_id]
        self._check(
            "tenant_isolation",
            not _any_in(foreign, content),
            f"{call.merchant_id} heard of another's payment",
        )

    def _check(self, invariant: str, holds: bool, detail: str) -> None:
        if not holds:
            self.platform.world.wrong(invariant, detail)


def _any_in(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words)
