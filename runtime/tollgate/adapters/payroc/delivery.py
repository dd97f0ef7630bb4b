"""One attempt: the same bytes under the same key, sent until there is an answer or time is up."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tollgate.adapters.payroc.access import AccessTokens, NoAccess
from tollgate.adapters.payroc.deadline import Clock, Deadline, OutOfTime
from tollgate.adapters.payroc.failures import REFUSED
from tollgate.adapters.payroc.problems import CANNOT_BE_MODIFIED, problem_type
from tollgate.adapters.payroc.settings import Limits
from tollgate.adapters.payroc.transport import NoAnswer, NotConnected, Response, Sent, Transport
from tollgate.domain.outcome import UNMODIFIABLE, Declined, NotAttempted, Unknown

_DONE = frozenset({200, 201})
_REFUSALS = frozenset({400, 404, 413, 415, 422})
_CONFLICT = 409
_TURNED_AWAY = frozenset({401, 403, 429})


@dataclass(slots=True)
class _Attempt:
    """A request under its idempotency key.

    `may_have_arrived` is the point: from the first send without a definite answer on, only a 2xx, which
    Payroc gives again for the key, says what happened.
    """

    account: str
    url: str
    key: str
    body: bytes = field(repr=False)
    deadline: Deadline
    may_have_arrived: bool = False

    def ends(self, outcome: Declined | NotAttempted, reason: str) -> Declined | NotAttempted | Unknown:
        """`outcome`, which says that this send had no effect, unless an earlier one may have arrived."""
        return Unknown(reason) if self.may_have_arrived else outcome


@dataclass(frozen=True, slots=True)
class _TryAgain:
    reason: str


Result = Response | Declined | NotAttempted | Unknown


class Delivery:
    """Sends attempts within their limits. A 409 is never sent again: it would be answered the same."""

    def __init__(
        self,
        tokens: AccessTokens,
        transport: Transport,
        clock: Clock,
        jitter: Callable[[], float],
        limits: Limits,
    ) -> None:
        self._tokens = tokens
        self._transport = transport
        self._clock = clock
        self._jitter = jitter
        self._limits = limits

    def post(self, account: str, url: str, key: str, body: bytes) -> Result:
        """The 2xx answer, or what the attempt came to without one."""
        attempt = _Attempt(account, url, key, body, Deadline.from_now(self._clock, self._limits))
        reason = ""
        for resend in range(self._limits.sends):
            result = self._send(attempt, resend)
            if not isinstance(result, _TryAgain):
                return result
            reason = result.reason
        return attempt.ends(NotAttempted(reason), reason)

    def _send(self, attempt: _Attempt, resend: int) -> Result | _TryAgain:
        try:
            if resend:
                attempt.deadline.wait(self._limits.pause(resend, self._jitter()))
            return _classify(attempt, self._exchange(attempt))
        except NoAccess as error:
            reason = str(error)
            return _TryAgain(reason) if error.passing else attempt.ends(NotAttempted(reason), reason)
        except OutOfTime as error:
            return attempt.ends(NotAttempted(str(error)), str(error))

    def _exchange(self, attempt: _Attempt) -> Sent:
        def send(authorization: str) -> Sent:
            headers = {
                "Authorization": authorization,
                "Content-Type": "application/json",
                "Accept": "application/json, application/problem+json",
                "Idempotency-Key": attempt.key,
            }
            return self._transport.post(attempt.url, headers, attempt.body, attempt.deadline.timeouts())

        return self._tokens.authorized(attempt.account, attempt.deadline, send)


def _classify(attempt: _Attempt, sent: Sent) -> Result | _TryAgain:
    match sent:
        case NotConnected():
            return _TryAgain("could not connect to the processor")
        case NoAnswer():
            attempt.may_have_arrived = True
            return _TryAgain("the processor didn't answer")
        case Response(status) if status in _DONE:
            return sent
        case Response(status) if status >= 500:
            attempt.may_have_arrived = True
            return _TryAgain(f"the processor answered {status}")
        case Response(status, content):
            return _refusal(attempt, status, content)


def _refusal(attempt: _Attempt, status: int, content: bytes) -> Declined | NotAttempted | Unknown:
    """A 409 is for the payment's state, or for the key, which says nothing of what was first sent with it."""
    reason = f"the processor answered {status}"
    if status == _CONFLICT and problem_type(content) == CANNOT_BE_MODIFIED:
        return attempt.ends(Declined(UNMODIFIABLE), reason)
    if status in _REFUSALS:
        return attempt.ends(Declined(REFUSED), reason)
    if status in _TURNED_AWAY:
        return attempt.ends(NotAttempted(reason), reason)
    return Unknown(reason)
