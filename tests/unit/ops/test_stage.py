from pathlib import Path

import pytest

from onboarding import Stage
from onboarding.failure import Failure

MOTOS_ACCOUNT = "123456789012"


def written(root: Path, account: str) -> Path:
    text = f'config:\n  tollgate:account_id: "{account}"\n  tollgate:region: eu-central-1\n'
    (root / "Pulumi.dev.yaml").write_text(text)
    return root


def test_a_named_stage_lives_where_its_pulumi_file_says(aws: None, tmp_path: Path) -> None:
    stage = Stage.named("dev", written(tmp_path, MOTOS_ACCOUNT))
    assert (stage.name, stage.region, stage.endpoint_url) == ("dev", "eu-central-1", None)
    assert stage.dynamodb.meta.region_name == "eu-central-1"
    assert stage.kms_key("wrapping") == "alias/tollgate-dev-wrapping"


def test_credentials_of_another_account_are_refused_with_both_accounts_named(
    aws: None, tmp_path: Path
) -> None:
    with pytest.raises(Failure) as failure:
        Stage.named("dev", written(tmp_path, "222222222222"))
    assert MOTOS_ACCOUNT in failure.value.reason
    assert "222222222222" in failure.value.remedy


def test_a_stack_without_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"Pulumi\.nowhere\.yaml isn't in"):
        Stage.named("nowhere", tmp_path)


def test_a_file_without_an_account_names_the_missing_key(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  tollgate:region: eu-west-1\n")
    with pytest.raises(Failure, match="tollgate:account_id"):
        Stage.named("dev", tmp_path)


def test_a_stages_repr_shows_no_credentials(stage: Stage) -> None:
    assert "testing" not in repr(stage)
