"""The keys that browsers encrypt cards to: private halves in a secret, public ones published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from onboarding.failure import Failure
from onboarding.merchants import clients_table
from onboarding.stage import Stage
from tollgate.adapters.clients_table import PublishedKeys
from tollgate.adapters.jwks import encryption_jwk

RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class CardKeys:
    """Key ids (RFC 7638 thumbprints): cards are encrypted to `current`, all `accepted` ones are opened."""

    current: str
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Secret:
    """The secret's content. `version`: Secrets Manager's id of it, None before the first."""

    current: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    version: str | None = None


def rotate_card_key(stage: Stage) -> CardKeys:
    """Make a new key current. Cards encrypted to the older ones are opened until `retire_card_key`.

    The private key is distributed before the public one is published, so no card comes that can't be
    opened. After a crash, run it again: it publishes the key that was distributed. Raises Failure when
    somebody else rotates at the same time.
    """
    clients = clients_table(stage)
    published, secret = clients.encryption_keys(), _read(stage)
    if secret.current is None or secret.current in _kids(published):
        secret = _add_key(stage, secret)
    current = secret.keys[str(secret.current)]
    clients.publish_encryption_keys((_public_jwk(current), *published.keys), published)
    return CardKeys(str(secret.current), (str(secret.current), *_kids(published)))


def retire_card_key(stage: Stage, kid: str) -> CardKeys:
    """Stop accepting the older key `kid`: cards encrypted to it are refused from then on.

    Wait 20 minutes after the rotation that replaced it, unless the key leaked: a browser may hold the key
    list for 5 minutes and an encrypted card for 10, with 5 of clock skew. It is withdrawn before it is
    destroyed. After a crash, run it again. Raises Failure for an unknown key and for the current one.
    """
    clients = clients_table(stage)
    published, secret = clients.encryption_keys(), _read(stage)
    if kid not in secret.keys:
        raise Failure(f"There is no card key {kid}.", f"Take one of: {', '.join(secret.keys) or 'none yet'}.")
    if kid == secret.current or _kids(published)[:1] == (kid,):
        raise Failure(f"The card key {kid} is the current one.", "Rotate first: `tollgate keys rotate-card`.")
    if kid in _kids(published):
        kept = tuple(key for key in published.keys if json.loads(key)["kid"] != kid)
        published = clients.publish_encryption_keys(kept, published)
    left = {other: key for other, key in secret.keys.items() if other != kid}
    _write(stage, _Secret(secret.current, left, secret.version))
    return CardKeys(_kids(published)[0], _kids(published))


def _add_key(stage: Stage, secret: _Secret) -> _Secret:
    private = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    kid = encryption_jwk(private.public_key())["kid"]
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return _write(stage, _Secret(kid, {kid: pem, **secret.keys}, secret.version))


def _read(stage: Stage) -> _Secret:
    try:
        answer = stage.secretsmanager.get_secret_value(
            SecretId=stage.physical_name("card-keys"), VersionStage="AWSCURRENT"
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        return _Secret()  # the container has no value yet
    content = json.loads(answer["SecretString"])
    return _Secret(content["current"], content["keys"], answer["VersionId"])


def _write(stage: Stage, secret: _Secret) -> _Secret:
    """Store it in place of `secret.version` and of nothing else: no key of another rotation gets lost."""
    name, manager = stage.physical_name("card-keys"), stage.secretsmanager
    text = json.dumps({"current": secret.current, "keys": dict(secret.keys)})
    if secret.version is None:
        manager.put_secret_value(SecretId=name, SecretString=text)
        return secret
    pending = manager.put_secret_value(SecretId=name, SecretString=text, VersionStages=["AWSPENDING"])
    try:
        manager.update_secret_version_stage(
            SecretId=name,
            VersionStage="AWSCURRENT",
            MoveToVersionId=pending["VersionId"],
            RemoveFromVersionId=secret.version,
        )
    except manager.exceptions.InvalidParameterException:
        raise Failure(
            "The card keys were changed by somebody else at the same time; nothing was changed here.",
            "Agree on who does it, and run it again.",
        ) from None
    return secret


def _kids(published: PublishedKeys) -> tuple[str, ...]:
    return tuple(json.loads(key)["kid"] for key in published.keys)


def _public_jwk(pem: str) -> str:
    private = load_pem_private_key(pem.encode(), password=None)
    assert isinstance(private, RSAPrivateKey), "only RSA keys are distributed"
    return json.dumps(encryption_jwk(private.public_key()))
