"""The bootstrap program as a whole: state, account settings, and where it runs."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bootstrap.settings import read_account_settings
from engine import Graph, Provider, RecordingBackend, up
from engine.errors import ProgramError
from infra.settings.reading import InvalidSettingsError
from tests.infra.graphs import KEY
from tests.infra.iam import USING_A_KEY
from tests.stacks import BOOTSTRAP, PROJECT

BUCKET = "aws:s3/bucket:Bucket"
USABLE: dict[str, Any] = {
    "account_id": "222222222222",
    "region": "eu-west-1",
    "repository": "example/tollgate",
    "owner_id": "1234567",
    "repository_id": "89012345",
    "durability": "ephemeral",
    "administrators": ["arn:aws:iam::222222222222:role/admin"],
    "operators": ["arn:aws:iam::222222222222:role/ops"],
    "investigators": ["arn:aws:iam::222222222222:role/audit"],
    "security_contact": {"name": "On call", "title": "Security", "email": "s@example.com", "phone": "+44 1"},
    "tags": {"owner": "payments"},
}


class ForeignAccount(RecordingBackend):
    """A cloud whose credentials belong to another account."""

    def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
        return {**super().invoke(token, arguments, provider), "accountId": "999999999999"}


def read(**changed: Any) -> None:
    values = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in (USABLE | changed).items()
    }
    read_account_settings("dev", values)


def test_the_account_of_the_stage_is_bootstrapped_and_no_other(account: Graph) -> None:
    stage = up(PROJECT, account.stack, overrides={"tollgate:package": "pyproject.toml"})
    assert account.exports["account_id"] == stage.exports["account_id"]
    assert account.exports["region"] == stage.exports["region"]
    (provider,) = account.of_type("pulumi:providers:aws")
    for node in account.nodes.values():
        if node.custom and node is not provider:
            assert node.provider.startswith(f"{provider.urn}::")


def test_credentials_of_another_account_are_refused() -> None:
    with pytest.raises(ProgramError, match=r"belongs to account 222222222222.*belong to 999999999999"):
        up(BOOTSTRAP, "dev", preview=False, backend=ForeignAccount())


def test_the_program_warns_of_nothing(account: Graph) -> None:
    assert [line.message for line in account.logs] == []


def test_the_state_is_protected_versioned_and_under_a_key_of_its_own(account: Graph) -> None:
    (bucket,) = account.of_type(BUCKET)
    assert bucket.protect
    assert not bucket.inputs["forceDestroy"]
    assert bucket.inputs["bucket"] == f"tollgate-{account.stack}-state-{account.exports['account_id']}"
    (versioning,) = account.of_type("aws:s3/bucketVersioning:BucketVersioning")
    assert versioning.inputs["versioningConfiguration"] == {"status": "Enabled"}
    (encryption,) = account.of_type(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    )
    default = encryption.inputs["rules"][0]["applyServerSideEncryptionByDefault"]
    assert default["kmsMasterKeyId"] == account.one(KEY, "state").outputs["arn"]


def test_the_states_keys_are_protected_and_rotate(account: Graph) -> None:
    for key in account.of_type(KEY):
        assert key.protect
        assert key.inputs["enableKeyRotation"]
        assert key.inputs["deletionWindowInDays"] == 30


def uses(graph: Graph, key: str) -> dict[str, set[str]]:
    """What each principal may do with a key: operations by the last part of the principal's ARN."""
    found: dict[str, set[str]] = {}
    for statement in json.loads(graph.one(KEY, key).inputs["policy"])["Statement"]:
        principals = statement["Principal"]["AWS"]
        for principal in [principals] if isinstance(principals, str) else principals:
            used = {action for action in statement["Action"] if USING_A_KEY.match(action)}
            found.setdefault(principal.rpartition("/")[2].rpartition(":")[2], set()).update(used)
    return found


def test_the_states_key_is_used_by_who_deploys_previews_and_administers(account: Graph) -> None:
    administrator = "AWSReservedSSO_AdministratorAccess_0123456789abcdef"
    reading, writing = {"kms:Decrypt"}, {"kms:Decrypt", "kms:GenerateDataKey"}
    assert uses(account, "state") == {
        "root": set(),
        "tollgate-deploy": writing,
        "tollgate-preview": reading,
        administrator: writing,
    }
    assert uses(account, "pulumi") == {
        "root": set(),
        "tollgate-deploy": reading,
        "tollgate-preview": reading,
        administrator: {"kms:Decrypt", "kms:Encrypt"},
    }


def test_nothing_in_the_account_can_be_made_public(account: Graph) -> None:
    block = account.one("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "account")
    assert block.inputs["accountId"] == account.exports["account_id"]
    assert {key for key, value in block.inputs.items() if value is True} == {
        "blockPublicAcls",
        "blockPublicPolicy",
        "ignorePublicAcls",
        "restrictPublicBuckets",
    }
    snapshots = account.one("aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess", "account")
    assert snapshots.inputs["state"] == "block-all-sharing"
    assert account.one("aws:ebs/encryptionByDefault:EncryptionByDefault", "account").inputs["enabled"]


def test_the_stage_is_told_where_its_state_is(account: Graph) -> None:
    stack = account.stack
    assert account.exports["backend"] == (
        f"s3://tollgate-{stack}-state-{account.exports['account_id']}?region=eu-west-1"
    )
    assert account.exports["secrets_provider"] == f"awskms://alias/tollgate-{stack}-pulumi?region=eu-west-1"
    assert account.one("aws:kms/alias:Alias", "pulumi").inputs["name"] == f"alias/tollgate-{stack}-pulumi"


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("repository", "tollgate", "matching regex"),
        ("repository", "example/*", "matching regex"),
        ("repository", "*/tollgate", "matching regex"),
        ("operators", ["arn:aws:iam::333333333333:role/ops"], "each must be a role of account 222222222222"),
        ("operators", ["arn:aws:iam::222222222222:root"], "each must be a role of account 222222222222"),
        ("operators", [], "length >= 1"),
        ("administrators", ["arn:aws:iam::333333333333:role/admin"], "each must be a role of account"),
        ("investigators", ["arn:aws:iam::333333333333:role/audit"], "each must be a role of account"),
        ("owner_id", "example", "Expected `int`"),
        ("subjects", [], "length >= 1"),
        ("existing", ["detector"], "Invalid enum value"),
        ("truststore", "bucket/*", "matching regex"),
        ("security_contact", {"name": "On call"}, "missing required field"),
        ("durability", "eternal", "Invalid enum value"),
        ("colour", "red", "not a known setting"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_reason(key: str, value: Any, reason: str) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(**{key: value})
    heading, problem = str(refused.value).splitlines()
    assert heading == "Pulumi.dev.yaml is not usable:"
    assert problem.startswith(f"  tollgate-bootstrap:{key}: ")
    assert reason in problem


def test_a_password_that_somebody_gets_is_long_new_and_short_lived(account: Graph) -> None:
    policy = account.one("aws:iam/accountPasswordPolicy:AccountPasswordPolicy", "account").inputs
    assert policy["minimumPasswordLength"] >= 12
    assert policy["passwordReusePrevention"] >= 4
    assert policy["maxPasswordAge"] <= 90
