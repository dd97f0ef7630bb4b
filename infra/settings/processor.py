"""Where a stage's processor accounts are, and how operations without an outcome are looked after there."""

from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from infra.settings.kinds import Positive, Url


class ProcessorHosts(Struct, frozen=True):
    """Where a processor account is reached; neither ends in a slash."""

    api_url: str
    identity_url: str

    @property
    def names(self) -> frozenset[str]:
        """The hosts' names, in lower case."""
        return frozenset(urlsplit(url).hostname or "" for url in (self.api_url, self.identity_url))

    @property
    def https(self) -> bool:
        """Whether both are HTTPS at its own port, which alone is let out of a stage's network."""
        parts = [urlsplit(url) for url in (self.api_url, self.identity_url)]
        return all(part.scheme == "https" and part.port in (None, 443) for part in parts)


# Payroc's published hosts.
PAYROC = {
    "uat": ProcessorHosts("https://api.uat.payroc.com/v1", "https://identity.uat.payroc.com"),
    "production": ProcessorHosts("https://api.payroc.com/v1", "https://identity.payroc.com"),
}


class ProcessorAccount(Struct, frozen=True, forbid_unknown_fields=True):
    """Either one of Payroc's environments, or hosts of one's own (the simulator)."""

    environment: Literal["uat", "production"] | None = None
    api_url: Url | None = None
    identity_url: Url | None = None

    def __post_init__(self) -> None:
        given = (self.environment is not None, self.api_url is not None, self.identity_url is not None)
        if given not in {(True, False, False), (False, True, True)}:
            raise ValueError("Expected either `environment`, or `api_url` and `identity_url`")

    def hosts(self) -> ProcessorHosts:
        """The hosts that the account stands for."""
        if self.environment is not None:
            return PAYROC[self.environment]
        return ProcessorHosts(self.api_url or "", self.identity_url or "")


class FollowUp(Struct, frozen=True, forbid_unknown_fields=True):
    """When an operation without an outcome is looked after, in seconds.

    `first_seconds` after its lease has ended, then less and less often, at last every `longest_seconds`. That
    the processor doesn't know it is believed after `not_found_seconds`, and watched for `watch_seconds` more.
    """

    first_seconds: Positive
    longest_seconds: Positive
    not_found_seconds: Positive
    watch_seconds: Positive

    def __post_init__(self) -> None:
        if self.first_seconds > self.longest_seconds:
            raise ValueError("`first_seconds` must not be more than `longest_seconds`")
