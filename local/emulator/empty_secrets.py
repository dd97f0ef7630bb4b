"""Secrets without a value.

Closes a gap of ministack: a secret that is created without a value gets an empty first version, where Secrets
Manager has none and answers `ResourceNotFoundException`.
"""

from __future__ import annotations

from typing import Any

from ministack.services import secretsmanager


def install() -> None:
    store = secretsmanager._store_new_secret

    def store_without_empty_version(name: str, *rest: Any, **keywords: Any) -> Any:
        stored = store(name, *rest, **keywords)
        versions = secretsmanager._secrets[name]["Versions"]
        for version, content in list(versions.items()):
            if content["SecretString"] is None and content["SecretBinary"] is None:
                del versions[version]
        return stored

    secretsmanager._store_new_secret = store_without_empty_version
