"""`tollgate fields`: the inventory, and what the check finds in an origin that was tampered with."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from typer.testing import CliRunner

from infra.fields.headers import CSP
from infra.fields.inventory import inventory
from infra.fields.release import LOADER, path_of, sources
from local import web_server
from local.card_fields import CardFields
from local.web_server import Answer, Request, WebServer
from ops.card_fields import inspection
from ops.card_fields.pages import CHECKOUT, SCRIPTS, naming_loader, scripts_page
from ops.command import app

API, SHOP = "http://127.0.0.1:8080", "http://127.0.0.1:29000"
ORIGINS = {"mer_a": [SHOP], "mer_b": [SHOP, "https://shop.example"]}
Change = Callable[[Request, Answer], Answer]


def inspected(change: Change = lambda _, answer: answer) -> list[str]:
    """What the check finds at an origin whose answers somebody changes."""
    fields = CardFields(API, ORIGINS)
    with served(lambda request: change(request, fields(request))) as origin, requests.Session() as session:
        found = inspection.inspected(origin.url, inventory(API, ORIGINS), session)
    assert found.asked == len(sources()) + 2 + len(ORIGINS)
    return [f"{each.address} {each.what}" for each in found.changed]


@contextmanager
def served(respond: Callable[[Request], Answer]) -> Iterator[WebServer]:
    server = web_server.serve(0, respond)
    try:
        yield server
    finally:
        server.stop()


def with_header(name: str, value: str | None, *, at: str) -> Change:
    def change(request: Request, answer: Answer) -> Answer:
        if request.path != path_of(at) or answer.status != 200:
            return answer
        headers = {key: each for key, each in answer.headers.items() if key != name}
        return replace(answer, headers=headers if value is None else {**headers, name: value})

    return change


def test_an_origin_that_hands_out_the_release_is_found_unchanged() -> None:
    assert inspected() == []


def test_a_planted_byte_is_found() -> None:
    def planted(request: Request, answer: Answer) -> Answer:
        if request.path == path_of("card/jwe.js"):
            return replace(answer, content=answer.content + b"fetch('https://evil.example')")
        return answer

    (found,) = inspected(planted)
    assert re.match(rf"{path_of('card/jwe.js')} the content is sha384-\S+, not sha384-\S+$", found)


@pytest.mark.parametrize(
    ("name", "value", "at", "said"),
    [
        ("X-Content-Type-Options", None, LOADER, "x-content-type-options is missing, not nosniff"),
        ("Set-Cookie", "a=b", "card/frame.js", "set-cookie is a=b, not missing"),
        ("Content-Security-Policy-Report-Only", "x", "card.html", "is x, not missing"),
        ("Permissions-Policy", "camera=*", "card.html", "permissions-policy is camera=*, not camera=()"),
        ("Access-Control-Allow-Origin", "*", "card/jwe.js", "access-control-allow-origin is *, not missing"),
    ],
)
def test_a_changed_header_is_found(name: str, value: str | None, at: str, said: str) -> None:
    found = inspected(with_header(name, value, at=at))
    assert found
    assert all(said in each for each in found)


def test_another_page_that_may_show_the_fields_is_found() -> None:
    def opened(request: Request, answer: Answer) -> Answer:
        if CSP in answer.headers and request.query.get("merchant") == "mer_b":
            headers = {**answer.headers, CSP: answer.headers[CSP] + " https://evil.example"}
            return replace(answer, headers=headers)
        return answer

    (found,) = inspected(opened)
    assert found.startswith(f"{path_of('card.html')}?merchant=mer_b content-security-policy is ")


def test_a_page_for_anybody_is_found() -> None:
    def anybody(request: Request, answer: Answer) -> Answer:
        return replace(answer, status=200)

    assert inspected(anybody) == [f"{path_of('card.html')}?merchant=mer_0 the status is 200, not 404"]


def test_an_origin_without_an_answer_is_a_change() -> None:
    with requests.Session() as session:
        found = inspection.inspected("http://127.0.0.1:1", inventory(API, ORIGINS), session)
    assert len(found.changed) == found.asked
    assert {each.what for each in found.changed} == {"there is no answer: ConnectionError"}


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """A laptop's description, with card fields that are really served."""
    with served(CardFields(API, {"mer_a": [SHOP], "mer_b": [SHOP]})) as origin:
        described = {
            "base_url": API,
            "card_fields_url": origin.url + path_of(LOADER),
            "shop_url": SHOP,
            "merchant_id": "mer_a",
            "second_merchant_id": "mer_b",
        }
        (tmp_path / "local.json").write_text(json.dumps(described))
        yield {"state_dir": str(tmp_path), "url": origin.url}


def test_the_command_says_that_all_is_as_released(laptop: Mapping[str, str]) -> None:
    done = CliRunner().invoke(app, ["fields", "check", "--state-dir", laptop["state_dir"]])
    assert done.exit_code == 0, done.output
    assert f"answers of {laptop['url']} are what was released" in done.output


def test_the_command_fails_where_something_else_is_served(laptop: Mapping[str, str]) -> None:
    with served(lambda _: web_server.text(404, "Nothing.")) as other:
        arguments = ["fields", "check", "--state-dir", laptop["state_dir"], "--url", other.url]
        done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 1
    assert f"{path_of(LOADER)}: the status is 404, not 200" in done.output


def test_the_list_of_scripts_is_that_of_the_release() -> None:
    assert SCRIPTS.read_text(encoding="utf-8") == scripts_page(), "run `tollgate fields inventory`"


def test_the_page_for_integrators_names_the_release() -> None:
    page = CHECKOUT.read_text(encoding="utf-8")
    assert naming_loader(page) == page, "run `tollgate fields inventory`"
    with pytest.raises(ValueError, match="names no loader"):
        naming_loader("nothing")


def test_every_file_is_listed_with_what_it_is_for_and_who_approves() -> None:
    rows = [line.split(" | ") for line in scripts_page().splitlines() if line.startswith("| `web/")]
    assert [row[0] for row in rows] == [f"| `web/{name}`" for name in sources()]
    assert all(row[1].endswith(".") for row in rows)
    assert all("@" in row[3] for row in rows)
