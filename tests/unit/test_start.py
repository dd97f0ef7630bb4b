"""A function's world is made as Lambda starts it, and what fails then is told by a request."""

import pytest

from tollgate.config import ConfigError
from tollgate.wiring.start import made_at_start

IN_LAMBDA = "AWS_LAMBDA_INITIALIZATION_TYPE"


def test_lambda_makes_the_world_before_the_first_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(IN_LAMBDA, "on-demand")
    made: list[str] = []
    made_at_start(lambda: made.append("world"))
    assert made == ["world"]


def test_elsewhere_importing_a_function_needs_no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(IN_LAMBDA, raising=False)
    made: list[str] = []
    made_at_start(lambda: made.append("world"))
    assert made == []


def test_a_world_that_cannot_be_made_leaves_the_function_to_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(IN_LAMBDA, "provisioned-concurrency")

    def world() -> None:
        raise ConfigError("PAYMENTS_TABLE", "is missing or empty")

    made_at_start(world)
    with pytest.raises(ConfigError, match="PAYMENTS_TABLE"):
        world()
