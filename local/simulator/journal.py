"""An append-only file of JSON lines: a kill at any instant loses nothing that was answered."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    digest_key: str


class Journal(Generic[T]):
    """Lines of one type after a header with the key of the request digests.

    A line is one write, so a kill may cut the last one only: it was never answered, and is dropped.
    """

    def __init__(self, path: Path, line: type[T]) -> None:
        self._path = path
        self._decoder = msgspec.json.Decoder(line)
        if not path.exists():
            _create(path)
        self._key = self._header().digest_key.encode()
        self._drop_torn_line()
        self._file = path.open("ab", buffering=0)

    def digest(self, request: bytes) -> str:
        """A keyed digest: a plain one of a body with a card number could be guessed."""
        return hmac.new(self._key, request, hashlib.sha256).hexdigest()

    def append(self, line: T) -> None:
        """Written when this returns, as far as the process is concerned."""
        self._file.write(msgspec.json.encode(line) + b"\n")

    def entries(self) -> Iterator[T]:
        """The lines, oldest first. Raises `ValueError` for a file that isn't ours."""
        with self._path.open("rb") as lines:
            next(lines)
            for number, line in enumerate(lines, start=2):
                try:
                    yield self._decoder.decode(line)
                except msgspec.DecodeError:
                    raise ValueError(f"{self._path}, line {number}: not a simulator journal") from None

    def close(self) -> None:
        self._file.close()

    def _header(self) -> _Header:
        with self._path.open("rb") as lines:
            try:
                return msgspec.json.decode(lines.readline(), type=_Header)
            except msgspec.DecodeError:
                raise ValueError(
                    f"{self._path}: not a simulator journal; remove it or name another"
                ) from None

    def _drop_torn_line(self) -> None:
        os.truncate(self._path, self._path.read_bytes().rfind(b"\n") + 1)


def _create(path: Path) -> None:
    """The header alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(msgspec.json.encode(_Header(secrets.token_hex(32))) + b"\n")
    draft.replace(path)
