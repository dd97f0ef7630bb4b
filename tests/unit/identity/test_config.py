"""A function's environment: what is missing or malformed is named."""

from collections.abc import Callable

import pytest

from tollgate import config
from tollgate.config import ConfigError
from tollgate.wiring import authorizer, identity, tokens

KEY = "TOLLGATE_TEST"


@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("read", [config.text, config.texts])
def test_what_is_missing_is_named(
    read: Callable[[str], object], value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is not None:
        monkeypatch.setenv(KEY, value)
    with pytest.raises(ConfigError, match=f"{KEY}: is missing or empty"):
        read(KEY)


def test_a_list_is_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "arn:one, arn:two")
    assert config.texts(KEY) == ("arn:one", "arn:two")


def test_an_empty_entry_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "arn:one,,arn:two")
    with pytest.raises(ConfigError, match=f"{KEY}: has an empty entry"):
        config.texts(KEY)


def test_a_number_has_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.number(KEY, 60, 3600, default=900) == 900
    monkeypatch.setenv(KEY, "60")
    assert config.number(KEY, 60, 3600, default=900) == 60


@pytest.mark.parametrize("value", ["", "59", "3601", "-900", "9e2", "15 min", "٩٠٠"])
def test_a_number_out_of_range_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, value)
    with pytest.raises(ConfigError, match=f"{KEY}: must be a whole number from 60 to 3600"):
        config.number(KEY, 60, 3600, default=900)


@pytest.mark.parametrize("world", [authorizer.world, identity.world, tokens.world])
def test_a_function_without_its_environment_does_not_start(
    world: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with pytest.raises(ConfigError):
        world()
