"""Open a checkout session: a merchant says what a page may pay."""

from dataclasses import dataclass
from typing import Protocol

from tollgate.domain.audit import Action, Audit, AuditOutcome, Exchange, Resource
from tollgate.domain.checkout import CheckoutSession
from tollgate.domain.errors import Code, Refusal
from tollgate.domain.identifiers import derived_id
from tollgate.domain.merchant import Merchant
from tollgate.operations.create_payment import check_currency
from tollgate.ports import CheckoutSessions, Trail

CREATED = 201


class SessionPorts(Protocol):
    """What opening a session needs."""

    @property
    def sessions(self) -> CheckoutSessions: ...
    @property
    def trail(self) -> Trail: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A session; `replayed` if an earlier request opened it."""

    session: CheckoutSession
    replayed: bool


def open_session(
    wanted: CheckoutSession, merchant: Merchant, asked_by: Exchange, ports: SessionPorts
) -> Opened:
    """The session, on record, or the one that this key opened before.

    Raises `Refusal`: `currency_unsupported`, `idempotency_key_reused`.
    """
    try:
        check_currency(wanted.terms, merchant)
    except Refusal:
        known = ports.sessions.find(wanted.id)
        if known is None:
            raise
    else:
        known = ports.sessions.add(wanted)
    if known and not known.asks_the_same(wanted):
        raise Refusal(
            Code.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used before, for another request."
        )
    session = known or wanted
    ports.trail.record(_opening(session, asked_by))
    return Opened(session, replayed=known is not None)


def _opening(session: CheckoutSession, asked_by: Exchange) -> Audit:
    """Always the same record: a request that died before it was made has a repetition that makes it."""
    return Audit(
        id=derived_id("aud_", session.id, Action.CHECKOUT_SESSION_CREATED),
        merchant_id=session.merchant_id,
        at=session.created_at,
        exchange=asked_by,
        action=Action.CHECKOUT_SESSION_CREATED,
        resource=Resource("checkout_session", session.id),
        outcome=AuditOutcome.SUCCESS,
        status=CREATED,
        ids=(session.id,),
    )
