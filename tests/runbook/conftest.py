"""The operator's rights in prod, and what each `tollgate` command calls, seen on moto."""

import pytest

from tests.infra.conftest import graphs, package
from tests.runbook.recording import Recorded, record_all
from tests.unit.ops.conftest import Tollgate, address, description, stage, tollgate

__all__ = ["address", "description", "graphs", "package", "stage", "tollgate"]


@pytest.fixture
def recorded(stage: object, tollgate: Tollgate, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    """The calls of the operator's commands, by command."""
    return record_all(tollgate, monkeypatch)
