"""What may be wrong in an account, one difference each: the check that must notice, and what it says."""

from tests.unit.verification.differences import (
    archive,
    backup,
    compute,
    data,
    detection,
    edge,
    identity,
    network,
    observability,
)
from tests.unit.verification.differences.difference import Difference

DIFFERENCES = (
    *edge.DIFFERENCES,
    *network.DIFFERENCES,
    *data.DIFFERENCES,
    *compute.DIFFERENCES,
    *detection.DIFFERENCES,
    *archive.DIFFERENCES,
    *backup.DIFFERENCES,
    *observability.DIFFERENCES,
    *identity.DIFFERENCES,
)

__all__ = ["DIFFERENCES", "Difference"]
