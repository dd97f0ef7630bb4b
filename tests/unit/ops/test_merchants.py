import pytest

from onboarding import Stage, add_merchant, list_merchants
from onboarding.failure import Failure
from tests.unit.ops.conftest import Crash, CrashAt
from tollgate.adapters.clock import SystemClock
from tollgate.adapters.vault import MerchantKeys
from tollgate.domain.merchant import Merchant

ACME = {"name": "Acme", "account": "simulator", "terminal": "1001", "multiple_captures": False}


def vault_keys(stage: Stage) -> MerchantKeys:
    return MerchantKeys(stage.dynamodb, "tollgate-local-vault", stage.kms, SystemClock())


def test_a_merchant_is_listed_with_what_it_was_added_with(stage: Stage, merchant: Merchant) -> None:
    assert list_merchants(stage) == [merchant]
    assert merchant.id.startswith("mer_")
    assert merchant.currencies == {"USD", "EUR"}
    assert merchant.processor.account == "simulator"


def test_a_merchant_gets_a_vault_key_that_opens_for_it_alone(stage: Stage, merchant: Merchant) -> None:
    assert len(vault_keys(stage).of(merchant.id).versions[1]) == 32
    row = stage.dynamodb.get_item(TableName="tollgate-local-vault", Key={"id": {"S": f"key#{merchant.id}"}})
    wrapped = row["Item"]["versions"]["M"]["1"]["B"]
    with pytest.raises(stage.kms.exceptions.InvalidCiphertextException):
        stage.kms.decrypt(CiphertextBlob=wrapped, EncryptionContext={"merchant": "mer_other"})


def test_a_crash_before_the_merchant_is_written_leaves_no_merchant(stage: Stage, crash_at: CrashAt) -> None:
    recover = crash_at(stage.dynamodb, "PutItem", after=1)
    with pytest.raises(Crash):
        add_merchant(stage, currencies=["USD"], **ACME)
    recover()
    assert list_merchants(stage) == []
    again = add_merchant(stage, currencies=["USD"], **ACME)
    assert list_merchants(stage) == [again]


@pytest.mark.parametrize("currencies", [[], ["XXX"], ["usd"]])
def test_a_merchant_needs_currencies_of_iso_4217(stage: Stage, currencies: list[str]) -> None:
    with pytest.raises(Failure, match="ISO 4217"):
        add_merchant(stage, currencies=currencies, **ACME)


def test_an_unknown_processor_account_is_refused_before_anything_is_written(stage: Stage) -> None:
    with pytest.raises(Failure, match="no processor account 'elsewhere'"):
        add_merchant(stage, currencies=["USD"], **{**ACME, "account": "elsewhere"})
    assert list_merchants(stage) == []
    assert stage.dynamodb.scan(TableName="tollgate-local-vault")["Count"] == 0
