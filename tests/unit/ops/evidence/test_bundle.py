"""Evidence as files, and under which circumstances it was gathered."""

import hashlib
import json
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onboarding.failure import Failure
from ops.evidence import FORMAT, SUMS, Circumstances, Contents, observed, write

NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)
CONTENTS = Contents("prod", {"controls.json": {"asks": "größer"}, "resources.json": {"resources": []}}, [])
WITHOUT = Circumstances(NOON, None, None, {"python": "3.13.1"})


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_every_file_has_its_sum_and_there_are_no_others(tmp_path: Path) -> None:
    write(CONTENTS, WITHOUT, tmp_path / "new" / "evidence")
    folder = tmp_path / "new" / "evidence"
    sums = dict(line.split("  ")[::-1] for line in (folder / SUMS).read_text("utf-8").splitlines())
    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != SUMS
    }
    assert sums.keys() == {"controls.json", "resources.json", "run.json"}


def test_it_says_what_when_and_with_what(tmp_path: Path) -> None:
    write(CONTENTS, WITHOUT, tmp_path)
    assert json.loads((tmp_path / "run.json").read_text("utf-8")) == {
        "format": FORMAT,
        "stack": "prod",
        "made_at": "2030-01-31T12:00:00+00:00",
        "commit": None,
        "package": None,
        "tools": {"python": "3.13.1"},
    }


def test_only_the_run_differs_between_runs(tmp_path: Path) -> None:
    later = Circumstances(NOON + timedelta(days=1), None, None, {})
    write(CONTENTS, WITHOUT, tmp_path / "a")
    write(CONTENTS, later, tmp_path / "b")
    differing = {
        path.name
        for path in (tmp_path / "a").iterdir()
        if path.read_bytes() != (tmp_path / "b" / path.name).read_bytes()
    }
    assert differing == {"run.json", SUMS}


def test_a_zip_holds_the_same_and_is_the_same_each_time(tmp_path: Path) -> None:
    write(CONTENTS, WITHOUT, tmp_path / "folder")
    for name in ("a.zip", "b.zip"):
        write(CONTENTS, WITHOUT, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        zipped = {name: archive.read(name) for name in archive.namelist()}
    assert zipped == {path.name: path.read_bytes() for path in (tmp_path / "folder").iterdir()}


def test_a_folder_is_written_anew(tmp_path: Path) -> None:
    write(CONTENTS, WITHOUT, tmp_path)
    write(Contents("dev", CONTENTS.files, []), WITHOUT, tmp_path)
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["stack"] == "dev"


def test_it_is_not_mixed_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_text("")
    with pytest.raises(Failure, match=r"holds something else: letter\.pdf"):
        write(CONTENTS, WITHOUT, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.pdf"]


def test_the_commit_is_told_and_whether_it_is_all(tmp_path: Path) -> None:
    git(tmp_path, "init")
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "-m", "a")
    committed = observed(tmp_path, NOON).commit
    assert committed is not None
    assert len(committed.id) == 40
    assert not committed.modified
    (tmp_path / "a").write_text("2")
    changed = observed(tmp_path, NOON).commit
    assert changed is not None
    assert (changed.id, changed.modified) == (committed.id, True)


def test_outside_of_a_repository_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert observed(tmp_path, NOON).commit is None


def test_the_package_is_told_if_it_is_built(tmp_path: Path) -> None:
    assert observed(tmp_path, NOON).package is None
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build" / "tollgate.zip").write_bytes(b"zip")
    package = observed(tmp_path, NOON).package
    assert package is not None
    assert (package.sha256, package.size) == (hashlib.sha256(b"zip").hexdigest(), 3)


def test_tools_are_told_with_their_versions(tmp_path: Path) -> None:
    assert observed(tmp_path, NOON).tools.keys() == {
        "python",
        "tollgate",
        "pulumi",
        "pulumi-aws",
        "pulumi-policy",
    }
