"""The `sweeper` function: every minute, queue what is due."""

from typing import Any

from tollgate import telemetry
from tollgate.operations.sweep import sweep
from tollgate.wiring.sweeper import world


def handler(_event: dict[str, Any], _context: object) -> None:
    here = world()
    swept = sweep(here.payments, here.queue, here.clock, here.shards)
    telemetry.swept(swept.found, swept.queued, swept.oldest_age)
