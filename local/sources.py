"""What was edited while the laptop cloud runs."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from local.program import CODE, sources


@dataclass(frozen=True)
class Changed:
    """`names` of files. `code_only`: all are the functions' own, which can get it without a restart."""

    names: tuple[str, ...]
    code_only: bool


class Sources:
    """The files that the laptop cloud is made from, as they were when they were last looked at."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = self._now()

    def changed(self) -> Changed | None:
        """What has changed since, and rests: an editor may still be writing. None when nothing has."""
        now = self._now()
        if now == self._known or now != self._now():
            return None
        files = sorted(
            path for path in now.keys() | self._known.keys() if now.get(path) != self._known.get(path)
        )
        self._known = now
        names = tuple(path.relative_to(self._root).as_posix() for path in files)
        return Changed(names, all(path.is_relative_to(self._root / CODE) for path in files))

    def _now(self) -> Mapping[Path, int]:
        times: dict[Path, int] = {}
        for path in sources(self._root):
            with suppress(FileNotFoundError):  # an editor's own, gone again
                if not path.name.startswith("."):
                    times[path] = path.stat().st_mtime_ns
        return times
