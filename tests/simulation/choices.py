"""What can happen at a step, and a schedule: the steps at which something other than success does."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Fate(StrEnum):
    """What a call comes to. The last group is the processor's alone."""

    OK = "ok"
    FAIL = "fail"
    """An error, and no effect."""
    LOSE_ANSWER = "lose_answer"
    """The effect, and an error."""
    TWICE = "twice"
    """The effect, once more when others may have come between, and the second answer: a client library
    that sends again, a queue or stream that delivers again."""
    COMES_AGAIN = "comes_again"
    """The effect, by a resend; the first copy, on its way all the time, arrives after whatever followed."""
    ANSWERED_LATE = "answered_late"
    """The effect, and its answer after all the time that the client library tries."""
    CRASH = "crash"
    """The function dies, before any effect."""
    CRASH_AFTER = "crash_after"
    """The effect, and the function dies."""

    NOT_ATTEMPTED = "not_attempted"
    """Could not connect, all the time that a call may take: certainly no effect."""
    LOSE_REQUEST = "lose_request"
    """No effect, which the caller can't know."""
    SLOW = "slow"
    """The effect and its answer, after all the time that a call may take."""
    LATE = "late"
    """The effect, some seconds after the caller gave up."""
    VERY_LATE = "very_late"
    """The effect, when its absence from the books has long counted as evidence."""
    DECLINE = "decline"
    """A final no for this idempotency key."""
    REFUSE = "refuse"
    """A no to this request alone (400): the key isn't used up."""
    PARTLY = "partly"
    """Authorized for less than was asked."""


READ = (Fate.FAIL, Fate.CRASH)
WRITE = (Fate.FAIL, Fate.LOSE_ANSWER, Fate.TWICE, Fate.CRASH, Fate.CRASH_AFTER)
ROW_WRITE = (*WRITE, Fate.COMES_AGAIN, Fate.ANSWERED_LATE)
BOOKS = (Fate.FAIL, Fate.CRASH)
CALL = (
    Fate.NOT_ATTEMPTED,
    Fate.LOSE_REQUEST,
    Fate.LOSE_ANSWER,
    Fate.TWICE,
    Fate.SLOW,
    Fate.LATE,
    Fate.VERY_LATE,
    Fate.DECLINE,
    Fate.REFUSE,
    Fate.CRASH,
    Fate.CRASH_AFTER,
)
AUTHORIZE = (*CALL, Fate.PARTLY)
DELIVERY = (Fate.TWICE, Fate.CRASH)


@dataclass(frozen=True, slots=True)
class Switch:
    """Another actor goes first."""

    to: str


Choice = Fate | Switch


@dataclass(frozen=True, slots=True)
class Step:
    """A call about to be made, `at` milliseconds. `others`: actors that could go first."""

    number: int
    at: int
    actor: str
    call: str
    fates: tuple[Fate, ...]
    others: tuple[str, ...]

    @property
    def alternatives(self) -> tuple[Choice, ...]:
        return (*self.fates, *(Switch(name) for name in self.others))


class Chooser(Protocol):
    """Decides what happens at each step."""

    def choose(self, step: Step) -> Choice: ...


@dataclass(frozen=True, slots=True)
class Schedule:
    """What happens at which step; everything else succeeds. Written as `12=lose_answer,30=>worker-2`."""

    deviations: Mapping[int, Choice]

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """Raises `ValueError` for anything that isn't a schedule."""
        parts = [each.partition("=") for each in text.split(",") if each]
        return cls({int(number): _choice(what) for number, _, what in parts})

    def but(self, step: int, choice: Choice) -> "Schedule":
        return Schedule({**self.deviations, step: choice})

    def text_at(self, step: int) -> str:
        """What happens at a step, as it is written; empty if nothing does."""
        return _text(self.deviations[step]) if step in self.deviations else ""

    def __str__(self) -> str:
        return ",".join(f"{number}={_text(what)}" for number, what in sorted(self.deviations.items()))


NOTHING_FAILS = Schedule({})


def _choice(text: str) -> Choice:
    return Switch(text[1:]) if text.startswith(">") else Fate(text)


def _text(choice: Choice) -> str:
    return f">{choice.to}" if isinstance(choice, Switch) else choice.value
