"""AWS in process, for adapters; and the tests that need more than Python."""

import shutil
from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.own_settings import forbid_reading

pytest_plugins = ("tests.laptop",)
forbid_reading()


@pytest.hookimpl(tryfirst=True)  # before the fixtures of such a test
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips a test that is marked `toolchain` with a command that isn't here."""
    needed = {command for marker in item.iter_markers("toolchain") for command in marker.args}
    # `make test` passes with Python and make alone; `.ci/run` installs these commands: none skips there.
    if missing := sorted(command for command in needed if not shutil.which(command)):
        pytest.skip(f"without {', '.join(missing)}")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty account. What is made in it goes with the test."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws():
        yield
