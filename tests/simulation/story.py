"""What happened in a world, in lines to be read: who did what, what came of it, and what clients heard."""

import json

from tests.simulation.choices import Choice, Fate, Step, Switch
from tests.simulation.platform import Answer, Call
from tests.simulation.world import START

CALLS = {
    "merchants.find": "reads the merchant",
    "vault.find": "reads the token",
    "vault.open": "opens the card",
    "vault.fingerprint": "takes the card's fingerprint",
    "vault.identity_of": "tells the card's identity",
    "vault.add": "stores a token",
    "vault.use_once": "uses the encrypted card up",
    "card_keys.decrypt": "decrypts the card",
    "payments.find": "reads the payment",
    "payments.load": "reads the payment",
    "payments.due": "looks for payments that are due",
    "payments.add": "stores the intent of a new payment",
    "payments.save": "stores a change of the payment",
    "payments.withdraw": "withdraws the intent",
    "payments.put_back": "puts the payment back",
    "processor.authorize": "asks the processor to charge",
    "processor.capture": "asks the processor to capture",
    "processor.reversal": "asks the processor to reverse",
    "processor.partial reversal": "asks the processor to reverse a part",
    "processor.refund": "asks the processor to refund",
    "processor.find": "reads the processor's books",
    "queue.send": "queues a follow-up",
    "queue.send_many": "queues follow-ups",
    "queue.receive": "takes a message",
    "queue.delete": "is done with the message",
    "stream.read": "reads the stream",
    "trail.record": "writes on the audit trail",
}
FATES = {
    Fate.FAIL: "that fails, without effect",
    Fate.LOSE_ANSWER: "it takes effect, the answer is lost",
    Fate.TWICE: "it happens twice",
    Fate.COMES_AGAIN: "a first copy of it is still on its way",
    Fate.ANSWERED_LATE: "the answer takes its time",
    Fate.CRASH: "and dies before any effect",
    Fate.CRASH_AFTER: "it takes effect, and the function dies",
    Fate.NOT_ATTEMPTED: "can't connect",
    Fate.LOSE_REQUEST: "the request is lost, and no answer comes",
    Fate.SLOW: "the answer takes all the time there is",
    Fate.LATE: "no answer comes; the effect does, seconds later",
    Fate.VERY_LATE: "no answer comes; the effect does, minutes later",
    Fate.DECLINE: "declined",
    Fate.REFUSE: "refused",
    Fate.PARTLY: "approved for a part",
}


class Story:
    """`lines`: what has happened so far, in the order of time."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def chose(self, step: Step, choice: Choice) -> None:
        """A step, and what comes of it."""
        what = CALLS.get(step.call.removesuffix(" again"), step.call)
        again = ", once more" if step.call.endswith(" again") else ""
        if isinstance(choice, Switch):
            self._line(step.at, step.actor, f"is overtaken by {choice.to}", f"about to: {what}{again}")
            return
        self._line(step.at, step.actor, what + again, FATES.get(choice, ""))

    def heard(self, at: int, client: str, call: Call, answer: Answer | None) -> None:
        """A client's request and its answer."""
        asked = f"{call.method} {call.resource}" + (f" with {call.key}" if call.key else "")
        if answer is None:
            self._line(at, client, f"hears nothing to {asked}", "")
            return
        body = json.loads(answer.content)
        word = body.get("code") or body.get("status") or body.get("object", "")
        self._line(at, client, f"hears {answer.status} {word} to {asked}", "")

    def _line(self, at: int, who: str, what: str, so: str) -> None:
        self.lines.append(f"{(at - START) / 1000:>9.3f} s  {who:<12} {what}" + (f": {so}" if so else ""))
