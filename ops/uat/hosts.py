"""Where the exchanges go: Payroc's test environment or the simulator, never production."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from infra.settings.processor import PAYROC
from onboarding.failure import Failure

TEST_HOSTS = ".uat.payroc.com"
LOOPBACK = "127.0.0.1"
API_KEY, TERMINAL = "PAYROC_UAT_API_KEY", "PAYROC_UAT_TERMINAL"


@dataclass(frozen=True)
class Hosts:
    """`api_url` ends in Payroc's `/v1`. `controls`: the simulator's own routes, None at Payroc."""

    api_url: str
    identity_url: str
    terminal: str
    api_key: str = field(repr=False)
    controls: str | None = None

    def __post_init__(self) -> None:
        """Raises Failure for hosts that aren't certainly for tests: these exchanges move money."""
        for url in (self.api_url, self.identity_url):
            parts = urlsplit(url)
            for_tests = parts.scheme == "https" and (parts.hostname or "").endswith(TEST_HOSTS)
            if not for_tests and parts.hostname != LOOPBACK:
                raise Failure(
                    f"{url} is not a host of Payroc's test environment.",
                    f"These exchanges charge cards: they go to https://…{TEST_HOSTS} and the simulator only.",
                )

    @classmethod
    def simulator(cls, url: str, api_key: str) -> "Hosts":
        return cls(f"{url}/v1", url, "1001", api_key, f"{url}/_simulator")

    @classmethod
    def payroc(cls, environment: Mapping[str, str], api_key: str | None = None) -> "Hosts":
        """Payroc's test environment. The terminal is in `environment`, the key there or given.

        Raises Failure when one is missing.
        """
        key = api_key or environment.get(API_KEY)
        if not key or not environment.get(TERMINAL):
            raise Failure(
                f"Payroc's test environment needs {API_KEY} and {TERMINAL} in the environment.",
                "Payroc's integrations team gives out both. With --account the key comes from the stage.",
            )
        uat = PAYROC["uat"]
        return cls(uat.api_url, uat.identity_url, environment[TERMINAL], key)
