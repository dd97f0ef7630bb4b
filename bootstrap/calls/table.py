"""The whole table: Pulumi's type of a resource, and the calls that it takes.

Measured on the provider's own code where an emulator of AWS could answer it, and read from its source, the
service authorization reference and the services' guides where not.
"""

from collections.abc import Mapping, Sequence

from bootstrap.calls.administration import ADMINISTRATION
from bootstrap.calls.archive import ARCHIVE
from bootstrap.calls.calls import Calls
from bootstrap.calls.compute import COMPUTE
from bootstrap.calls.delivery import DELIVERY
from bootstrap.calls.detection import DETECTION
from bootstrap.calls.dns import DNS
from bootstrap.calls.edge import EDGE
from bootstrap.calls.network import NETWORK
from bootstrap.calls.observability import OBSERVABILITY
from bootstrap.calls.roles import ROLES
from bootstrap.calls.storage import STORAGE

# What a stage consists of. What an administrator makes as well is deployed in no workflow.
OF_A_STAGE: Mapping[str, Sequence[Calls]] = {
    **COMPUTE,
    **EDGE,
    **DELIVERY,
    **STORAGE,
    **ARCHIVE,
    **NETWORK,
    **DNS,
    **OBSERVABILITY,
    **DETECTION,
    **ROLES,
}
CALLS: Mapping[str, Sequence[Calls]] = {**OF_A_STAGE, **ADMINISTRATION}
