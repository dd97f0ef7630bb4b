"""Everything that is audited in one world, and what must hold once all is quiet."""

import json
import logging
from io import StringIO

from tests.simulation.auditor.answers import FINAL, AnswerAuditor
from tests.simulation.auditor.items import ItemAuditor
from tests.simulation.auditor.standing import processor_standing, stored_standing
from tests.simulation.auditor.trail import TrailAuditor
from tests.simulation.lags import Lags
from tests.simulation.platform import Call, Platform
from tollgate.domain.audit import audit_object
from tollgate.domain.payment import Payment


class Auditor:
    """Watches a platform from its first step on."""

    def __init__(self, platform: Platform, lags: Lags) -> None:
        world = platform.world
        self._platform = platform
        self.items = ItemAuditor(world, platform.table, platform.processor, lags)
        self.answers = AnswerAuditor(platform)
        self.trail = TrailAuditor(world, lambda: platform.vault.opened)
        platform.trail.watch(self.trail.recorded)
        platform.table.watch(self.trail.changed)
        self.log = Log()

    def at_rest(self) -> None:
        """Faults are over and nobody has anything left to do. Raises `Violation`."""
        platform = self._platform
        world, payments = platform.world, list(platform.table.stored.values())
        if platform.queue.waiting or any(platform.table.stream.values()):
            world.wrong("converges", "the queue or the stream isn't drained")
        for payment in payments:
            self._settled(payment)
        for effect in platform.processor.effects:
            if effect.order_id not in platform.table.stored:
                world.wrong("no_lost_charge", f"{effect} has no payment")
        self.answers.no_trace_of_refused()
        self.trail.complete(payments)
        self._no_card_data(payments)
        self._final_reads()
        self.answers.pages.at_rest()

    def _settled(self, payment: Payment) -> None:
        world, standing = self._platform.world, stored_standing(payment)
        if payment.latest.pending or standing.status == "processing":
            world.wrong("converges", f"{payment.id} is {standing}, and nobody comes back to it")
        effects = [each for each in self._platform.processor.effects if each.order_id == payment.id]
        theirs = processor_standing(effects)
        if (standing.status, theirs.status) == ("authorized", "expired"):
            return  # nobody has asked about it: the next reconciliation finds it
        kept, theirs_kept = standing.captured - standing.refunded, theirs.captured - theirs.refunded
        charged = standing.status == "authorized" or kept > 0
        same = charged == (theirs.status == "charged" and (theirs_kept > 0 or not theirs.captured))
        same &= kept == theirs_kept and standing.refunded <= theirs.refunded
        if not same:
            world.wrong("views_agree", f"{payment.id}: {standing} here, {theirs} at the processor")

    def _no_card_data(self, payments: list[Payment]) -> None:
        check = self.answers.no_card_data
        check("the payments table", *(repr(each) for each in payments))
        check("the trail", *(json.dumps(audit_object(each)) for each in self._platform.trail.audits))
        check("the queue", *(repr(each) for each in self._platform.queue.waiting))
        check("a log", *self.log.lines, self.log.metrics.getvalue())

    def _final_reads(self) -> None:
        """Every key again, and every payment: the first answers stand, and now all are final."""
        world = self._platform.world
        for place, call in list(self.answers.calls.items()):
            answer = self._platform.answer(call, self._platform.request_id())
            if answer and "encrypted_card_invalid" in answer.content:
                continue  # not the first ciphertext of this key, and too old by now
            if answer is None or answer.status not in FINAL:
                self._platform.world.wrong("replay_is_identical", f"{place}: {answer} in the end")
            self.answers.heard(call, "final", answer, world.steps)
        for payment in list(self._platform.table.stored.values()):
            read = Call(payment.merchant_id, "GET", "/v1/payments/{id}", {"id": payment.id})
            self.answers.heard(read, "final", self._platform.answer(read, "final"), world.steps)
            foreign = "mer_two" if payment.merchant_id == "mer_one" else "mer_one"
            refused = self._platform.answer(Call(foreign, "GET", read.resource, read.parameters), "final")
            if refused is None or refused.status != 404:
                self._platform.world.wrong("tenant_isolation", f"{foreign} may read {payment.id}")


class Log(logging.Handler):
    """What the functions log. `metrics`: what they print."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.metrics = StringIO()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(repr(record.__dict__))
