import pytest

from tests.unit.tokens.caller import Api


@pytest.fixture
def api() -> Api:
    return Api()
