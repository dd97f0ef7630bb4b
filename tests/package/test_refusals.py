"""What isn't built, and what the builder is told then."""

import sys
from pathlib import Path

import pytest

from onboarding.failure import Failure
from ops.package.imports import missing_imports
from ops.package.interpreter import find_interpreter
from ops.package.wheels import install_wheels


@pytest.mark.skipif(sys.version_info[:2] == (3, 13), reason="the running interpreter would be taken")
def test_a_machine_without_cpython_3_13_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path))
    with pytest.raises(Failure) as failure:
        find_interpreter()
    assert "Lambda runs CPython 3.13" in failure.value.reason
    assert "uv python install 3.13" in failure.value.remedy


def test_an_import_without_its_module_is_named(tmp_path: Path) -> None:
    ours = tmp_path / "tollgate"
    ours.mkdir()
    (ours / "handler.py").write_text(
        "import json\nimport there\nimport compiled\nfrom absent.part import x\nfrom . import sibling\n"
    )
    (tmp_path / "there.py").touch()
    (tmp_path / "compiled.abi3.so").touch()
    assert missing_imports(ours, tmp_path) == ["absent.part"]


def test_a_wheel_whose_hash_differs_is_refused_in_uvs_words(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("idna==3.20 --hash=sha256:" + "0" * 64 + "\n")
    with pytest.raises(Failure, match=r"couldn't install lock\.txt"):
        install_wheels(lock, tmp_path / "target", "aarch64-manylinux_2_28")
