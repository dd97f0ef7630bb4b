"""As whom commands call the API of a stage."""

from dataclasses import replace
from pathlib import Path

import pytest

from onboarding import Stage
from onboarding.failure import Failure
from ops.api_access import CLIENT_ID, CLIENT_SECRET, api_of
from tests.unit.ops.conftest import Tollgate

URL = "https://api.example"


def test_a_stack_is_called_as_the_client_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CLIENT_ID, "cli_one")
    monkeypatch.setenv(CLIENT_SECRET, "s3cret")
    api = api_of("dev", f"{URL}/", tmp_path)
    assert (api.base_url, api.client_id, api.client_secret) == (URL, "cli_one", "s3cret")


@pytest.mark.parametrize("missing", [CLIENT_ID, CLIENT_SECRET])
def test_without_a_client_a_stack_is_not_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str
) -> None:
    for name in (CLIENT_ID, CLIENT_SECRET):
        monkeypatch.setenv(name, "x")
    monkeypatch.delenv(missing)
    with pytest.raises(Failure, match=CLIENT_SECRET):
        api_of("dev", URL, tmp_path)


def test_the_api_is_found_under_its_own_name_or_awss(stage: Stage) -> None:
    with pytest.raises(Failure, match="has no API yet"):
        _ = stage.api_url
    made = stage.apigateway.create_rest_api(name=stage.physical_name("api"))["id"]
    assert stage.api_url == f"https://{made}.execute-api.eu-west-1.amazonaws.com/live"
    assert replace(stage, domain="api.example").api_url == URL


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["demo", "--crash", "--stack", "dev"], "aren't killed"),
        (["card", "encrypt", "--exp", "13/2030"], "MM/YYYY"),
        (["smoke"], "address or a --stack"),
    ],
)
def test_what_makes_no_sense_is_refused(tollgate: Tollgate, command: list[str], words: str) -> None:
    answer = tollgate(*command)
    assert answer.exit_code
    assert words in answer.output + answer.stderr


def test_a_number_that_is_no_cards_is_remarked(tollgate: Tollgate) -> None:
    answer = tollgate("card", "encrypt", "--number", "4539858876047063", "--stack", "dev", "--url", URL)
    assert "fails the check digit" in answer.stderr
