"""Every alarm of a stage."""

from infra.observability.alarm import Alarm, Composite, Severity
from infra.observability.alarms.events import events
from infra.observability.alarms.functions import functions
from infra.observability.alarms.money import money
from infra.observability.alarms.silence import silence
from infra.observability.alarms.storage import storage
from infra.observability.alarms.traffic import traffic
from infra.settings import Settings

# Each alone may be a blip, or somebody's else trouble; whoever is on call hears of them once.
PAYMENTS_DOWN = Composite(
    name="payments-down",
    runbook="payments-down",
    meaning="Payments aren't taken: the API, the authorizer or the processor fails.",
    any_of=("api-server-errors", "authorizer-failing", "processor-failing"),
    severity=Severity.URGENT,
)


def alarms(settings: Settings) -> list[Alarm]:
    """All but the composite ones."""
    return [
        *money(settings),
        *events(),
        *traffic(settings),
        *functions(settings),
        *storage(settings),
        *silence(settings),
    ]
