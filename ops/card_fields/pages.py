"""The card fields' inventory: for people (PCI DSS 4.0.1, 6.4.3), for shops, and to compare with (11.6.1)."""

import re
from pathlib import Path

from infra.fields.release import LOADER, WEB, integrity, path_of, sources
from ops.options import ROOT

SCRIPTS = ROOT / "docs" / "scripts.md"
CHECKOUT = ROOT / "docs" / "integrate" / "checkout.md"
OWNERS = ROOT / ".github" / "CODEOWNERS"
# The address and the hash of the loader, as a shop's page names them.
NAMED = re.compile(
    r'(?<=https://js\.pay\.example\.com)/\S+" crossorigin="anonymous"\n  integrity="sha384-[A-Za-z0-9+/=]+'
)
PURPOSE = re.compile(r"^/\*\*?\s*(?:\* )?(.+?\.)(?:\s|$)", re.DOTALL)
PURPOSES = {
    "card.html": "The frame with the card fields.",
    "card/card.css": "How the card fields look.",
    "checkout.html": "The hosted page of a checkout session.",
    "checkout/page.css": "How the hosted page looks.",
}
BEGINNING = """\
<!-- Written by `tollgate fields inventory`, and checked by the tests: don't edit it. -->
# Scripts of the payment page

Every file that a shopper's browser gets from the card fields' origin: what it is for, the hash of its
content, and who has to approve a change (`.github/CODEOWNERS`, the last line that fits). PCI DSS 4.0.1 asks
for this list in 6.4.3. The files are served as they are in `web/`; a page names its stage's API, so that its
hash there is another, which `tollgate fields check` knows.

No other script runs in the frame or in the hosted page: their policies allow those of their own origin alone,
without inline code. The shop's page has scripts of its own, and its own list.

| file | what it is for | content | a change is approved by |
|---|---|---|---|
"""


def scripts_page(owners: Path = OWNERS) -> str:
    """The inventory as a page."""
    approving = " ".join(_owners(owners.read_text(encoding="utf-8")))
    rows = (
        f"| `web/{name}` | {_purpose(name, content)} | `{integrity(content)}` | {approving} |"
        for name, content in sources().items()
    )
    return BEGINNING + "\n".join(rows) + "\n"


def naming_loader(page: str) -> str:
    """The page for integrators, with the address and the hash of this release. Raises `ValueError` if it
    doesn't name any."""
    own = f'{path_of(LOADER)}" crossorigin="anonymous"\n  integrity="{integrity(sources()[LOADER])}'
    named, found = NAMED.subn(own, page)
    if not found:
        raise ValueError(f"{CHECKOUT.name} names no loader")
    return named


def _purpose(name: str, content: bytes) -> str:
    if given := PURPOSES.get(name):
        return given
    said = PURPOSE.match(content.decode())
    if said is None:
        raise ValueError(f"{WEB.name}/{name} doesn't begin with what it is for")
    return " ".join(said[1].replace("\n *", "\n").split())


def _owners(text: str) -> list[str]:
    """Of `/web/`: later lines win."""
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return [owners for pattern, *owners in lines if pattern in ("*", "/web/")][-1]
