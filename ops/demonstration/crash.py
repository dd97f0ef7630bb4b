"""A payment whose function is killed between the processor's charge and our write, and what comes of it."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

from local.function_processes import function_processes, kill
from onboarding.failure import Failure
from ops.api import Answer, Api
from ops.demonstration.processor import Simulator
from ops.demonstration.steps import Record, new_key, tokenize, trail
from ops.terminal import results, say, show

AMOUNT = 1999
LATE_SECONDS = 30
CHARGE_SECONDS = 20
RESOLVED_SECONDS = 180
"""The lease of the killed request is 35 s; then the next of the sweeps, one a minute, finds it."""
POLL_SECONDS, PROGRESS_SECONDS = 2, 15


@dataclass
class _Told:
    """Lines with the seconds since the beginning."""

    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def __call__(self, line: str) -> None:
        show(f"{self.seconds:6.1f} s  {line}")


@dataclass(frozen=True)
class _Purchase:
    """One request to pay, as often as it is sent."""

    api: Api
    access_token: str
    token: str
    key: str = field(default_factory=new_key)

    def send(self) -> Answer:
        body = {"amount": AMOUNT, "currency": "USD", "payment_method": {"token": self.token}}
        return self.api.try_post(self.access_token, "/v1/payments", body, self.key)


def show_crash(local: Mapping[str, Any], state_dir: Path) -> None:
    """Show it on the laptop cloud that `local` (`local.json`) describes. Raises Failure unless the payment
    resolves, and API, processor and audit trail agree on it."""
    api = Api(local["base_url"], local["client_id"], local["client_secret"])
    access_token = api.access_token()
    token = tokenize(api, access_token, local["merchant_id"])
    purchase = _Purchase(api, access_token, token["id"])
    simulator, tell = Simulator(local["simulator_url"]), _Told()
    charge = _charged_and_killed(purchase, simulator, tell, state_dir, local["functions"]["payments"])
    payment = _resolved(purchase, tell)
    records = trail(api, access_token, (payment["id"],), "payment.captured")
    _compare(api.get(access_token, f"/v1/payments/{payment['id']}").body, charge, simulator, records)


def _charged_and_killed(
    purchase: _Purchase, simulator: Simulator, tell: Callable[[str], None], state_dir: Path, function: str
) -> Record:
    """The charge in the processor's list of a request that was killed before it knew of it."""
    with ExitStack() as ending:
        caller = ending.enter_context(ThreadPoolExecutor(1))
        before = len(simulator.transactions())
        ending.callback(simulator.work)
        simulator.answer_late(LATE_SECONDS)
        tell(f"POST /v1/payments, {AMOUNT} USD. The processor will charge at once and answer late.")
        answer = caller.submit(purchase.send)
        charge = _charge(simulator, before, answer)
        tell(
            f"The processor has charged {charge['amount']} {charge['currency']}: its {charge['payment_id']}."
        )
        processes = function_processes(state_dir, function)
        if not processes:
            raise Failure(
                f"No process of {function} was found under {state_dir}.",
                "Name the running laptop cloud's directory with --state-dir.",
            )
        kill(processes)
        tell(
            f"SIGKILL to {function} (process {', '.join(map(str, processes))}): it couldn't write that down."
        )
        tell(f"The caller hears {_words(answer.result())}. Was the customer charged? The caller can't know.")
    return charge


def _charge(simulator: Simulator, before: int, answer: Future[Answer]) -> Record:
    deadline = time.monotonic() + CHARGE_SECONDS
    while time.monotonic() < deadline and not answer.done():
        for entry in simulator.transactions()[before:]:
            if (entry["kind"], entry["amount"]) == ("sale", AMOUNT):
                return entry
        time.sleep(0.05)
    heard = f"; the API answered {_words(answer.result())}" if answer.done() else ""
    raise Failure(f"The processor's list doesn't show the charge{heard}.", "Run it again.")


def _resolved(purchase: _Purchase, tell: _Told) -> Record:
    """The payment, once the same request is answered 201."""
    tell("The caller does what the contract says: the same request with the same Idempotency-Key, again.")
    heard, progress = "", tell.seconds
    while tell.seconds < RESOLVED_SECONDS:
        answer = purchase.send()
        if _words(answer) != heard:
            heard, progress = _words(answer), tell.seconds
            tell(f"{heard}: {_meaning(answer)}")
        if answer.status == 201:
            return answer.body
        if tell.seconds - progress > PROGRESS_SECONDS:
            progress = tell.seconds
            say(f"{progress:6.1f} s  still {answer.status} …")
        time.sleep(POLL_SECONDS)
    raise Failure(
        f"The payment had no outcome after {RESOLVED_SECONDS} s.",
        "See the log groups of the functions sweeper and worker.",
    )


def _words(answer: Answer) -> str:
    return f"{answer.status} {answer.body.get('code') or answer.body.get('status')}"


def _meaning(answer: Answer) -> str:
    if answer.status == 409:
        return "the request that died may still be at work, as far as anybody knows (for 35 s)"
    if answer.status == 202:
        return "it isn't; the sweep will find the payment, and the worker will ask the processor"
    return "the worker sent the identical request again, and the processor answered what it had done"


def _compare(payment: Record, charge: Record, simulator: Simulator, records: list[Record]) -> None:
    """Raises Failure unless all three agree to the cent."""
    charges = [each for each in simulator.transactions() if each["order_id"] == payment["id"]]
    actions = [record for record in records if record["chain"]]
    table = Table("who", "says", title="To the cent", box=SIMPLE)
    captured = f"{payment['amount_captured']} {payment['currency']} captured"
    table.add_row("the API", f"{payment['id']} is {payment['status']}, {captured}")
    table.add_row("the processor", "; ".join(f"{each['kind']} of {each['amount']}" for each in charges))
    table.add_row(
        "the audit trail", "; ".join(f"{each['action']} by {each['actor']['id']}" for each in actions)
    )
    results.print(table)
    agreed = (
        charges == [charge]
        and (payment["status"], payment["amount_captured"]) == ("captured", charge["amount"])
        and payment["processor"]["reference"] == charge["payment_id"]
        and [each["action"] for each in actions] == ["payment.created", "payment.captured"]
    )
    if not agreed:
        raise Failure("They don't agree.", "That is a bug: keep the state directory, and report it.")
    show("One charge, one payment, and nobody asked for anything but what was asked first.")
