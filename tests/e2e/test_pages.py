"""What docs/integrate shows runs: each page's programs, against the laptop."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.laptop import ROOT

PAGES = ROOT / "docs" / "integrate"
BLOCK = re.compile(
    r'^```(?P<language>python|js)(?: title="(?P<file>[^"]+)")?\n(?P<code>.*?)^```$', re.M | re.S
)
PROGRAMS = {"python": ("page.py", [sys.executable]), "js": ("page.mjs", ["node"])}

Block = tuple[str, str | None, str]


def blocks(page: str) -> list[Block]:
    """Language, file name and code of a page's blocks."""
    text = (PAGES / page).read_text(encoding="utf-8")
    return [(each["language"], each["file"], each["code"]) for each in BLOCK.finditer(text)]


def pages_with(language: str) -> list[str]:
    names = sorted(path.name for path in PAGES.glob("*.md"))
    return [name for name in names if any(each[0] == language for each in blocks(name))]


@pytest.fixture
def folder(local: Mapping[str, Any], state_dir: Path, tmp_path: Path) -> Path:
    """Where a reader would stand, with what the quickstart has told them to save."""
    assert local["base_url"]
    (tmp_path / ".tollgate").symlink_to(state_dir)
    write_files(tmp_path, blocks("quickstart.md"))
    return tmp_path


def write_files(folder: Path, listed: list[Block]) -> None:
    for _, file, code in listed:
        if file:
            (folder / file).write_text(code, encoding="utf-8")


def run(folder: Path, page: str, language: str) -> str:
    """A page's blocks of one language, one after the other as one program."""
    name, command = PROGRAMS[language]
    listed = [each for each in blocks(page) if each[0] == language]
    write_files(folder, listed)
    (folder / name).write_text("\n".join(code for _, file, code in listed if not file), encoding="utf-8")
    done = subprocess.run(
        [*command, name],
        cwd=folder,
        env={**os.environ, "no_proxy": "*"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_page_has_a_program() -> None:
    assert pages_with("python") == sorted(path.name for path in PAGES.glob("*.md"))


@pytest.mark.parametrize("page", pages_with("python"))
def test_a_pages_python_runs(folder: Path, page: str) -> None:
    run(folder, page, "python")


@pytest.mark.toolchain("node")
def test_the_quickstarts_node_program_pays(folder: Path) -> None:
    done = subprocess.run(
        ["node", "shop.mjs"], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.stdout.startswith("Paid and refunded: pay_"), done.stderr


@pytest.mark.toolchain("node")
def test_a_card_that_a_page_encrypts_pays(folder: Path, shop: Any) -> None:
    encrypted = run(folder, "checkout.md", "js").strip()
    answer = shop.post_payment(payment_method={"encrypted_card": encrypted})
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("shell", ["bash", pytest.param("zsh", marks=pytest.mark.toolchain("zsh"))])
def test_the_first_payment_by_hand_runs(local: Mapping[str, Any], state_dir: Path, shell: str) -> None:
    """As it is pasted: an interactive zsh takes `#` for a word, so there is none."""
    page = (ROOT / "docs" / "first-payment.md").read_text(encoding="utf-8")
    typed = "".join(re.findall(r"^```sh\n(.*?)^```$", page, re.M | re.S))
    assert "#" not in typed
    done = subprocess.run(
        [shell, "-euc", typed.replace("http://127.0.0.1:8080", local["base_url"])],
        cwd=ROOT,
        env={**os.environ, "no_proxy": "*", "TOLLGATE_STATE_DIR": str(state_dir)},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert '"status":"succeeded"' in done.stderr
    assert '"code":"amount_exceeds_refundable"' in done.stdout
    assert "idempotent-replayed: true" in done.stdout.lower()
