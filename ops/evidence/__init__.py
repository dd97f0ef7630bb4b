"""What an assessor can take away: controls, results of a check, grants and resources, as files with sums."""

from ops.evidence.bundle import FORMAT, SUMS, write
from ops.evidence.circumstances import Circumstances, observed
from ops.evidence.contents import Contents, Results, gathered

__all__ = ["FORMAT", "SUMS", "Circumstances", "Contents", "Results", "gathered", "observed", "write"]
