"""An exchange: what is assumed of Payroc, and how that is found out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ops.uat.bench import Bench

Observed = dict[str, Any]
"""Facts by name, comparable from one environment to the other: no ids, times or amounts of chance."""


@dataclass(frozen=True)
class Exchange:
    """`assumption`: a sentence. `assumed`: the facts that it comes to. `observe` finds them out."""

    name: str
    assumption: str
    assumed: Observed
    observe: Callable[[Bench], Observed]


EXCHANGES: dict[str, Exchange] = {}
"""All that are declared, by name, in the order in which they are carried out."""


def exchange(assumption: str, **assumed: Any) -> Callable[[Callable[[Bench], Observed]], Exchange]:
    """Declare the decorated function an exchange: its name, with hyphens, is the function's."""

    def declare(observe: Callable[[Bench], Observed]) -> Exchange:
        name = observe.__name__.replace("_", "-")
        declared = Exchange(name, assumption, assumed, observe)
        if EXCHANGES.setdefault(name, declared) is not declared:
            raise ValueError(f"There are two exchanges {name}")
        return declared

    return declare
