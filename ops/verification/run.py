"""All checks, several at a time."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from ops.verification import (
    archive,
    backup,
    compute,
    data,
    detection,
    edge,
    identity,
    network,
    observability,
)
from ops.verification.account import Account
from ops.verification.check import Check, Verdict, judge

TOPICS = (edge, network, data, compute, detection, archive, backup, observability, identity)
CHECKS: tuple[Check, ...] = tuple(check for topic in TOPICS for check in topic.CHECKS)
# AWS answers some of these calls a few times a second only.
AT_ONCE = 8


def verify(account: Account, told: Callable[[Verdict], None]) -> Sequence[Verdict]:
    """The verdict of every check, in the order of `CHECKS`. `told` hears of each as it is found."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        pending = [threads.submit(judge, check, account) for check in CHECKS]
        for done in as_completed(pending):
            told(done.result())
        return [each.result() for each in pending]
