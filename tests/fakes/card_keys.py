"""Card encryption without cryptography."""

import json
from typing import Any

from tests.cards import VISA
from tests.examples import NOW


class FakeCardKeys:
    """The `CardKeys` port. What `encrypt` gave, `decrypt` opens; nothing else."""

    def __init__(self) -> None:
        self._plaintexts: dict[str, bytes] = {}

    def encrypt(self, merchant: str, number: str = VISA, *, without: str | None = None, **claims: Any) -> str:
        """A stand-in for a JWE. `claims` replace or add to what a browser sends."""
        serial = len(self._plaintexts) + 1
        contents: dict[str, Any] = {
            "number": number,
            "exp_month": 12,
            "exp_year": 2034,
            "cvc": "123",
            "merchant": merchant,
            "iat": NOW // 1000,
            "jti": f"jti-{serial}",
            **claims,
        }
        contents.pop(without or "", None)
        return self.encrypt_bytes(json.dumps(contents).encode())

    def encrypt_bytes(self, plaintext: bytes) -> str:
        """A stand-in for a JWE of any contents."""
        jwe = f"jwe-{len(self._plaintexts) + 1}"
        self._plaintexts[jwe] = plaintext
        return jwe

    def decrypt(self, jwe: str) -> bytes | None:
        return self._plaintexts.get(jwe)
