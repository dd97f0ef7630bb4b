"""The audit trail in memory."""

from tollgate.domain.audit import Audit


class FakeTrail:
    """The `Trail` port. While `broken`, nothing can be recorded."""

    def __init__(self) -> None:
        self.recorded: dict[str, Audit] = {}
        self.broken = False

    @property
    def audits(self) -> list[Audit]:
        """In the order in which they were recorded."""
        return list(self.recorded.values())

    def record(self, *audits: Audit) -> None:
        if self.broken:
            raise ConnectionError("the trail can't be reached")
        for audit in audits:
            self.recorded.setdefault(audit.id, audit)
