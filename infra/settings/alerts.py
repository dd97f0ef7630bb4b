"""Who is told what, and from when on."""

from typing import Annotated

from msgspec import Meta, Struct

from infra.settings.kinds import Label, Positive

# What SNS subscribes by itself: an e-mail address, or an HTTPS endpoint of a paging service. The subscriber
# confirms; until then nothing is delivered.
Endpoint = Annotated[str, Meta(pattern=r"^(https://[^\s]+|[^\s@:/]+@[^\s@]+\.[^\s@.]+)$", max_length=256)]
Percent = Annotated[int, Meta(ge=1, le=100)]


class Alerting(Struct, frozen=True, forbid_unknown_fields=True):
    """`urgent` and `notice`: subscribers by a name of one's own; who is told nothing sees it in the console.

    `budget_usd`: what the account should cost a month, in US dollars. Thresholds: `server_error_percent` and
    `client_error_percent` of the API's answers, `latency_p99_milliseconds` of its slowest hundredth,
    `decline_percent` of authorizations, `processor_failure_percent` of calls to the processor,
    `open_operation_minutes` since an operation without an outcome began, `concurrency_percent` of what the
    account and each function may run at once, `blocked_requests` by the firewall in five minutes. `runbook`:
    where docs/runbook/alarms.md is read, an https address that whoever is called at night can open; every
    alarm's message ends with it.
    """

    urgent: dict[Label, Endpoint]
    notice: dict[Label, Endpoint]
    budget_usd: Positive
    runbook: Annotated[str, Meta(pattern=r"^https://[^\s#]+$", max_length=400)]
    server_error_percent: Percent = 5
    client_error_percent: Percent = 50
    latency_p99_milliseconds: Annotated[int, Meta(ge=1, le=29_000)] = 8_000
    decline_percent: Percent = 40
    processor_failure_percent: Percent = 20
    open_operation_minutes: Positive = 360
    concurrency_percent: Percent = 80
    blocked_requests: Positive = 1_000
