"""What may and may not happen to a stored payment, and to the processor's list, at any instant."""

from dataclasses import dataclass, field, replace

from tests.simulation.auditor.standing import ABSORBING, processor_standing, stored_standing
from tests.simulation.books import CHARGES, Effect, Request, about, state_of
from tests.simulation.lags import Lags
from tests.simulation.platform import RULES
from tests.simulation.processor import SimulatedProcessor
from tests.simulation.table import PaymentTable
from tests.simulation.world import World
from tollgate.domain.operation import Kind, Means, Operation
from tollgate.domain.outcome import Approved, Declined
from tollgate.domain.payment import Payment
from tollgate.handlers.objects import payment_object

MOST_CALLS = 40
"""Of the processor, for one operation: its own, and two for each look of a follow-up."""


@dataclass
class ItemAuditor:
    """Watches the table and the processor. `intents`: what each processor key was used for."""

    world: World
    table: PaymentTable
    processor: SimulatedProcessor
    lags: Lags
    intents: dict[str, tuple[str, str]] = field(default_factory=dict)
    calls: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.table.watch(self.changed)
        self.processor.watch(self.took_effect, self.asked)

    def asked(self, request: Request) -> None:
        """Every call is made for the stored, open operation that it belongs to, and there are few."""
        payment = self.table.stored.get(request.order_id)
        operation = payment.latest.id if payment else ""
        place = (request.order_id, operation)
        self.calls[place] = self.calls.get(place, 0) + 1
        self._check("bounded_work", self.calls[place] <= MOST_CALLS, f"{place} made {MOST_CALLS} calls")
        if request.kind == "find":
            return
        known = self.intents.setdefault(request.key, place)
        self._check("one_key_one_request", known == place, f"key of {known} used for {place}")
        self._check("intent_before_call", payment is not None, f"{request.order_id} isn't stored")

    def took_effect(self, effect: Effect) -> None:
        """The processor's list never shows more than one charge, nor more given back than taken."""
        effects = [each for each in self.processor.effects if each.order_id == effect.order_id]
        charges = [each for each in effects if each.kind in CHARGES]
        self._check("one_charge_per_key", len(charges) <= 1, f"{effect.order_id} is charged twice")
        same_words = [
            each
            for each in self.processor.effects
            if each.kind in CHARGES and each.about == charges[0].about and not self._given_back(each)
        ]
        self._check("one_charge_per_key", len(same_words) <= 1, f"{charges[0].about} is charged twice")
        operation = self.intents[effect.key]
        again = [each for each in effects if self.intents.get(each.key) == operation]
        self._check("one_effect_per_operation", len(again) == 1, f"{operation} took effect twice")
        now = processor_standing(effects)
        in_bounds = effect.amount > 0 and now.refunded <= now.captured <= now.authorized
        self._check("money_in_bounds", in_bounds or now.status != "charged", f"{effect} leads to {now}")
        self._check("no_lost_charge", effect.order_id in self.table.stored, f"{effect} has no payment")

    def _given_back(self, charge: Effect) -> bool:
        """Whether the charge may not stand, and its release has begun."""
        payment = self.table.stored.get(charge.order_id)
        return payment is not None and any(each.target == charge.reference for each in payment.operations)

    def changed(self, before: Payment | None, after: Payment | None) -> None:
        if after is None:
            assert before is not None
            self._withdrawn(before, before.latest)
            return
        if before is not None and _replaced(before, after):
            self._withdrawn(before, before.latest)
            before = replace(before, operations=before.operations[:-1])
        self._order(before, after)
        self._amounts(after)
        if before is not None:
            self._absorbed(before, after)
            for old, new in zip(before.operations, after.operations, strict=False):
                self._changed_operation(after, old, new)
        self._seen_as_stored(after)

    def _order(self, before: Payment | None, after: Payment) -> None:
        ids = [each.id for each in after.operations]
        self._check("accepted_order", len(set(ids)) == len(ids), f"{after.id} has an operation twice")
        open_ = [each.id for each in after.operations[:-1] if not _resolved(each)]
        self._check("accepted_order", not open_, f"{after.id}: {open_} were overtaken")
        if before is None:
            return
        known = [each.id for each in before.operations]
        self._check("tenant_isolation", before.merchant_id == after.merchant_id, f"{after.id} changed hands")
        if len(known) > len(ids):
            self._withdrawn(before, before.latest)
        self._check("accepted_order", ids[: len(known)] == known[: len(ids)], f"{after.id}: {known} → {ids}")

    def _amounts(self, payment: Payment) -> None:
        standing = stored_standing(payment)
        positive = all(each.amount > 0 for each in payment.operations)
        in_bounds = standing.reserved <= standing.captured <= standing.authorized
        self._check("money_in_bounds", positive and in_bounds, f"{payment.id}: {standing}")

    def _absorbed(self, before: Payment, after: Payment) -> None:
        old, new = stored_standing(before), stored_standing(after)
        final = old.status in ABSORBING or old.status == "captured"
        self._check("terminal_absorbs", not final or old.status == new.status, f"{after.id}: {old} → {new}")

    def _changed_operation(self, payment: Payment, old: Operation, new: Operation) -> None:
        if _resolved(old):
            kept = old.outcome == new.outcome and old.finished_at == new.finished_at
            self._check("terminal_absorbs", kept, f"{new.id}: {old.outcome} → {new.outcome}")
        elif isinstance(new.outcome, Approved):
            took = self._left((payment.id, new.id), new, self.world.now)
            self._check(
                "approved_means_done", took == new.amount == new.outcome.amount, f"{new}: {took} took effect"
            )
        elif isinstance(new.outcome, Declined):
            self._declined(payment, new)

    def _declined(self, payment: Payment, operation: Operation) -> None:
        """A no of the processor, or absence after the window: and nothing that shows the contrary."""
        place = (payment.id, operation.id)
        nos = [each for each in self.processor.verdicts if self.intents.get(each.request.key) == place]
        sent = [at for key, at in self.processor.unanswered.items() if self.intents.get(key) == place]
        old_enough = self.world.now - max([operation.started_at, *sent]) >= RULES.not_found * 1000
        visible = self._left(place, operation, self.world.now - (self.lags.books if old_enough else 0))
        done = bool(visible) or (self._pending(place, operation) and not old_enough)
        undone = visible is None
        over = not visible and self._can_not_happen(payment, operation)
        evident = over or (not done and (bool(nos) or undone or old_enough)) or self._owed(payment, operation)
        self._check("unknown_needs_evidence", evident, f"{operation}: {visible} took effect")

    def _owed(self, payment: Payment, operation: Operation) -> bool:
        """Whether less was approved than asked for, and the release of that begins with the decline."""
        effects = [e for e in self.processor.effects if self.intents.get(e.key) == (payment.id, operation.id)]
        targets = {each.target for each in payment.operations}
        parts = [each.amount < operation.amount and each.reference in targets for each in effects]
        return bool(parts) and all(parts)

    def _can_not_happen(self, payment: Payment, operation: Operation) -> bool:
        """Whether the processor's own state excludes it for good."""
        mine = [each for each in self.processor.effects if each.order_id == payment.id]
        now = state_of([each for each in mine if about(each) == payment.processor_reference])
        if now is None:
            return False
        if operation.kind is Kind.REFUND:
            return operation.means is not Means.REFUND and self.processor.batch_closed(self.world.now)
        return now.reversed or now.expired

    def _withdrawn(self, payment: Payment, operation: Operation) -> None:
        """Only what certainly never reached the processor is forgotten."""
        place = (payment.id, operation.id)
        reached = any(self.intents.get(each.key) == place for each in self.processor.effects)
        self._check(
            "no_lost_charge",
            not reached and not self._pending(place, operation),
            f"{operation} was withdrawn",
        )

    def _pending(self, place: tuple[str, str], operation: Operation) -> bool:
        """Whether a request is still on its way to its effect, other than to the reversal of one."""
        mine = [each for each in self.processor.on_the_way if self.intents.get(each.key) == place]
        keys = {e.key for e in mine if e.kind != "reversal" or operation.kind is Kind.VOID}
        return any(not self.processor.answered(key) for key in keys)

    def _left(self, place: tuple[str, str], operation: Operation, until: int) -> int | None:
        """What took effect for an operation by then, and wasn't reversed. None: it was, all of it."""
        effects = [each for each in self.processor.effects if self.intents.get(each.key) == place]
        done = [each for each in effects if each.at <= until]
        if operation.kind in {Kind.VOID, Kind.REFUND}:
            return sum(each.amount for each in done)
        gone = {about(each) for each in effects if each.kind in {"reversal", "refund"}}
        done = [each for each in done if each.kind not in {"reversal", "refund"}]
        left = [each for each in done if about(each) not in gone]
        return None if done and not left else sum(each.amount for each in left)

    def _seen_as_stored(self, payment: Payment) -> None:
        standing, shown = stored_standing(payment), payment_object(payment)
        amounts = (shown["amount_authorized"], shown["amount_captured"], shown["amount_refunded"])
        same = shown["status"] == standing.status
        same &= amounts == (standing.authorized, standing.captured, standing.refunded)
        same &= shown["amount_refundable"] == standing.captured - standing.reserved
        self._check("views_agree", same, f"{payment.id} is shown as {shown}, and is {standing}")

    def _check(self, invariant: str, holds: bool, detail: str) -> None:
        if not holds:
            self.world.wrong(invariant, detail)


def _replaced(before: Payment, after: Payment) -> bool:
    """Whether the end of an authorization has taken the place of an operation that had no effect."""
    same_place = len(before.operations) == len(after.operations)
    return same_place and before.latest.id != after.latest.id


def _resolved(operation: Operation) -> bool:
    return isinstance(operation.outcome, Approved | Declined)
