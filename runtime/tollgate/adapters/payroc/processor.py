"""Payroc's card payments as `tollgate.ports.Processor`."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar
from urllib.parse import quote

from tollgate.adapters.payroc import answers, messages
from tollgate.adapters.payroc.access import AccessTokens, Credentials
from tollgate.adapters.payroc.books import Books
from tollgate.adapters.payroc.deadline import Clock
from tollgate.adapters.payroc.delivery import Delivery, Result
from tollgate.adapters.payroc.settings import LOOK_UPS, PAGES, Limits, PayrocAccount
from tollgate.adapters.payroc.transport import Response, Transport
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
from tollgate.domain.instruction import Capture, Instruction, Refund, Reversal
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import NotAttempted, Outcome, Unknown
from tollgate.ports import BooksUnavailable

T = TypeVar("T")


class Payroc:
    """Payroc over HTTPS. One object serves all accounts and threads of a process.

    `accounts` by their names in `ProcessorAccount.account`. `jitter` gives numbers in [0, 1). `limits` are
    an instruction's, `look_ups` those of a look-up.
    """

    def __init__(
        self,
        accounts: Mapping[str, PayrocAccount],
        credentials: Credentials,
        *,
        clock: Clock = time,
        jitter: Callable[[], float] = random.random,
        limits: Limits | None = None,
        look_ups: Limits = LOOK_UPS,
    ) -> None:
        transport = Transport()
        tokens = AccessTokens(accounts, credentials, transport, clock)
        self._accounts = accounts
        self._delivery = Delivery(tokens, transport, clock, jitter, limits or Limits())
        self._books = Books(accounts, tokens, transport, clock, jitter, look_ups, PAGES)

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        match instruction:
            case Charge() as charge:
                result = self._post(account, "/payments", key, messages.payment(account.terminal, charge))
                read = partial(answers.authorization, asked=charge)
            case Capture(reference, amount) as capture:
                result = self._post(account, _path(reference, "capture"), key, messages.capture(amount))
                read = partial(answers.capture, asked=capture)
            case Reversal(reference, amount, part=part) as reversal:
                body = messages.reversal(amount if part else None)
                result = self._post(account, _path(reference, "reverse"), key, body)
                read = partial(answers.reversal, asked=reversal)
            case Refund(reference, amount, description=description) as refund:
                body = messages.refund(amount, description)
                result = self._post(account, _path(reference, "refund"), key, body)
                read = partial(answers.refund, asked=refund)
        return read(result.content) if isinstance(result, Response) else result

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        return _seen(lambda: self._books.of_order(account, order_id))

    def look(self, account: ProcessorAccount, reference: str) -> Trace | Unknown:
        return _seen(lambda: self._books.payment(account, reference))

    def refund_text(self, account: ProcessorAccount, reference: str) -> str | Unknown:
        return _seen(lambda: self._books.refund_text(account, reference))

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        return self._books.between(account, since, until)

    def _post(self, account: ProcessorAccount, path: str, key: str, body: bytes) -> Result:
        hosts = self._accounts.get(account.account)
        if hosts is None:
            return NotAttempted(f"the processor account {account.account!r} is not configured")
        return self._delivery.post(account.account, hosts.api_url + path, key, body)


def _seen(look_up: Callable[[], T]) -> T | Unknown:
    try:
        return look_up()
    except BooksUnavailable as trouble:
        return Unknown(str(trouble))


def _path(reference: str, operation: str) -> str:
    return f"/payments/{quote(reference, safe='')}/{operation}"
