"""Where the stage meets the internet: the firewall's limits, the API's own domain."""

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from infra.settings.kinds import AccountId, Region
from infra.settings.traffic import Throttle

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HostName = Annotated[str, Meta(pattern=rf"^({_LABEL}\.)+[a-z]{{2,63}}$", max_length=253)]
CertificateArn = Annotated[str, Meta(pattern=r"^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f-]{36}$")]
# As browsers write it; plain HTTP on the laptop alone.
Origin = Annotated[
    str, Meta(pattern=rf"^(https://({_LABEL}\.)+[a-z]{{2,63}}|http://127\.0\.0\.1)(:[1-9]\d{{0,4}})?$")
]
ZoneId = Annotated[str, Meta(pattern=r"^Z[A-Z0-9]{1,31}$")]
S3Uri = Annotated[str, Meta(pattern=r"^s3://[a-z0-9.-]{3,63}/\S+$")]
# AWS WAF counts an address's requests of the last minute; ten is the least that it can be told.
PerMinute = Annotated[int, Meta(ge=10, le=2_000_000_000)]


class MutualTls(Struct, frozen=True, forbid_unknown_fields=True):
    """Callers need a client certificate that the bundle of authorities at `truststore_uri` vouches for.

    `truststore_version`: of the S3 object, so that nobody changes who is trusted by writing to the bucket.
    """

    truststore_uri: S3Uri
    truststore_version: Annotated[str, Meta(min_length=1)]


class CustomDomain(Struct, frozen=True, forbid_unknown_fields=True):
    """The API's own name. AWS's name for it stops answering.

    `certificate_arn`: the name's certificate in ACM, of the stage's account and region. `zone_id`: the
    public Route 53 zone that gets the name's records; without it, the name is pointed to the export
    `domain_target` by hand.
    """

    name: HostName
    certificate_arn: CertificateArn
    zone_id: ZoneId | None = None
    mutual_tls: MutualTls | None = None

    @property
    def url(self) -> str:
        """Where the API is."""
        return f"https://{self.name}"


class Edge(Struct, frozen=True, forbid_unknown_fields=True):
    """`requests_per_minute` and, of those, `token_requests_per_minute` (to `POST /oauth/token`): what one
    address may send before the firewall answers 429. `anonymous_addresses`: whether requests out of
    anonymizing networks (Tor, VPNs) are only counted or blocked. `domain`: the API's own name, if it has
    one. `pages`: the origin of card fields and hosted page, where others serve them than `card_fields`; with
    neither, sessions have no hosted page. `page_requests_per_minute`: what one address may send to the calls
    that are open to shoppers' pages, which need no access token.
    """

    requests_per_minute: PerMinute
    token_requests_per_minute: PerMinute
    page_requests_per_minute: PerMinute = 120
    pages: Origin | None = None
    anonymous_addresses: Literal["count", "block"] = "count"
    domain: CustomDomain | None = None

    def contradictions(
        self, issuer: str, account_id: AccountId, region: Region, plans: Mapping[str, Throttle]
    ) -> list[str]:
        """What doesn't fit the rest of the stage's settings."""
        problems: list[str] = []
        if self.domain and issuer != self.domain.url:
            problems.append(f"with the domain {self.domain.name} the issuer must be {self.domain.url}")
        if self.domain and not self.domain.certificate_arn.startswith(f"arn:aws:acm:{region}:{account_id}:"):
            problems.append(f"the certificate must be of account {account_id} in {region}")
        for name in ("token_requests_per_minute", "page_requests_per_minute"):
            if getattr(self, name) > self.requests_per_minute:
                problems.append(f"`{name}` must not be more than `requests_per_minute`")
        fastest = max(plan.rate for plan in plans.values()) * 60
        if self.requests_per_minute < fastest:
            problems.append(
                f"`requests_per_minute` must be {fastest} or more, or the firewall cuts clients off who keep"
                " to their usage plan"
            )
        return problems
