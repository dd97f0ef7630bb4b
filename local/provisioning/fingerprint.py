"""Digests that tell whether a resource's inputs changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine import Resource

PROVIDER = "provider"  # beside the inputs: a resource elsewhere is another resource


def fingerprint(resource: Resource) -> dict[str, str]:
    """A digest per input, files by their content, and one for the provider."""
    values = {**resource.inputs, PROVIDER: asdict(resource.provider)}
    return {key: _digest(value) for key, value in values.items()}


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=_content)
    return hashlib.sha256(text.encode()).hexdigest()


def _content(asset: Any) -> str:
    """Assets and archives, which must be files here."""
    return hashlib.sha256(Path(asset.path).read_bytes()).hexdigest()
