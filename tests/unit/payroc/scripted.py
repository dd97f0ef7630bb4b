"""The wire and the time, in memory."""

import json
from dataclasses import dataclass, field

from tollgate.adapters.payroc.transport import NotConnected, Response, Sent, Transport


@dataclass(frozen=True, slots=True)
class Send:
    url: str
    headers: dict[str, str]
    body: bytes
    timeouts: tuple[float, float]


@dataclass
class ScriptedTransport(Transport):
    """Answers in turn; `identity` answers `/authorize`. `seconds` is what each exchange takes."""

    answers: list[Sent] = field(default_factory=list)
    identity: list[Sent] = field(default_factory=list)
    sends: list[Send] = field(default_factory=list)
    seconds: float = 0.0
    now: float = 0.0

    def post(self, url: str, headers: dict[str, str], body: bytes, timeouts: tuple[float, float]) -> Sent:
        self.sends.append(Send(url, headers, body, timeouts))
        self.now += min(self.seconds, sum(timeouts))
        if url.endswith("/authorize"):
            return self.identity.pop(0) if self.identity else granted(self._grants())
        return self.answers.pop(0) if self.answers else NotConnected()

    def get(self, url: str, headers: dict[str, str], timeouts: tuple[float, float]) -> Sent:
        return self.post(url, headers, b"", timeouts)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.now += seconds

    @property
    def requests(self) -> list[Send]:
        """The sends that weren't for a token."""
        return [send for send in self.sends if not send.url.endswith("/authorize")]

    def _grants(self) -> int:
        return len(self.sends) - len(self.requests)


def granted(number: int, expires_in: int = 3600) -> Response:
    grant = {"access_token": f"token-{number}", "expires_in": expires_in, "token_type": "Bearer"}
    return Response(200, json.dumps(grant).encode())
