"""The exchanges, by what they are about."""

from ops.uat.exchange import EXCHANGES
from ops.uat.exchanges import amounts, answers, books, captures, keys, refunds, reversals

__all__ = ["EXCHANGES", "amounts", "answers", "books", "captures", "keys", "refunds", "reversals"]
