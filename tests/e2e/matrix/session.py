"""What `tollgate faults` does."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import schemathesis

from local.simulator.faults import FaultKind
from onboarding import Stage
from ops.options import ROOT
from tests.e2e.caller import Caller
from tests.e2e.matrix.agreement import disagreements
from tests.e2e.matrix.cases import Case, every_case, selection
from tests.e2e.matrix.convergence import Unresolved, wait_until_resolved
from tests.e2e.matrix.laptop import Laptop
from tests.e2e.matrix.looks import strike_looks
from tests.e2e.matrix.striking import Striking, Struck, Tell
from tests.e2e.processor import Processor
from tests.e2e.sweeps import Sweeps

AT_ONCE = 320
"""Cases before everything has to resolve: what they leave open is well within two minutes' work of the
laptop's two workers."""
PROGRESS_SECONDS = 5.0


class Broken(Exception):
    """Somebody disagrees, or something has no outcome."""


def strike(laptop: Laptop, cases: Sequence[Case], tell: Tell) -> list[Struck]:
    """Carry out all cases: each request meets its faults, then each look those that come later.

    Sweeps have to rest meanwhile. No fault is left.
    """
    try:
        struck = Striking(laptop, tell).all(cases)
        strike_looks(laptop, struck, tell)
    finally:
        laptop.processor.works()
    return struck


def run(local: dict[str, Any], say: Tell, show: Tell, *, every_pair: bool) -> None:
    """On the laptop cloud that `local` (`local.json`) describes: `say` gets progress, `show` figures.

    Raises `Broken`.
    """
    began, longest = time.monotonic(), 0.0
    cases = sorted(every_case() if every_pair else selection(), key=_kind)
    chunks = [cases[start : start + AT_ONCE] for start in range(0, len(cases), AT_ONCE)]
    heard: Counter[int | None] = Counter()
    for number, chunk in enumerate(chunks, start=1):
        laptop, tell = _laptop(local), _every_few_seconds(say, f"part {number} of {len(chunks)}: ")
        with Sweeps.of(laptop.stage).resting():
            struck = strike(laptop, chunk, tell)
        seconds = _settled(laptop, struck, tell)
        longest = max(longest, seconds)
        heard.update(each.first for each in struck if each.case.strikes)
        show(f"part {number} of {len(chunks)}: {len(chunk)} cases, all resolved after {seconds:.0f} s")
    answers = ", ".join(f"{heard[status]:,} heard {status}" for status in sorted(heard, key=str))
    minutes = (time.monotonic() - began) / 60
    show(f"{len(cases):,} cases in {minutes:.0f} minutes: {answers}")
    show(f"Everything was resolved {longest:.0f} s after the last fault, or sooner.")
    show("API, audit trail and the processor's books agree on all of them.")


def _settled(laptop: Laptop, struck: Sequence[Struck], tell: Tell) -> float:
    since, laptop = time.monotonic(), laptop.again()
    try:
        seconds = wait_until_resolved(laptop.shop, {each.payment_id for each in struck}, since, tell)
    except Unresolved as unresolved:
        raise Broken(str(unresolved)) from None
    tell("comparing API, trail and the processor's books")
    if wrong := disagreements(struck, laptop.again().shop, laptop.processor):
        raise Broken("\n".join(wrong))
    return seconds


def _laptop(local: dict[str, Any]) -> Laptop:
    contract = schemathesis.openapi.from_path(ROOT / "runtime" / "openapi.yaml")
    anyone = Caller(
        local["base_url"], local["merchant_id"], local["client_id"], local["client_secret"], contract
    )
    processor = Processor(local["simulator_url"], local["simulator_api_key"])
    return Laptop.with_new_merchant(anyone, processor, Stage.local(local))


def _kind(case: Case) -> int:
    """So that what meets the same faults later is carried out together."""
    return tuple(FaultKind).index(case.later[0][1] if case.later else case.strikes[0][0])


def _every_few_seconds(say: Callable[[str], None], prefix: str) -> Tell:
    last = 0.0

    def tell(line: str) -> None:
        nonlocal last
        if time.monotonic() - last >= PROGRESS_SECONDS:
            last = time.monotonic()
            say(prefix + line)

    return tell
