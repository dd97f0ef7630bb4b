"""The card fields' files: small, typed, in all languages alike."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.fields.release import FRAME, LOADER, WEB
from tests.unit.web.conftest import Call

LANGUAGES = ("ar", "de", "en", "es", "fr", "ja")


def compressed(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_a_shops_page_loads_little() -> None:
    assert compressed(WEB / LOADER) < 5_000
    assert compressed(WEB / FRAME, *(WEB / "card").iterdir()) < 15_000


def test_the_card_fields_import_nothing_but_each_other() -> None:
    scripts = [WEB / LOADER, *(WEB / "card").glob("*.js")]
    imported = {
        name for each in scripts for name in re.findall(r'^import .* from "(.*)";$', each.read_text(), re.M)
    }
    assert {f"./{script.name}" for script in scripts} >= imported


def test_scripts_stay_small() -> None:
    assert [path.name for path in (WEB / "card").iterdir() if len(path.read_text().splitlines()) > 200] == []


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
def test_the_types_fit(tmp_path: Path) -> None:
    copy = shutil.copytree(WEB, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "types"]):
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
