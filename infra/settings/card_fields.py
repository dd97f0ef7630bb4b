"""The card fields' own origin, and whose pages may show them."""

import json
from typing import Annotated

from msgspec import Meta, Struct

from infra.settings.edge import CertificateArn, Edge, HostName, PerMinute, ZoneId
from infra.settings.kinds import AccountId

# CloudFront takes certificates from there alone, and keeps its firewalls and log deliveries there.
GLOBAL_REGION = "us-east-1"
MerchantId = Annotated[str, Meta(pattern=r"^mer_[0-9A-Za-z]{1,60}$")]
# As a browser names it: no path, and a port only if it isn't 443. `*.` stands for any name below.
Origin = Annotated[str, Meta(pattern=r"^https://(\*\.)?([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(:[1-9]\d{0,4})?$")]
# They stand in the code of the function that answers for them, which may have 40 KiB (CloudFront's quota).
ORIGINS_BYTES = 30_000


class CardFields(Struct, frozen=True, forbid_unknown_fields=True):
    """`name`: the card fields' origin is `https://<name>`; not the API's, so that neither can harm the other.
    `certificate_arn`: the name's certificate in ACM, in us-east-1, where CloudFront looks.
    `zone_id`: the public Route 53 zone that gets the name's records; without it, the name is pointed to the
    export `card_fields_target` by hand. `origins`: by merchant, those whose pages may show the fields; a
    merchant without any has none. `requests_per_minute`: what one address may ask for before the firewall
    answers 429; a page takes about fifteen.
    """

    name: HostName
    certificate_arn: CertificateArn
    zone_id: ZoneId | None = None
    origins: dict[MerchantId, Annotated[tuple[Origin, ...], Meta(min_length=1)]] = {}
    requests_per_minute: PerMinute = 3000

    @property
    def url(self) -> str:
        """Their origin."""
        return f"https://{self.name}"

    def contradictions(self, account_id: AccountId, edge: Edge) -> list[str]:
        """What doesn't fit the rest of the stage's settings."""
        problems: list[str] = []
        if edge.domain is None:
            problems.append("the pages name the API's address: it needs a name of its own, `edge.domain`")
        elif edge.domain.mutual_tls is not None:
            problems.append("a shopper's browser has no client certificate, which `edge.domain` asks for")
        elif edge.domain.name == self.name:
            problems.append("`name` must be another than the API's")
        if not self.certificate_arn.startswith(f"arn:aws:acm:{GLOBAL_REGION}:{account_id}:"):
            problems.append(f"the certificate must be of account {account_id} in {GLOBAL_REGION}")
        if len(json.dumps(self.origins, separators=(",", ":"))) > ORIGINS_BYTES:
            problems.append(f"`origins` must not take more than {ORIGINS_BYTES} bytes")
        return problems
