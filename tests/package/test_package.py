"""The zip that Lambda runs: the same bytes each time, complete, small, and compiled."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from ops.package import Package, build
from ops.package.selection import KEPT_APIS

pytestmark = pytest.mark.xdist_group("package")


def names(archive: zipfile.ZipFile) -> set[str]:
    return set(archive.namelist())


def test_two_builds_are_the_same_bytes(package: Package, sources: Path, tmp_path: Path) -> None:
    again = build(sources, tmp_path / "elsewhere" / "again.zip", lambda _: None)
    assert again.path.read_bytes() == package.path.read_bytes()
    assert again.sha256 == package.sha256


def test_the_package_is_small_enough_to_start_fast(package: Package) -> None:
    assert package.unzipped_size <= 20_500_000
    assert package.size <= 10 * 1024 * 1024


def test_every_module_has_bytecode_that_is_taken_without_looking_at_its_source(
    archive: zipfile.ZipFile,
) -> None:
    sources = {Path(name) for name in names(archive) if name.endswith(".py")}
    compiled = {Path(name) for name in names(archive) if name.endswith(".pyc")}
    assert {source.parts[0] for source in sources} == {"tollgate"}
    beside = {source.parent / "__pycache__" / f"{source.stem}.cpython-313.pyc" for source in sources}
    assert beside == {path for path in compiled if path.parts[0] == "tollgate"}
    assert len(compiled) > 300
    for module in compiled:
        content = archive.read(module.as_posix())
        assert int.from_bytes(content[4:8], "little") == 0b01, f"{module} isn't of kind unchecked-hash"


def test_a_dependencys_bytecode_stands_where_its_source_stood(archive: zipfile.ZipFile) -> None:
    foreign = [name for name in names(archive) if name.endswith(".pyc") and not name.startswith("tollgate/")]
    assert foreign
    assert [name for name in foreign if "__pycache__" in name] == []
    assert "botocore/session.pyc" in foreign


def test_bytecode_names_lambdas_folder_and_no_other(archive: zipfile.ZipFile, package: Package) -> None:
    content = archive.read("tollgate/__pycache__/config.cpython-313.pyc")
    assert b"/var/task/tollgate/config.py" in content
    assert os.fsencode(package.path.parent) not in content


def test_bytecode_loads_with_lambdas_version(archive: zipfile.ZipFile, interpreter: Path) -> None:
    load = (
        "import importlib.util, marshal, sys; content = sys.stdin.buffer.read();"
        "assert content[:4] == importlib.util.MAGIC_NUMBER; marshal.loads(content[16:])"
    )
    content = archive.read("tollgate/__pycache__/config.cpython-313.pyc")
    loaded = subprocess.run([interpreter, "-c", load], input=content, capture_output=True, check=False)
    assert loaded.returncode == 0, loaded.stderr.decode()


def test_dates_modes_and_order_are_fixed(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644, 0o755}
    assert [entry.filename for entry in entries] == sorted(names(archive))


def test_only_arm64_libraries_are_in_it(archive: zipfile.ZipFile) -> None:
    libraries = [name for name in names(archive) if name.endswith(".so")]
    assert any("_rust.abi3.so" in name for name in libraries)
    machine = {int.from_bytes(archive.read(name)[18:20], "little") for name in libraries}
    assert machine == {183}, "ELF's number of AArch64"


def test_the_aws_models_are_those_that_the_runtime_calls(archive: zipfile.ZipFile) -> None:
    models = {name.split("/")[2] for name in names(archive) if name.startswith("botocore/data/")}
    assert {model for model in models if not model.endswith((".json", ".pyc"))} == set(KEPT_APIS)
    for api, version in KEPT_APIS.items():
        assert f"botocore/data/{api}/{version}/service-2.json.gz" in names(archive)


def test_dependencies_can_be_told_by_their_metadata(archive: zipfile.ZipFile) -> None:
    assert any(name.startswith("cryptography-") and name.endswith("/METADATA") for name in names(archive))
    assert not any(name.endswith("/RECORD") for name in names(archive))


IMPORT_EVERYTHING = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
import botocore.session, tollgate
for module in pkgutil.walk_packages(tollgate.__path__, "tollgate."):
    importlib.import_module(module.name)
    print(module.name)
for api in sys.argv[2:]:
    print(botocore.session.get_session().create_client(api, "eu-west-1").meta.endpoint_url)
"""


def test_every_module_of_the_runtime_imports_and_every_aws_client_is_made(
    interpreter: Path, unpacked: Path
) -> None:
    command = [
        str(interpreter),
        "-I",
        "-S",
        "-W",
        "error",
        "-c",
        IMPORT_EVERYTHING,
        str(unpacked),
        *KEPT_APIS,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "tollgate.handlers.payments" in done.stdout.split()
    assert "https://dynamodb.eu-west-1.amazonaws.com" in done.stdout.split()
