"""Merchants: who gets paid, and the vault key that belongs to them alone."""

from collections.abc import Iterable

from botocore.exceptions import ClientError

from onboarding.failure import Failure
from onboarding.stage import Stage
from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.clock import SystemClock
from tollgate.adapters.ids import RandomIds
from tollgate.adapters.vault import create_merchant_key
from tollgate.domain.currency import CURRENCIES
from tollgate.domain.merchant import Merchant, ProcessorAccount

PROCESSOR = "payroc"
VAULT_KEY_BYTES = 32


def add_merchant(
    stage: Stage,
    *,
    name: str,
    account: str,
    terminal: str,
    currencies: Iterable[str],
    multiple_captures: bool,
) -> Merchant:
    """A new merchant with a vault key of its own, wrapped by the stage's `wrapping` key.

    `account` is an entry of the stack's `processor_accounts`, `terminal` the processor's terminal id,
    `currencies` ISO 4217 codes. The key comes first: without a merchant it opens nothing, and a merchant
    never lacks its key. After a crash, run it again: the next merchant has another id.

    Raises Failure for an unknown currency or processor account.
    """
    enabled = frozenset(currencies)
    if not enabled or not enabled <= set(CURRENCIES):
        raise Failure(
            f"Not ISO 4217 currencies: {', '.join(sorted(enabled - set(CURRENCIES))) or 'none given'}.",
            "Name one or more three-letter codes, as in --currency USD.",
        )
    _require_account(stage, account)
    merchant = Merchant(
        id=RandomIds().new("mer_"),
        name=name,
        processor=ProcessorAccount(PROCESSOR, account, terminal),
        currencies=enabled,
        multiple_captures=multiple_captures,
        created_at=SystemClock().now(),
    )
    _make_vault_key(stage, merchant.id)
    clients_table(stage).put_merchant(merchant)
    return merchant


def list_merchants(stage: Stage) -> list[Merchant]:
    """All merchants of the stage, oldest first."""
    return clients_table(stage).list_merchants()


def clients_table(stage: Stage) -> ClientsTable:
    """The stage's table of merchants, clients and published keys."""
    return ClientsTable(stage.dynamodb, stage.physical_name("clients"))


def _make_vault_key(stage: Stage, merchant_id: str) -> None:
    """The key is never seen here: KMS makes and wraps it."""
    generated = stage.kms.generate_data_key_without_plaintext(
        KeyId=stage.kms_key("wrapping"),
        NumberOfBytes=VAULT_KEY_BYTES,
        EncryptionContext={"merchant": merchant_id},
    )
    create_merchant_key(
        stage.dynamodb, stage.physical_name("vault"), merchant_id, generated["CiphertextBlob"]
    )


def _require_account(stage: Stage, account: str) -> None:
    secret = stage.physical_name(f"processor-{account}")
    try:
        stage.secretsmanager.describe_secret(SecretId=secret)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
        raise Failure(
            f"The stack '{stage.name}' has no processor account '{account}' (no secret {secret}).",
            "Take one of tollgate:processor_accounts in its Pulumi file, or add it there and deploy.",
        ) from None
