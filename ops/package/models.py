"""botocore's models of AWS APIs, cut to what the runtime calls: they are parsed at each cold start."""

import gzip
import io
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

KEPT_OPERATIONS = {
    "dynamodb": {
        "BatchGetItem",
        "GetItem",
        "PutItem",
        "Query",
        "Scan",
        "TransactWriteItems",
        "UpdateItem",
    },
    "kms": {"Decrypt", "Encrypt", "GenerateMac", "GetPublicKey", "Sign"},
    "secretsmanager": {"GetSecretValue"},
    "sqs": {"SendMessage", "SendMessageBatch"},
}
"""By API. The tests hold them against the calls in the runtime's source."""


def cut_model(path: Path, operations: Collection[str]) -> None:
    """Rewrite the `service-2.json.gz` at `path` with these operations, the shapes that they reach, errors
    included, and no documentation. The same model gives the same bytes.

    Raises `KeyError` for an operation that the API doesn't have.
    """
    model = json.loads(gzip.decompress(path.read_bytes()))
    model["operations"] = {name: model["operations"][name] for name in sorted(operations)}
    reached: dict[str, Any] = {}
    waiting = [shape for operation in model["operations"].values() for shape in _named(operation)]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = model["shapes"][name]
            waiting.extend(_named(reached[name]))
    model["shapes"] = {name: reached[name] for name in sorted(reached)}
    content = json.dumps(_undocumented(model), separators=(",", ":")).encode()
    packed = io.BytesIO()
    # `gzip.compress` names the system in its header, in some versions of Python.
    with gzip.GzipFile("", "wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(content)
    path.write_bytes(packed.getvalue())


def _named(part: Any) -> Iterator[str]:
    """The shapes that a part of a model names."""
    if isinstance(part, Mapping):
        for name, value in part.items():
            if name == "shape" and isinstance(value, str):
                yield value
            else:
                yield from _named(value)
    elif isinstance(part, list):
        for each in part:
            yield from _named(each)


def _undocumented(part: Any) -> Any:
    """A member may be called `documentation`, too: then it is no text."""
    if isinstance(part, dict):
        return {
            name: _undocumented(value)
            for name, value in part.items()
            if not (name == "documentation" and isinstance(value, str))
        }
    return [_undocumented(each) for each in part] if isinstance(part, list) else part
