"""The trail: one record for each change, in an unbroken chain, and nothing rewritten."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.world import World
from tollgate.domain.audit import Audit, audit_object
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved, Declined, FailureCategory
from tollgate.domain.payment import ByToken, CaptureMethod, Payment

ZEROS = "0" * 64


@dataclass
class TrailAuditor:
    """`chains`: of each payment, the records so far, as their JSON objects. `begun`, `uses`: how often a
    vaulted card was used for it, and on record. `opened`: how often the vault has opened one."""

    world: World
    opened: Callable[[], int]
    chains: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    uses: Counter[str] = field(default_factory=Counter)
    begun: Counter[str] = field(default_factory=Counter)

    def changed(self, before: Payment | None, after: Payment | None) -> None:
        """A stored change: a payment's request uses its card, and so does a look that may open it."""
        if after is None or not isinstance(after.method, ByToken):
            return
        first, known = after.operations[0], before and before.operations[0].claim
        self.begun[after.id] += before is None and first.deferred_at is None
        self.begun[after.id] += first.claim is not None and first.claim.opens_card and first.claim != known

    def recorded(self, audit: Audit) -> None:
        """A record that wasn't there before."""
        record = audit_object(audit)
        if record["action"] == "token.used":
            self.uses.update(record["response"]["ids"])
        chain = record.pop("chain")
        if chain is None:
            return
        known = self.chains.setdefault(chain["id"], [])
        previous = known[-1]["chain"]["hash"] if known else ZEROS
        text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        linked = chain["sequence"] == len(known) + 1 and chain["previous_hash"] == previous
        linked &= chain["hash"] == hashlib.sha256((previous + text).encode()).hexdigest()
        self._check(linked, f"record {chain['sequence']} of {chain['id']} doesn't follow {len(known)} others")
        known.append({**record, "chain": chain})

    def complete(self, payments: list[Payment]) -> None:
        """Once everything is done: exactly the records that the payments' operations mean."""
        for payment in payments:
            said = [(each["action"], each["resource"]["id"]) for each in self.chains.get(payment.id, [])]
            meant = [record for each in payment.operations for record in _meant(payment, each)]
            self._check(said == meant, f"{payment.id}: {said} is recorded, {meant} happened")
        self._check(self.uses == self.begun, f"{self.uses} uses of cards are recorded, {self.begun} happened")
        recorded = self.uses.total()
        self._check(self.opened() <= recorded, f"{self.opened()} cards were opened, {recorded} recorded")
        strays = set(self.chains) - {each.id for each in payments}
        self._check(not strays, f"records of {strays}, which don't exist")

    def _check(self, holds: bool, detail: str) -> None:
        if not holds:
            self.world.wrong("one_record_per_change", detail)


def _meant(payment: Payment, operation: Operation) -> list[tuple[str, str]]:
    approved = isinstance(operation.outcome, Approved)
    match operation.kind:
        case Kind.REFUND:
            result = "refund.succeeded" if approved else "refund.failed"
            return [("refund.created", operation.id), (result, operation.id)]
        case Kind.CAPTURE:
            return [("payment.captured", payment.id)]
        case Kind.VOID | Kind.EXPIRE:
            return [("payment.canceled", payment.id)]
        case Kind.AUTHORIZE if approved:
            at_once = payment.terms.capture_method is CaptureMethod.AUTOMATIC
            result = "payment.captured" if at_once else "payment.authorized"
            return [("payment.created", payment.id), (result, payment.id)]
        case Kind.AUTHORIZE:
            return [("payment.created", payment.id), (_failure(operation), payment.id)]


def _failure(operation: Operation) -> str:
    failure = operation.outcome.failure if isinstance(operation.outcome, Declined) else None
    refused = failure is not None and failure.category is FailureCategory.PROCESSOR_ERROR
    return "payment.failed" if refused else "payment.declined"
