"""When a function's world is made: as it starts, where Lambda starts it."""

import os
from collections.abc import Callable
from contextlib import suppress


def made_at_start(world: Callable[[], object]) -> None:
    """Make the world now, in Lambda: a start has more of a processor than a request has, and what provisioned
    concurrency keeps warm is then warm.

    Whatever fails now fails again at the first request, which answers for it and tells why.
    """
    if "AWS_LAMBDA_INITIALIZATION_TYPE" in os.environ:
        with suppress(Exception):
            world()
