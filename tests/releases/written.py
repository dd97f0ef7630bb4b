"""Rows as this release writes them, of every kind. `python -m tests.releases.written` records them.

Rows of a release lie in `rows/<version>.json` for as long as a stage may hold them, which is for ever. Only
published test cards, and sealed ones at that: what stands for ciphertext and MAC is text.
"""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.examples import DECLINE, EXCHANGE, NOW, merchant, operation, payment
from tests.infra.graphs import ROOT
from tollgate.adapters.clients_rows import client_row, merchant_row
from tollgate.adapters.items import item_of
from tollgate.adapters.payment_rows import payment_row
from tollgate.adapters.session_rows import session_row
from tollgate.adapters.vault.rows import key_row, token_row
from tollgate.domain.card import Brand, CardSummary
from tollgate.domain.checkout import CheckoutSession
from tollgate.domain.merchant import Client, Scope
from tollgate.domain.operation import Claim, Kind, Means, Statement, release
from tollgate.domain.outcome import Approved, Declined, InDoubt, Unknown
from tollgate.domain.payment import ByCard, CaptureMethod, Payment, Terms
from tollgate.domain.token import CardIdentity, SealedCard, StoredToken

ROWS = Path(__file__).parent / "rows"
LISTING = "mer_one#2027-01#0"
Rows = dict[str, dict[str, Any]]


def version() -> str:
    """Of this release, as `pyproject.toml` says it."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project["version"]


def payments() -> dict[str, Payment]:
    """Payments in each state that a row can be in."""
    executing = payment()
    captured = replace(executing.settled(Approved("P1", 10_000), NOW + 900), version=2)
    refunding = captured.begun(operation(Kind.REFUND, "ref_one", 4_000))
    held = payment(capture_method=CaptureMethod.MANUAL).settled(Approved("P2", 10_000), NOW + 900)
    by_card = replace(
        executing,
        method=ByCard(CardIdentity(1, b"identity"), b"digest"),
        fingerprint="fp_one",
        terms=Terms(10_000, "USD", CaptureMethod.AUTOMATIC, "order-1", "Two lamps", {"cart": "7"}),
    )
    soon = NOW + 60_000
    owed = release("pay_one", "P1", 4_000, EXCHANGE, NOW + 900)
    said = Statement(True, "RE1", "ticket 7", "ann", NOW + 7_000, "req-9")
    return {
        "executing": executing,
        "captured": captured,
        "declined": executing.settled(Declined(DECLINE), NOW + 900),
        "unknown": executing.unsettled(Unknown("no answer"), soon, soon),
        "in doubt": refunding.unsettled(InDoubt("two entries"), soon, soon),
        "approved in part": executing.declined_owing(Declined(DECLINE), owed, None),
        "held": held,
        "captured in part": held.begun(operation(Kind.CAPTURE, "cap_one", 4_000, final=False)),
        "refunded": refunding.choosing(Means.PARTIAL_REVERSAL).settled(Approved("R1", 4_000), NOW + 5_000),
        "stated": refunding.stated(said),
        "claimed": refunding.claimed(Claim("look-1", NOW + 40_000, opens_card=True), NOW + 80_000),
        "paid by card": by_card,
        "watched": executing.settled(Declined(DECLINE), NOW + 900).watching(NOW + 600_000),
    }


def token() -> StoredToken:
    return StoredToken(
        id="tok_one",
        merchant_id="mer_one",
        summary=CardSummary(Brand.VISA, "7062", 12, 2030),
        fingerprint="fp_one",
        identity=CardIdentity(1, b"identity"),
        jwe_digest=b"digest",
        sealed=SealedCard(1, b"ciphertext"),
        created_at=NOW,
    )


def client() -> Client:
    return Client("cli_one", "mer_one", frozenset(Scope), ("digest-1", "digest-2"), "key-1", False, NOW)


def session() -> CheckoutSession:
    return CheckoutSession(
        id="cks_aaaaaaaaaaaaaaaaaaaa",
        merchant_id="mer_one",
        terms=Terms(10_000, "USD", CaptureMethod.MANUAL, "order-1", "Two lamps", {"cart": "7"}),
        return_url="https://shop.example/paid",
        origins=("https://shop.example",),
        secret_version=1,
        created_at=NOW,
    )


def written() -> Rows:
    """Each row as DynamoDB's item, by table and case."""
    rows = {f"payments: {case}": payment_row(each, LISTING) for case, each in payments().items()}
    rows["clients: merchant"] = merchant_row(merchant())
    rows["clients: client"] = client_row(client())
    rows["vault: token"] = token_row(token())
    rows["sessions: session"] = session_row(session())
    rows["vault: merchant's key"] = key_row("mer_one", b"wrapped")
    return {name: item_of(row) for name, row in rows.items()}


def as_text(rows: Rows) -> str:
    """JSON, one row a line; bytes in hexadecimal."""
    lines = (
        f"{json.dumps(name)}: {json.dumps(row, sort_keys=True, default=bytes.hex)}"
        for name, row in sorted(rows.items())
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def recorded(release: str) -> Rows:
    """The rows of a release, as DynamoDB's items."""
    return json.loads((ROWS / f"{release}.json").read_text(encoding="utf-8"), object_hook=_with_bytes)


def _with_bytes(value: dict[str, Any]) -> dict[str, Any]:
    return {"B": bytes.fromhex(value["B"])} if value.keys() == {"B"} else value


if __name__ == "__main__":
    path = ROWS / f"{version()}.json"
    path.write_text(as_text(written()), encoding="utf-8")
    print(f"Wrote {path.relative_to(ROOT)}.")
