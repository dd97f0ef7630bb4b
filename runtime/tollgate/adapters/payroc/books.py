"""Payroc's books: `GET /payments`, page by page."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from urllib.parse import quote, urlencode

import msgspec

from tollgate.adapters.payroc.access import AccessTokens, NoAccess
from tollgate.adapters.payroc.deadline import Clock, Deadline, OutOfTime
from tollgate.adapters.payroc.listing import one, page
from tollgate.adapters.payroc.results import EPOCH, decode
from tollgate.adapters.payroc.settings import Limits, PayrocAccount
from tollgate.adapters.payroc.transport import NoAnswer, NotConnected, Response, Sent, Transport
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import ProcessorAccount
from tollgate.ports import BooksUnavailable

# As large as Payroc's documentation shows; it names no maximum (docs.payroc.com/api/pagination).
_PAGE_SIZE = "25"


class Books:
    """Look-ups, which change nothing: any trouble that lasts raises `BooksUnavailable`."""

    def __init__(
        self,
        accounts: Mapping[str, PayrocAccount],
        tokens: AccessTokens,
        transport: Transport,
        clock: Clock,
        jitter: Callable[[], float],
        limits: Limits,
        pages: Limits | None = None,
    ) -> None:
        self._accounts = accounts
        self._tokens = tokens
        self._transport = transport
        self._clock = clock
        self._jitter = jitter
        self._limits = limits
        self._pages = pages or limits

    def of_order(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...]:
        """The order's payments, oldest first. All pages share one budget."""
        deadline = self._deadline()
        filters = {"orderId": order_id, "processingTerminalId": account.terminal}
        listed = self._payments(account.account, filters, lambda: deadline)
        found = [trace for trace in listed if trace.order_id == order_id]
        found.reverse()
        return tuple(sorted(found, key=lambda trace: trace.at))

    def between(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        """Payments with `since <= at < until` (milliseconds, UTC). Each page has a budget of its own.

        Payroc doesn't say how it rounds dates: it is asked for a second more on both sides.
        """
        filters = {
            "processingTerminalId": account.terminal,
            "dateFrom": _date(since - 1000),
            "dateTo": _date(until + 1000),
            "limit": _PAGE_SIZE,
        }
        of_a_page = partial(Deadline.from_now, self._clock, self._pages)
        for trace in self._payments(account.account, filters, of_a_page):
            if since <= trace.at < until:
                yield trace

    def payment(self, account: ProcessorAccount, reference: str) -> Trace:
        """One payment, by Payroc's id."""
        trace = one(self._resource(account, f"/payments/{quote(reference, safe='')}"))
        if trace is None or trace.reference != reference:
            raise BooksUnavailable("the processor's payment can't be read")
        return trace

    def refund_text(self, account: ProcessorAccount, reference: str) -> str:
        """The description that a refund was made with (`RetrievedRefund.order` of Payroc's SDK)."""
        refund = decode(self._resource(account, f"/refunds/{quote(reference, safe='')}"), _Refund)
        if refund is None:
            raise BooksUnavailable("the processor's refund can't be read")
        return refund.order.description or ""

    def _resource(self, account: ProcessorAccount, path: str) -> bytes:
        return self._get(account.account, self._hosts(account.account).api_url + path, self._deadline())

    def _hosts(self, account: str) -> PayrocAccount:
        hosts = self._accounts.get(account)
        if hosts is None:
            raise BooksUnavailable(f"the processor account {account!r} is not configured")
        return hosts

    def _deadline(self) -> Deadline:
        return Deadline.from_now(self._clock, self._limits)

    def _payments(
        self, account: str, filters: Mapping[str, str], deadline: Callable[[], Deadline]
    ) -> Iterator[Trace]:
        hosts = self._hosts(account)
        cursor: dict[str, str] = {}
        visited: set[str] = set()
        while True:
            url = f"{hosts.api_url}/payments?{urlencode({**filters, **cursor})}"
            found = page(self._get(account, url, deadline()))
            if found is None or found.after in visited:
                raise BooksUnavailable("the processor's list can't be read")
            yield from found.traces
            if found.after is None:
                return
            visited.add(found.after)
            cursor = {"after": found.after}

    def _get(self, account: str, url: str, deadline: Deadline) -> bytes:
        """The content of a 200. Unlike an operation, a look-up may be asked for again after anything."""

        def send(authorization: str) -> Sent:
            headers = {"Authorization": authorization, "Accept": "application/json, application/problem+json"}
            return self._transport.get(url, headers, deadline.timeouts())

        reason = ""
        for resend in range(deadline.limits.sends):
            try:
                if resend:
                    deadline.wait(deadline.limits.pause(resend, self._jitter()))
                return _content(self._tokens.authorized(account, deadline, send))
            except (NoAccess, _NoContent) as error:
                reason = str(error)
                if not error.passing:
                    break
            except OutOfTime as error:
                reason = reason or str(error)
                break
        raise BooksUnavailable(reason)


class _RefundOrder(msgspec.Struct):
    description: str | None = None


class _Refund(msgspec.Struct):
    order: _RefundOrder


class _NoContent(Exception):
    """There is no page. `passing`: another try may help."""

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.passing = passing


def _content(sent: Sent) -> bytes:
    match sent:
        case Response(200, content):
            return content
        case Response(status):
            raise _NoContent(f"the processor answered {status}", passing=status >= 500)
        case NotConnected():
            raise _NoContent("could not connect to the processor", passing=True)
        case NoAnswer():
            raise _NoContent("the processor didn't answer", passing=True)


def _date(milliseconds: int) -> str:
    at = EPOCH + timedelta(milliseconds=milliseconds)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
