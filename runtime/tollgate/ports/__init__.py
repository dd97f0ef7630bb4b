"""What the operations need from the world. Adapters and the tests' fakes pass the same contract tests."""

from tollgate.ports.access import AccessTokens, AllMerchants, Clients, KeySet, Merchants
from tollgate.ports.cards import CardKeys, Vault
from tollgate.ports.checkout import CheckoutSessions, SessionSecrets
from tollgate.ports.payments import AllPayments, FollowUpQueue, PaymentGone, Payments, Taken
from tollgate.ports.processor import BooksUnavailable, Processor
from tollgate.ports.surroundings import Clock, Ids
from tollgate.ports.trail import Audits, Cursors, Trail

__all__ = [
    "AccessTokens",
    "AllMerchants",
    "AllPayments",
    "Audits",
    "BooksUnavailable",
    "CardKeys",
    "CheckoutSessions",
    "Clients",
    "Clock",
    "Cursors",
    "FollowUpQueue",
    "Ids",
    "KeySet",
    "Merchants",
    "PaymentGone",
    "Payments",
    "Processor",
    "SessionSecrets",
    "Taken",
    "Trail",
    "Vault",
]
