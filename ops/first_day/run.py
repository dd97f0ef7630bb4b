"""All trials at the same time: most of them wait."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from ops.first_day import alerts, backups, edge, functions, outside, records
from ops.first_day.bench import Bench
from ops.first_day.trial import Saw, Trial, attempt

TRIALS: tuple[Trial, ...] = tuple(
    trial for module in (alerts, records, backups, functions, edge, outside) for trial in module.TRIALS
)


def try_all(bench: Bench, told: Callable[[Saw], None]) -> Sequence[Saw]:
    """What each trial saw, in the order of `TRIALS`. `told` hears of each as it ends."""
    with ThreadPoolExecutor(len(TRIALS)) as threads:
        pending = [threads.submit(attempt, trial, bench) for trial in TRIALS]
        for done in as_completed(pending):
            told(done.result())
        return [each.result() for each in pending]
