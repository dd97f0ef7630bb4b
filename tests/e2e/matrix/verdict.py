"""What must come of a case: told from the faults alone, without the runtime's rules."""

from collections.abc import Iterable
from dataclasses import dataclass

from local.simulator.faults import FaultKind, Route
from tests.e2e.matrix.cases import OWN, SENDS, Case
from tests.e2e.matrix.flows import DECLINED, DONE, FAILED, Batch

UNAVAILABLE, UNKNOWN = 503, 202
BEFORE_EFFECT = {FaultKind.TIMEOUT_BEFORE_EFFECT, FaultKind.ERROR_500, FaultKind.ERROR_503}
AFTER_EFFECT = {FaultKind.TIMEOUT_AFTER_EFFECT, FaultKind.CONNECTION_RESET_AFTER_EFFECT}
DECISIONS: dict[FaultKind | None, int] = {FaultKind.DECLINED: DECLINED, FaultKind.REFUSED: FAILED}


@dataclass(frozen=True)
class Sent:
    """What became of all sends of one request. `decided`: the processor's decision, which the first send
    that reaches it gets, and all others with the same key repeat. `told`: what the caller hears then.
    `in_part`: a part was approved, which is given back afterwards."""

    decided: int | None
    told: int
    in_part: bool = False


def sent(kinds: Iterable[FaultKind | None]) -> Sent:
    """`kinds`: the fault that meets each send, None for none."""
    decided: int | None = None
    uncertain = False
    for kind in kinds:
        if kind is FaultKind.RATE_LIMITED:
            return Sent(decided, UNKNOWN if uncertain else UNAVAILABLE)
        if kind in BEFORE_EFFECT:
            uncertain = True
            continue
        if decided is None and kind is FaultKind.PARTIAL_APPROVAL:
            return Sent(DECLINED, DECLINED, in_part=True)
        decided = decided or DECISIONS.get(kind, DONE)
        if kind in AFTER_EFFECT:
            uncertain = True
        elif decided == FAILED and uncertain:  # a refusal may be of this send alone
            return Sent(decided, UNKNOWN)
        else:
            return Sent(decided, decided)
    return Sent(decided, UNKNOWN)


def requested(case: Case) -> Sent:
    """The request's own sends, or a deferred operation's first look."""
    struck = [kind for kind, count in case.strikes for _ in range(count)]
    return sent((struck + [None] * SENDS)[:SENDS])


def outcomes(case: Case) -> set[int]:
    """How it may end.

    In more than one way only if it depends on a look: whether that met the faults that waited for it (the
    circuit may have been open), and if it certainly couldn't send the request again, whether the books had
    been silent for long enough by then.
    """
    first = requested(case)
    if first.decided:
        return {first.decided}
    if case.flow.by_card and first.told == UNKNOWN:  # the card's code isn't kept: it can't be sent again
        return {FAILED}
    if first.told == UNAVAILABLE and not case.flow.deferred:  # but the same request again is accepted
        return {DONE}
    looks = [sent([kind] * SENDS) for route, kind, _ in case.later if route is OWN]
    if case.flow.batch is Batch.CLOSING:  # what isn't reversed by then can't be any more
        return {FAILED, *(look.decided for look in looks if look.decided == DECLINED)}
    never_sent_again = any(look.told == UNAVAILABLE for look in looks) and case.flow.route is Route.CREATE
    return {DONE, *(look.decided for look in looks if look.decided), *((FAILED,) if never_sent_again else ())}
