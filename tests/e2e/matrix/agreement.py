"""Whether API, audit trail and the processor's own books agree on what came of the cases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.e2e.caller import Caller, Object
from tests.e2e.matrix.cases import Case
from tests.e2e.matrix.flows import DECLINED, DONE, FAILED, PAID
from tests.e2e.matrix.striking import Struck
from tests.e2e.matrix.verdict import UNKNOWN, outcomes, requested
from tests.e2e.processor import Processor, as_told
from tests.integration.local.project import eventually

CODES = {DECLINED: {"card_declined", "refund_declined"}, FAILED: {"processor_error"}}
ASKING = 4
TRAIL_SECONDS = 60
FIRST_HASH = "0" * 64


@dataclass(frozen=True)
class Told:
    """What everybody says of one case. `answer`: what the same request hears in the end."""

    struck: Struck
    answer: Object
    outcome: int
    payment: Object
    refund: Object | None
    effects: Sequence[tuple[str, int]]


def disagreements(struck: Sequence[Struck], shop: Caller, processor: Processor) -> list[str]:
    """What is wrong, a line each. The operations are resolved, and `shop`'s merchant has no others."""
    effects: dict[str, list[Object]] = defaultdict(list)
    for entry in processor.transactions():
        effects[entry["order_id"]].append(entry)
    payments = {each["id"]: each for page in shop.pages("/v1/payments", limit=100) for each in page}
    with ThreadPoolExecutor(ASKING) as threads:
        told = list(
            threads.map(
                lambda each: _told(each, shop, payments[each.payment_id], as_told(effects[each.payment_id])),
                struck,
            )
        )
    wrong = [f"{each.struck}: {line}" for each in told for line in _wrong(each)]
    return wrong + _wrong_on_trail(told, shop)


def _told(struck: Struck, shop: Caller, payment: Object, effects: Sequence[tuple[str, int]]) -> Told:
    refund = struck.refund_id and shop.get(f"/v1/payments/{payment['id']}/refunds/{struck.refund_id}").json()
    answer = struck.again(shop)
    assert answer.headers.get("Idempotent-Replayed") == "true", f"{struck}: made anew"
    return Told(struck, answer.json(), answer.status_code, payment, refund or None, effects)


def _wrong(told: Told) -> Iterator[str]:
    case, outcome, payment = told.struck.case, told.outcome, told.payment
    flow = case.flow
    first = UNKNOWN if flow.deferred else requested(case).told
    if told.struck.first not in (first, None):
        yield f"the request heard {told.struck.first}, not {first}"
    if outcome not in outcomes(case):
        yield f"it came to {outcome}, not {outcomes(case)}"
        return
    if outcome != DONE and told.answer["code"] not in CODES[outcome]:
        yield f"its code is {told.answer['code']}"
    shown = (payment["amount_captured"], payment["amount_refunded"])
    if (payment["status"], shown) != (flow.shown[outcome], flow.parts[outcome]):
        yield f"the API shows {payment['status']} {shown}"
    if told.refund and told.refund["status"] != ("succeeded" if outcome == DONE else "failed"):
        yield f"the refund is {told.refund['status']}"
    if list(told.effects) != _effects(case, outcome):
        yield f"{outcome}, and the processor's books show {told.effects}"


def _effects(case: Case, outcome: int) -> list[tuple[str, int]]:
    """What the processor's books show in the end."""
    flow = case.flow
    before = [(flow.before, PAID)] if flow.before else []
    if requested(case).in_part:
        kind, half = flow.effect[0], PAID // 2
        return [(kind, half), ("reversal" if flow.manual else "refund", half)]
    return [*before, flow.effect] if outcome == DONE else before


def _wrong_on_trail(told: Sequence[Told], shop: Caller) -> list[str]:
    """The trail follows by seconds: asked until it is complete, or time is up."""
    wrong: list[str] = []

    def complete() -> bool:
        chains = _chains(shop)
        wrong[:] = [
            f"{each.struck}: the trail shows {found}, not {expected}"
            for each in told
            if (found := _actions(chains[each.struck.payment_id])) != (expected := _expected(each))
        ]
        return not wrong

    try:
        eventually(complete, TRAIL_SECONDS)
    except AssertionError:
        return wrong
    return []


def _chains(shop: Caller) -> Mapping[str, list[Object]]:
    """Of each payment the records of its chain, oldest first."""
    chains: dict[str, list[Object]] = defaultdict(list)
    for page in shop.pages("/v1/audits", limit=100):
        for record in page:
            if record["chain"]:
                chains[record["chain"]["id"]].append(record)
    for records in chains.values():
        records.sort(key=lambda record: record["chain"]["sequence"])
    return chains


def _actions(records: Sequence[Object]) -> list[tuple[str, str]]:
    """Action and outcome of a chain without holes; what breaks it stands for itself."""
    hash_, actions = FIRST_HASH, []
    for number, record in enumerate(records, start=1):
        chain = record["chain"]
        if (chain["sequence"], chain["previous_hash"]) != (number, hash_):
            return [("broken", f"at {chain['sequence']}")]
        hash_ = chain["hash"]
        actions.append((record["action"], record["outcome"]))
    return actions


def _expected(told: Told) -> list[tuple[str, str]]:
    flow = told.struck.case.flow
    before = [flow.action_before] if flow.before else []
    opened = ["payment.created", *before, *flow.creates] if flow.before else list(flow.creates)
    closing = (flow.closing[told.outcome], "success" if told.outcome == DONE else "failure")
    given_back = [("payment.canceled", "success")] if requested(told.struck.case).in_part else []
    return [*((action, "success") for action in opened), closing, *given_back]
