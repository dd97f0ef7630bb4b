"""What the operations need from the world. Adapters and the tests' fakes pass the same contract tests."""

from tollgate.ports.access import AccessTokens, AllMerchants, Clients, KeySet, Merchants
from tollgate.ports.cards import CardKeys, Vault
from tollgate.ports.checkout import CheckoutSessions, SessionSecrets
from tollgate.ports.events import EventLog, Events, Held, Movements, Outbox, Told
from tollgate.ports.payments import AllPayments, FollowUpQueue, PaymentGone, Payments, Taken
from tollgate.ports.processor import BooksUnavailable, Processor
from tollgate.ports.surroundings import Clock, Ids
from tollgate.ports.trail import Audits, Cursors, Trail
from tollgate.ports.webhooks import (
    Deliveries,
    DeliveryQueue,
    Endpoints,
    SecretOpener,
    Secrets,
    Sender,
)

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
    "Deliveries",
    "DeliveryQueue",
    "Endpoints",
    "EventLog",
    "Events",
    "FollowUpQueue",
    "Held",
    "Ids",
    "KeySet",
    "Merchants",
    "Movements",
    "Outbox",
    "PaymentGone",
    "Payments",
    "Processor",
    "SecretOpener",
    "Secrets",
    "Sender",
    "SessionSecrets",
    "Taken",
    "Told",
    "Trail",
    "Vault",
]
