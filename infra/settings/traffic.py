"""How much traffic is let in."""

from msgspec import Struct

from infra.settings.kinds import Positive


class Throttle(Struct, frozen=True, forbid_unknown_fields=True):
    """`rate`: steady requests per second. `burst`: requests at once."""

    rate: Positive
    burst: Positive
