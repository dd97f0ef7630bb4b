"""Payroc's card payments as `tollgate.ports.Processor`."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from tollgate.adapters.payroc import answers, messages
from tollgate.adapters.payroc.access import AccessTokens, Credentials
from tollgate.adapters.payroc.books import Books
from tollgate.adapters.payroc.deadline import Clock
from tollgate.adapters.payroc.delivery import Delivery, Result
from tollgate.adapters.payroc.settings import LOOK_UPS, Limits, PayrocAccount
from tollgate.adapters.payroc.transport import Response, Transport
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import NotAttempted, Outcome, Unknown
from tollgate.ports import BooksUnavailable


class Payroc:
    """Payroc over HTTPS. One object serves all accounts and threads of a process.

    `accounts` by their names in `ProcessorAccount.account`. `jitter` gives numbers in [0, 1). `limits` are
    an operation's, `look_ups` those of a `find` and of each page of `listed`.
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
        self._books = Books(accounts, tokens, transport, clock, jitter, look_ups)

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        """Also sells, if `charge.capture`."""
        result = self._post(account, "/payments", key, messages.payment(account.terminal, charge))
        if isinstance(result, Response):
            return answers.authorization(result.content, charge.amount, captured=charge.capture)
        return result

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        result = self._post(account, _path(reference, "capture"), key, messages.capture(amount))
        return answers.capture(result.content, amount) if isinstance(result, Response) else result

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        """Payroc's word is reverse. `Approved.amount` is the payment's."""
        result = self._post(account, _path(reference, "reverse"), key, messages.reversal())
        return answers.reversal(result.content) if isinstance(result, Response) else result

    def refund(
        self, account: ProcessorAccount, key: str, reference: str, amount: int, description: str
    ) -> Outcome:
        result = self._post(account, _path(reference, "refund"), key, messages.refund(amount, description))
        return answers.refund(result.content, amount) if isinstance(result, Response) else result

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        try:
            return self._books.of_order(account, order_id)
        except BooksUnavailable as trouble:
            return Unknown(str(trouble))

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        return self._books.between(account, since, until)

    def _post(self, account: ProcessorAccount, path: str, key: str, body: bytes) -> Result:
        hosts = self._accounts.get(account.account)
        if hosts is None:
            return NotAttempted(f"the processor account {account.account!r} is not configured")
        return self._delivery.post(account.account, hosts.api_url + path, key, body)


def _path(reference: str, operation: str) -> str:
    return f"/payments/{quote(reference, safe='')}/{operation}"
