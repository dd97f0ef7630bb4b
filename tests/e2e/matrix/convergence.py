"""Waiting until everything is resolved, nobody asking for it."""

import time
from collections.abc import Collection

from tests.e2e.caller import Caller
from tests.e2e.matrix.striking import Tell

WITHIN = 120
"""Seconds in which everything resolves after the processor works again."""
PAUSE_SECONDS = 2
"""Each look at the list leaves records on the trail."""


class Unresolved(Exception):
    """Operations have no outcome although there was time enough."""


def wait_until_resolved(shop: Caller, payment_ids: Collection[str], since: float, tell: Tell) -> float:
    """Seconds from `since` (`time.monotonic`) until all of them were seen resolved. Raises `Unresolved`."""
    while True:
        listed = {each["id"]: each for page in shop.pages("/v1/payments", limit=100) for each in page}
        open_ = [each for each in payment_ids if each not in listed or listed[each]["next_check_at"]]
        seconds = time.monotonic() - since
        if not open_:
            return seconds
        progress = f"{len(open_)} of {len(payment_ids)} without an outcome"
        if seconds > WITHIN:
            raise Unresolved(f"{progress} {WITHIN} s after the last fault, of them {open_[0]}")
        tell(f"{seconds:.0f} s after the last fault: {progress}")
        time.sleep(PAUSE_SECONDS)
