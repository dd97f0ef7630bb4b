"""New random ids."""

import base64
import secrets


class RandomIds:
    def new(self, prefix: str) -> str:
        """`prefix` and 20 base32 characters: 100 random bits."""
        return prefix + base64.b32encode(secrets.token_bytes(13)).decode().lower()[:20]
