"""A processor for the laptop and for tests: it speaks Payroc's wire contract and keeps honest books.

It stands in for Payroc's hosts: the API is at `url + "/v1"`, the identity service at `url`. What Payroc
leaves undocumented is decided here, and said where it is decided. Amounts of exactly 4901, 4902 and 1403 are
declined (`issuer`). Faults are ordered (`faults`), and so is what happens without a request (`controls`).
"""

from local.simulator.server import Simulator, start

__all__ = ["Simulator", "start"]
