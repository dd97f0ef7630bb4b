"""How the laptop serves the card fields."""

import base64
import hashlib
import re
from email.message import Message

import pytest

from infra.fields.release import LOADER, WEB, files, folder, integrity, newest_path, path_of, sources
from local.card_fields import CardFields
from local.web_server import Answer, Request
from tests.laptop import ROOT

API, SHOP = "http://127.0.0.1:8080", "http://127.0.0.1:29000"


def ask(path: str, method: str = "GET", **query: str) -> Answer:
    return CardFields(API, {"mer_a": [SHOP]})(Request(method, path, query, Message(), b""))


def test_the_frame_is_for_the_merchants_origins_alone() -> None:
    frame = ask(path_of("card.html"), merchant="mer_a")
    policy = frame.headers["Content-Security-Policy"].split("; ")
    assert f"frame-ancestors {SHOP}" in policy
    assert f"connect-src {API}" in policy
    assert {"default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"} <= set(policy)
    assert "unsafe" not in frame.headers["Content-Security-Policy"]
    assert frame.headers["Cache-Control"] == "no-store"
    assert f'data-api="{API}"' in frame.content.decode()


@pytest.mark.parametrize("query", [{"merchant": "mer_b"}, {"merchant": ""}, {}])
def test_there_is_no_frame_for_a_merchant_without_origins(query: dict[str, str]) -> None:
    assert ask(path_of("card.html"), **query).status == 404


def test_the_frame_has_no_code_in_its_page() -> None:
    page = (WEB / "card.html").read_text()
    assert page.count("<script") == page.count('<script type="module" src="') == 1
    assert "style=" not in page
    assert " on" not in page.replace(" once", "")


def test_the_page_for_integrators_names_the_loader_and_its_hash() -> None:
    page = (ROOT / "docs" / "integrate" / "checkout.md").read_text(encoding="utf-8")
    named = f'{path_of(LOADER)}" crossorigin="anonymous"\n  integrity="{integrity(sources()[LOADER])}"'
    assert named in page


def test_a_page_can_name_the_loaders_hash() -> None:
    loader = ask(path_of(LOADER))
    digest = base64.b64encode(hashlib.sha384(loader.content).digest()).decode()
    assert integrity(sources()[LOADER]) == f"sha384-{digest}"
    assert loader.headers["Access-Control-Allow-Origin"] == "*"
    assert loader.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("name", ["card/frame.js", "card/card.css"])
def test_other_sites_can_not_load_what_the_frame_consists_of(name: str) -> None:
    part = ask(path_of(name))
    assert (part.status, part.headers["Cross-Origin-Resource-Policy"]) == (200, "same-origin")
    assert part.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tollgate.js",
        "/card/frame.js",
        path_of("package.json"),
        path_of("../web/package.json"),
        "/v0/card.html",
    ],
)
def test_nothing_else_is_served(path: str) -> None:
    assert ask(path).status == 404


def test_the_card_fields_are_only_read() -> None:
    assert ask(path_of(LOADER), method="POST").status == 404


def test_the_newest_loader_leads_to_one_release_and_is_asked_for_again() -> None:
    newest = ask(newest_path())
    assert newest.content.decode() == f'export * from "{path_of(LOADER)}";\n'
    assert newest.headers["Cache-Control"] == "public, max-age=300"
    assert newest.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_what_lies_in_a_release_is_kept_for_ever() -> None:
    for name in sources():
        kept = ask(path_of(name), merchant="mer_a").headers["Cache-Control"]
        assert kept == ("no-store" if name.endswith(".html") else "public, max-age=31536000, immutable")


def test_a_changed_byte_is_another_release(monkeypatch: pytest.MonkeyPatch) -> None:
    before = folder()
    changed = {**sources(), "card/jwe.js": sources()["card/jwe.js"] + b"\n"}
    monkeypatch.setattr("infra.fields.release.sources", lambda: changed)
    assert folder() != before
    assert {path.split("/")[1] for path in files(API) if "tollgate.js" not in path} == {folder()}


def test_every_session_has_the_hosted_page_and_nobody_may_show_it_in_a_frame() -> None:
    page = ask("/checkout/cks_aaaaaaaaaaaaaaaaaaaa")
    assert (page.status, page.media_type) == (200, "text/html; charset=utf-8")
    policy = page.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert f"connect-src {API}" in policy
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_what_the_hosted_page_consists_of_is_served() -> None:
    page = ask("/checkout/cks_aaaaaaaaaaaaaaaaaaaa").content.decode()
    assert f'data-api="{API}"' in page
    for part in re.findall(r'(?:src|href)="(/[^"]*)"', page):
        assert ask(part).status == 200, part


def test_the_hosted_page_has_no_code_in_it_and_the_frames_fields() -> None:
    page, frame = ((WEB / name).read_text(encoding="utf-8") for name in ("checkout.html", "card.html"))
    assert page.count("<script") == page.count('<script type="module" src="') == 1
    assert "style=" not in page
    fields = frame[frame.index("<form") : frame.index("</form>")]
    assert fields in page
