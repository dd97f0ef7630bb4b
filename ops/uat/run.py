"""Carrying the exchanges out, keeping what was said, and comparing it with what was said elsewhere."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from onboarding.failure import Failure
from ops.uat.bench import Bench, NotYet
from ops.uat.exchange import Exchange, Observed
from ops.uat.exchanges import EXCHANGES
from ops.uat.hosts import Hosts
from ops.uat.redaction import saved

NOTES = "notes.json"


class Verdict(StrEnum):
    HOLDS = "holds"
    DIFFERS = "differs"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Finding:
    """`observed` is empty unless it was found out; `remark` says why not."""

    exchange: Exchange
    verdict: Verdict
    observed: Observed
    remark: str = ""

    @property
    def differences(self) -> list[str]:
        """Fact by fact, what was assumed and what was observed."""
        return differences(self.exchange.assumed, self.observed) if self.verdict is Verdict.DIFFERS else []


def carry_out(
    hosts: Hosts, folder: Path | None = None, pause: Callable[[float], None] = time.sleep
) -> Iterator[Finding]:
    """Each exchange in turn. With a `folder`, what was said is kept there, what is there already isn't asked
    again, and payments that have to wait for their batch or their end are remembered there.

    Raises Failure for a wrong key, `NotRedacted` rather than to keep a secret.
    """
    notes = _read(folder / NOTES) if folder and (folder / NOTES).exists() else {}
    bench = Bench(hosts, pause, notes)
    bench.wire.authorize()
    for exchange in EXCHANGES.values():
        if folder and fixture(folder, exchange).exists():
            yield _judged(exchange, _read(fixture(folder, exchange))["observed"])
            continue
        yield _carried_out(exchange, bench, folder)


def compare(
    folder: Path, hosts: Hosts, pause: Callable[[float], None] = time.sleep
) -> Iterator[tuple[str, list[str]]]:
    """What `hosts` (the simulator) does otherwise than what is kept in `folder`, by exchange.

    Raises Failure if nothing is kept there.
    """
    kept = [each for each in EXCHANGES.values() if fixture(folder, each).exists()]
    if not kept:
        raise Failure(f"There is no exchange in {folder}.", "Keep some first: `tollgate uat --into …`.")
    bench = Bench(hosts, pause)
    bench.wire.authorize()
    for exchange in kept:
        said = _read(fixture(folder, exchange))["observed"]
        yield exchange.name, differences(said, exchange.observe(bench))


def differences(assumed: Observed, observed: Observed) -> list[str]:
    """A line for each fact that isn't the same."""
    return [
        f"{name}: {assumed.get(name, 'nothing')!r} was assumed, {observed.get(name, 'nothing')!r} observed"
        for name in sorted(assumed.keys() | observed.keys())
        if assumed.get(name) != observed.get(name)
    ]


def fixture(folder: Path, exchange: Exchange) -> Path:
    """Where an exchange is kept."""
    return folder / f"{exchange.name}.json"


def _carried_out(exchange: Exchange, bench: Bench, folder: Path | None) -> Finding:
    first = len(bench.wire.calls)
    try:
        observed = exchange.observe(bench)
    except NotYet as waiting:
        if folder:
            _write(folder / NOTES, json.dumps(bench.notes, indent=2) + "\n")
        return Finding(exchange, Verdict.NOT_YET, {}, str(waiting))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        return Finding(exchange, Verdict.DIFFERS, {}, f"an answer lacks what is assumed: {error!r}")
    if folder:
        document = {
            "exchange": exchange.name,
            "assumption": exchange.assumption,
            "host": bench.hosts.api_url,
            "observed": observed,
            "calls": bench.wire.calls[first:],
        }
        _write(fixture(folder, exchange), saved(document, bench.wire.secrets))
    return _judged(exchange, observed)


def _judged(exchange: Exchange, observed: Observed) -> Finding:
    verdict = Verdict.HOLDS if observed == exchange.assumed else Verdict.DIFFERS
    return Finding(exchange, verdict, observed)


def _read(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text())
    except ValueError:
        raise Failure(f"{path} can't be read.", "Remove it, and run the command again.") from None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
