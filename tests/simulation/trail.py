"""The audit trail in memory, for somebody to watch."""

from collections.abc import Callable

from tests.fakes.trail import FakeTrail
from tollgate.domain.audit import Audit


class WatchedTrail(FakeTrail):
    """The `Trail` port."""

    def __init__(self) -> None:
        super().__init__()
        self._watchers: list[Callable[[Audit], None]] = []

    def watch(self, watcher: Callable[[Audit], None]) -> None:
        """Have every new record told."""
        self._watchers.append(watcher)

    def record(self, *audits: Audit) -> None:
        new = [audit for audit in audits if audit.id not in self.recorded]
        super().record(*audits)
        for audit in new:
            for watcher in self._watchers:
                watcher(audit)
