import pytest

from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.unit.api.caller import Api
from tests.unit.reconciliation.scene import Books


@pytest.fixture
def books(clock: FakeClock) -> Books:
    return Books(clock.now)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def api(clock: FakeClock, books: Books) -> Api:
    return Api(clock=clock, processor=books)
