"""Access tokens, for the functions that issue and verify them."""

from tollgate.adapters import aws
from tollgate.adapters.access_tokens import SignedAccessTokens
from tollgate.adapters.signing import KmsSigningKeys
from tollgate.config import text, texts


def signing_keys() -> KmsSigningKeys:
    return KmsSigningKeys(aws.client("kms"), texts("SIGNING_KEYS"))


def access_tokens(keys: KmsSigningKeys) -> SignedAccessTokens:
    return SignedAccessTokens(keys, text("ISSUER"), text("AUDIENCE"))
