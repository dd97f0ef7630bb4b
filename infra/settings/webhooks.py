"""How a stage sends events to merchants' servers."""

from typing import Annotated

from msgspec import Meta, Struct

Host = Annotated[str, Meta(pattern=r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$", max_length=253)]


class WebhookSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """`hosts`: names of merchants' servers. The network lets functions look up listed names alone, so events
    are sent to no others, and an endpoint at another one is refused. `first_retry_seconds`: until the first
    retry; each further one waits twice as long, for three days. `concurrency`: batches that are sent at once,
    each to one endpoint (2 to 1000, Lambda's own bounds). `loopback`: 127.0.0.1 is a target, at any port and
    without TLS: for a laptop alone."""

    hosts: frozenset[Host] = frozenset()
    first_retry_seconds: Annotated[int, Meta(ge=1, le=3600)] = 30
    concurrency: Annotated[int, Meta(ge=2, le=1000)] = 10
    loopback: bool = False


STANDARD = WebhookSettings()
