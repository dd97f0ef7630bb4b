"""What the contract's tests need: a processor, and the truth about what took effect at it."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from local.simulator import Simulator, start
from local.simulator.server import utc_now
from tests.contract.processor.fake import Effect, FakeProcessor, Half
from tollgate.adapters.circuit_breaker import CircuitBreaker
from tollgate.adapters.payroc import Clock, Limits, Payroc, PayrocAccount
from tollgate.adapters.wrapped_processor import WrappedProcessor
from tollgate.domain.card import Card
from tollgate.domain.charge import Charge
from tollgate.domain.instruction import Capture, Refund, Reversal
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Approved, Outcome
from tollgate.ports import Processor

API_KEY = "simulator-key"
ACCOUNT = ProcessorAccount("payroc", "main", "1234001")
CARD = Card("4539858876047062", 12, 2034, "123", "Sarah Hopper")
PATIENT = Limits(connect_seconds=2, read_seconds=10, backoff_seconds=0, sends=3)


@dataclass(frozen=True, slots=True)
class Scene:
    """`effects` reads the processor's own books, oldest first. `approve_half` has the next charge approved
    for half; `close_batch` settles what is ready."""

    processor: Processor
    effects: Callable[[], list[Effect]]
    approve_half: Callable[[], None]
    close_batch: Callable[[], None]

    def approved(self, *, amount: int = 5000, capture: bool) -> str:
        """The reference of a new payment."""
        return approved(self.charge(charge(amount, capture=capture))).reference

    def charge(self, asked: Charge) -> Outcome:
        return self.processor.send(ACCOUNT, new_key(), asked)

    def capture(self, reference: str, amount: int, before: int = 0) -> Outcome:
        return self.processor.send(ACCOUNT, new_key(), Capture(reference, amount, "USD", before))

    def reverse(self, reference: str, amount: int) -> Outcome:
        """The whole, which is so much."""
        return self.processor.send(ACCOUNT, new_key(), Reversal(reference, amount, "USD"))

    def reverse_part(self, reference: str, amount: int, left: int) -> Outcome:
        asked = Reversal(reference, amount, "USD", part=True, left=left)
        return self.processor.send(ACCOUNT, new_key(), asked)

    def refund(self, reference: str, amount: int, left: int = 0, *taken: str) -> Outcome:
        asked = Refund(reference, amount, "USD", "ref_1", left, frozenset(taken))
        return self.processor.send(ACCOUNT, new_key(), asked)


def charge(amount: int = 5000, *, capture: bool = True, order_id: str = "pay_1") -> Charge:
    return Charge(order_id, amount, "USD", capture, CARD, "Large Pepperoni Pizza")


def new_key() -> str:
    return str(uuid.uuid4())


def approved(outcome: Outcome) -> Approved:
    assert isinstance(outcome, Approved), outcome
    return outcome


def fake_scene() -> Scene:
    fake = FakeProcessor()
    return Scene(fake, lambda: list(fake.effects), lambda: fake.script(Half()), fake.close_batch)


def guarded_scene() -> Scene:
    fake = FakeProcessor()
    guarded = WrappedProcessor(fake, CircuitBreaker())
    return Scene(guarded, lambda: list(fake.effects), lambda: fake.script(Half()), fake.close_batch)


@contextmanager
def running(state_file: Path, port: int = 0, now: Callable[[], datetime] = utc_now) -> Iterator[Simulator]:
    simulator = start(port, API_KEY, state_file, now)
    try:
        yield simulator
    finally:
        simulator.stop()


def payroc(url: str, *, limits: Limits = PATIENT, api_key: str = API_KEY, **parts: Any) -> Payroc:
    accounts = {ACCOUNT.account: PayrocAccount(f"{url}/v1", url, "processor-main")}
    return Payroc(accounts, lambda _: api_key, limits=limits, **parts)


def payroc_scene(url: str) -> Scene:
    half = ("payments.create", "partial_approval", 1)
    return Scene(payroc(url), lambda: effects_at(url), lambda: faults(url, half), lambda: close_batch(url))


def close_batch(url: str) -> None:
    assert requests.post(f"{url}/_simulator/batches/close", timeout=10).ok


def faults(url: str, *wanted: tuple[str, str, int], seconds: float = 0.0) -> None:
    body = {
        "faults": [
            {"route": route, "kind": kind, "count": count, "seconds": seconds}
            for route, kind, count in wanted
        ]
    }
    assert requests.post(f"{url}/_simulator/faults", json=body, timeout=10).ok


def effects_at(url: str) -> list[Effect]:
    books = requests.get(f"{url}/_simulator/transactions", timeout=10).json()["data"]
    return [Effect(entry["kind"], entry["payment_id"], entry["amount"]) for entry in books]


class InstantClock:
    """Time passes by sleeping alone, and `on_sleep` may change the world meanwhile."""

    def __init__(self, on_sleep: Callable[[], None] = lambda: None) -> None:
        self.now = 0.0
        self._on_sleep = on_sleep

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.now += seconds
        self._on_sleep()


_: Clock = InstantClock()
