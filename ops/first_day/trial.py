"""A trial, and what it saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from requests import RequestException

from ops.first_day.bench import Bench, BrokenError
from ops.verification.check import DENIED, Outcome, UnclearError

# Errors that say nothing about what is tried.
PASSING = ("Throttl", "TooManyRequests", "Internal", "Unavailable", "Expired")
Tried = Callable[[Bench], str | None]


@dataclass(frozen=True)
class Trial:
    """`shows`: what a pass means. `open_until`: why nobody could know before. `does`: what it changes in the
    account; empty if nothing. `calls`: all that it asks AWS (`service:Operation`), and the right to pass a
    role. `otherwise`: what to do when it fails. `tried`: what it saw, None if the stack has nothing of the
    kind; raises `BrokenError` and `UnclearError`."""

    name: str
    shows: str
    open_until: str
    does: str
    calls: tuple[str, ...]
    otherwise: str
    tried: Tried


@dataclass(frozen=True)
class Saw:
    """How a trial ended. `evidence` is one line."""

    trial: Trial
    outcome: Outcome
    evidence: str

    def as_json(self) -> dict[str, Any]:
        trial = self.trial
        told = {"name": trial.name, "shows": trial.shows, "does": trial.does, "otherwise": trial.otherwise}
        return {**told, "outcome": self.outcome, "evidence": self.evidence}


def trial(
    *calls: str, shows: str, open_until: str, otherwise: str, does: str = ""
) -> Callable[[Tried], Trial]:
    """Makes a trial of a function, whose name it has."""

    def made(tried: Tried) -> Trial:
        return Trial(tried.__name__.replace("_", " "), shows, open_until, does, calls, otherwise, tried)

    return made


def attempt(trial: Trial, bench: Bench) -> Saw:
    """Tries it. What could not be found out is never a pass."""
    try:
        seen = trial.tried(bench)
    except BrokenError as error:
        return Saw(trial, Outcome.FAIL, str(error))
    except UnclearError as error:
        return Saw(trial, Outcome.UNKNOWN, str(error))
    except ClientError as error:
        told = error.response["Error"]
        said = f"{error.operation_name}: {told['Code']}: {told.get('Message', '')}"
        unclear = any(word in told["Code"] for word in (*DENIED, *PASSING))
        return Saw(trial, Outcome.UNKNOWN if unclear else Outcome.FAIL, said)
    except (BotoCoreError, RequestException) as error:
        return Saw(trial, Outcome.UNKNOWN, str(error))
    except LookupError as error:
        return Saw(trial, Outcome.UNKNOWN, f"AWS's answer lacks {error}")
    if seen is None:
        return Saw(trial, Outcome.ABSENT, "the stack has nothing of the kind")
    return Saw(trial, Outcome.PASS, seen)
