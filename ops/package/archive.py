"""A zip whose bytes depend on its files' names and contents alone."""

import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold."""

_UNIX = 3
_SHARED_LIBRARY, _FILE = 0o755, 0o644


def write_archive(tree: Path, out: Path) -> int:
    """Write the files below `tree` to `out`, in the order of their names. Returns how many."""
    files = {path.relative_to(tree).as_posix(): path for path in tree.rglob("*") if path.is_file()}
    with zipfile.ZipFile(out, "w") as archive:
        for name, path in sorted(files.items()):
            archive.writestr(_entry(name), path.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return len(files)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = (_SHARED_LIBRARY if name.endswith(".so") else _FILE) << 16
    return entry
