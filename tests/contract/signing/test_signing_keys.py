"""Signing keys: KMS and the tests' stand-in alike."""

import boto3
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.contract.tables import create_table
from tests.fakes.signing_keys import FakeSigningKeys
from tollgate.adapters.access_tokens import SignedAccessTokens, SigningKeys
from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.key_set import PublishedKeySet
from tollgate.adapters.signing import KmsSigningKeys
from tollgate.domain.access import AccessClaims


def kms_key(spec: str = "ECC_NIST_P256") -> str:
    kms = boto3.client("kms")
    return kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]


@pytest.fixture(params=["fake", "kms"])
def keys(request: pytest.FixtureRequest, aws: None) -> SigningKeys:
    if request.param == "fake":
        return FakeSigningKeys(2)
    return KmsSigningKeys(boto3.client("kms"), (kms_key(), kms_key()))


def test_signatures_verify_under_the_first_key(keys: SigningKeys) -> None:
    signature = keys.sign(b"message")
    assert len(signature) == 64
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public = keys.public_keys[keys.current_kid]
    public.verify(encode_dss_signature(r, s), b"message", ec.ECDSA(SHA256()))


def test_kids_differ_and_stay(keys: SigningKeys) -> None:
    assert len(keys.public_keys) == 2
    assert list(keys.public_keys) == list(keys.public_keys)


def test_a_token_verifies_with_what_was_published(keys: SigningKeys) -> None:
    tokens = SignedAccessTokens(keys, "https://api.example", "tollgate")
    claims = AccessClaims("cli_one", "mer_one", "payments:read", 1_700_000_000, 4_000_000_000, "jwt_1")
    assert tokens.verify(tokens.sign(claims)) == claims


def test_a_key_of_another_kind_is_refused_by_name(aws: None) -> None:
    arn = kms_key("ECC_NIST_P384")
    with pytest.raises(TypeError, match=arn):
        _ = KmsSigningKeys(boto3.client("kms"), (arn,)).public_keys


def test_the_key_set_lists_signature_keys_then_card_keys(aws: None) -> None:
    keys = KmsSigningKeys(boto3.client("kms"), (kms_key(), kms_key()))
    table = ClientsTable(create_table("clients"), "clients")
    table.publish_encryption_keys(
        ['{"kid":"new","use":"enc"}', '{"kid":"old","use":"enc"}'], table.encryption_keys()
    )
    published = PublishedKeySet(keys, table).document()["keys"]
    assert [each["use"] for each in published] == ["sig", "sig", "enc", "enc"]
    assert [each["kid"] for each in published] == [*keys.public_keys, "new", "old"]
    assert all(each["alg"] == "ES256" and "d" not in each for each in published[:2])
