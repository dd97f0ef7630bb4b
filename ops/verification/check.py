"""A check: resources of the graph, one after the other, held against the account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from ops.verification.account import Account
from ops.verification.rights import right

if TYPE_CHECKING:
    from engine import Node

Problems = Callable[[Account, "Node"], Iterable[str]]
DENIED = ("AccessDenied", "Unauthorized", "AuthorizationError", "NotAuthorized")
MISSING = ("NotFound", "NoSuch", "NonExist", "Nonexist", "DoesNotExist")


class Outcome(StrEnum):
    """`ABSENT`: the stack declares nothing that the check is about."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    ABSENT = "absent"


class UnclearError(Exception):
    """The account can't tell yet, and why."""


@dataclass(frozen=True)
class Check:
    """`kind`: the type of the resources it looks at. `shows`: what a pass means. `calls`: all that it asks
    AWS (`service:Operation`). `remedy`: what to do when it fails. `problems`: what is wrong with one
    resource, a phrase each; it may raise `UnclearError`."""

    topic: str
    name: str
    kind: str
    shows: str
    calls: tuple[str, ...]
    remedy: str
    problems: Problems


@dataclass(frozen=True)
class Verdict:
    """How a check ended. `evidence` is one line."""

    check: Check
    outcome: Outcome
    evidence: str

    def as_json(self) -> dict[str, Any]:
        told = asdict(self.check)
        del told["problems"], told["kind"]
        return {**told, "calls": list(self.check.calls), "outcome": self.outcome, "evidence": self.evidence}


def check(kind: str, *calls: str, shows: str, remedy: str) -> Callable[[Problems], Check]:
    """Makes a check of a function. Its topic is the function's module, its name the function's."""

    def made(problems: Problems) -> Check:
        topic = problems.__module__.rpartition(".")[2]
        return Check(topic, problems.__name__.replace("_", " "), kind, shows, calls, remedy, problems)

    return made


def judge(check: Check, account: Account) -> Verdict:
    """Asks the account about each resource of the check's kind. One problem is enough to fail; what could not
    be found out is never a pass."""
    nodes = account.graph.of_type(check.kind)
    wrong: list[str] = []
    unclear: list[str] = []
    for node in nodes:
        try:
            # One by one: what was found before something turns out to be unclear stays found.
            for problem in check.problems(account.near(node), node):
                wrong.append(f"{node.name}: {problem}")
        except UnclearError as error:
            unclear.append(f"{node.name}: {error}")
        except ClientError as error:
            (wrong if _missing(error) else unclear).append(f"{node.name}: {_refused(check, error)}")
        except BotoCoreError as error:
            unclear.append(f"{node.name}: {error}")
        except LookupError as error:
            unclear.append(f"{node.name}: AWS's answer lacks {error}")
    if wrong:
        return Verdict(check, Outcome.FAIL, "; ".join([*wrong, *unclear]))
    if unclear:
        return Verdict(check, Outcome.UNKNOWN, "; ".join(unclear))
    if not nodes:
        return Verdict(check, Outcome.ABSENT, "the stack declares nothing of the kind")
    return Verdict(check, Outcome.PASS, f"{len(nodes)} as declared: {_names(nodes)}")


def _names(nodes: Iterable[Node]) -> str:
    names = [node.name for node in nodes]
    return ", ".join(names) if len(names) <= 8 else f"{', '.join(names[:7])} …"


def _missing(error: ClientError) -> bool:
    return any(word in error.response["Error"]["Code"] for word in MISSING)


def _refused(check: Check, error: ClientError) -> str:
    code = error.response["Error"]["Code"]
    if any(word in code for word in DENIED):
        needed = [right(call) for call in check.calls if call.endswith(f":{error.operation_name}")]
        return f"{error.operation_name} is denied: needs the right {', '.join(needed)}"
    if _missing(error):
        return f"isn't there ({error.operation_name}: {code})"
    return f"{error.operation_name}: {code}: {error.response['Error'].get('Message', '')}"


def differ(what: str, live: object, declared: object) -> Iterator[str]:
    """The difference in words, if there is one."""
    if live != declared:
        yield f"{what} is {live}, declared {declared}"
