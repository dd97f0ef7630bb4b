"""What was edited, as the laptop cloud notices it."""

import os
from pathlib import Path

from local.program import FILES, SOURCES
from local.sources import Changed, Sources


def project(root: Path) -> Path:
    for folder in SOURCES:
        (root / folder).mkdir(parents=True)
        edit(root / folder / "one.py", 1)
    for name in FILES:
        (root / name).parent.mkdir(exist_ok=True)
        edit(root / name, 1)
    return root


def edit(path: Path, at: int) -> None:
    path.touch()
    os.utime(path, (at, at))


def test_an_edit_of_the_functions_code_is_noticed_once(tmp_path: Path) -> None:
    sources = Sources(project(tmp_path))
    assert sources.changed() is None
    edit(tmp_path / "runtime" / "one.py", 2)
    edit(tmp_path / "runtime" / "new.py", 2)
    assert sources.changed() == Changed(("runtime/new.py", "runtime/one.py"), code_only=True)
    assert sources.changed() is None


def test_a_file_that_is_gone_is_a_change(tmp_path: Path) -> None:
    sources = Sources(project(tmp_path))
    (tmp_path / "runtime" / "one.py").unlink()
    assert sources.changed() == Changed(("runtime/one.py",), code_only=True)


def test_an_edit_of_the_program_or_of_a_setting_takes_a_restart(tmp_path: Path) -> None:
    sources = Sources(project(tmp_path))
    edit(tmp_path / "infra" / "one.py", 2)
    assert sources.changed() == Changed(("infra/one.py",), code_only=False)
    edit(tmp_path / "Pulumi.local.yaml", 2)
    assert sources.changed() == Changed(("Pulumi.local.yaml",), code_only=False)


def test_an_editors_own_files_are_none_of_ours(tmp_path: Path) -> None:
    sources = Sources(project(tmp_path))
    edit(tmp_path / "runtime" / ".one.py.swp", 2)
    assert sources.changed() is None
