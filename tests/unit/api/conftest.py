import pytest

from tests.unit.api.caller import Api


@pytest.fixture
def api() -> Api:
    return Api()
