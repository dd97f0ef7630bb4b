"""The card fields' files: small, typed, in all languages alike."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from infra.fields.release import CHECKOUT, FRAME, LOADER, WEB
from tests.unit.web.conftest import Call

LANGUAGES = ("ar", "de", "en", "es", "fr", "ja")


def compressed(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_a_shops_page_loads_little() -> None:
    assert compressed(WEB / LOADER) < 5_000
    assert compressed(WEB / FRAME, *(WEB / "card").iterdir()) < 15_000


def test_the_hosted_page_is_little_more() -> None:
    page = [WEB / CHECKOUT, *(WEB / "checkout").iterdir(), *(WEB / "payment").iterdir()]
    assert compressed(*page) < 8_000


def test_the_card_fields_import_nothing_but_each_other() -> None:
    scripts = [WEB / LOADER, *(WEB / "card").glob("*.js")]
    imported = {
        name for each in scripts for name in re.findall(r'^import .* from "(.*)";$', each.read_text(), re.M)
    }
    assert {f"./{script.name}" for script in scripts} >= imported


def test_scripts_stay_small() -> None:
    files = [file for folder in ("card", "payment", "checkout") for file in (WEB / folder).iterdir()]
    assert [path.name for path in files if len(path.read_text().splitlines()) > 200] == []


@pytest.mark.toolchain("node")
@pytest.mark.parametrize(
    ("module", "function"),
    [("../payment/texts.js", "paymentTextsOf"), ("../checkout/texts.js", "pageTextsOf")],
)
def test_what_is_said_of_a_payment_is_said_in_every_language(call: Call, module: str, function: str) -> None:
    english, *others = call(module, function, ["en"], *([tag] for tag in LANGUAGES if tag != "en"))
    for words in others:
        assert words.keys() == english.keys()
        assert not [key for key, text in words.items() if not text or text == english[key]]
        assert [key for key in words if "{" in words[key]] == [key for key in english if "{" in english[key]]


@pytest.mark.toolchain("node")
def test_every_language_says_everything(call: Call) -> None:
    texts = dict(zip(LANGUAGES, call("texts.js", "textsOf", *([tag] for tag in LANGUAGES)), strict=True))
    for language, words in texts.items():
        assert words["language"] == language
        assert words.keys() == texts["en"].keys()
        assert all(words.values())
    for language in set(LANGUAGES) - {"en"}:
        alike = {key for key, text in texts[language].items() if text == texts["en"][key]}
        assert alike <= {"expiry_form"}


@pytest.mark.toolchain("node")
def test_an_unknown_language_is_english(call: Call) -> None:
    shown = call("texts.js", "textsOf", ["pt-BR"], ["de-AT"], ["constructor"], [""])
    assert [words["language"] for words in shown] == ["en", "de", "en", "en"]


@pytest.mark.toolchain("npm")
def test_the_types_fit(sources: Path) -> None:
    command = ["npm", "run", "types"]
    done = subprocess.run(command, cwd=sources, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
