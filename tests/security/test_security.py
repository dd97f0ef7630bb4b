"""The security account: it watches every account, and keeps what nobody can take back."""

import json
from functools import cache
from typing import Any

import pytest

from engine import Graph, Node, up
from infra.settings.reading import InvalidSettingsError
from infra.stage import Stage
from ops.iam.evaluation import allowed
from ops.iam.key_policies import key_allows
from security import statements as stated
from security.settings import read_security_settings
from tests.infra.graphs import KEY, ROLE, statements
from tests.infra.iam import findings
from tests.stacks import SECURITY

ACCOUNT, MANAGEMENT, MEMBERS = "444444444444", "555555555555", ["222222222222", "333333333333"]
ORGANIZATION = "o-exampleorg1"
INVESTIGATOR = f"arn:aws:iam::{ACCOUNT}:role/investigator"
WITNESS = f"arn:aws:s3:::tollgate-security-witness-{ACCOUNT}"
TRAIL = f"arn:aws:cloudtrail:eu-west-1:{MANAGEMENT}:trail/tollgate-organization"
USABLE: dict[str, Any] = {
    "account_id": ACCOUNT,
    "region": "eu-west-1",
    "organization_id": ORGANIZATION,
    "management_account_id": MANAGEMENT,
    "members": MEMBERS,
    "investigators": [INVESTIGATOR],
    "lock_days": 365,
    "expire_after_days": 400,
    "tags": {"owner": "security"},
}


@cache
def watched() -> Graph:
    return up(SECURITY, "security", preview=False)


def policy(name: str) -> list[dict[str, Any]]:
    """The statements of a store's bucket policy."""
    return statements(watched().one("aws:s3/bucketPolicy:BucketPolicy", name).inputs["policy"])


def for_everybody(sid: str) -> dict[str, Any]:
    (found,) = (each for each in policy("witness") if each.get("Sid") == sid)
    return found


def test_the_program_runs_in_the_security_account_only() -> None:
    (provider,) = watched().of_type("pulumi:providers:aws")
    assert provider.inputs["allowedAccountIds"] == f'["{ACCOUNT}"]'
    assert [line.message for line in watched().logs] == []
    for node in watched().nodes.values():
        if node.custom and node is not provider:
            assert node.provider.startswith(f"{provider.urn}::")


def test_a_preview_shows_all_that_is_made() -> None:
    assert up(SECURITY, "security").nodes.keys() == watched().nodes.keys()


# --- watching


def test_every_account_is_watched_and_new_ones_too() -> None:
    graph = watched()
    guard = graph.one("aws:guardduty/organizationConfiguration:OrganizationConfiguration", "organization")
    assert guard.inputs["autoEnableOrganizationMembers"] == "ALL"
    hub = graph.one("aws:securityhub/organizationConfiguration:OrganizationConfiguration", "organization")
    assert hub.inputs["autoEnable"]
    (config,) = graph.of_type("aws:cfg/configurationAggregator:ConfigurationAggregator")
    assert config.inputs["organizationAggregationSource"]["allRegions"]
    (analyzer,) = graph.of_type("aws:accessanalyzer/analyzer:Analyzer")
    assert analyzer.inputs["type"] == "ORGANIZATION"


def test_each_feature_of_guardduty_is_decided() -> None:
    kind = "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature"
    decided = {node.inputs["name"]: node.inputs["autoEnable"] for node in watched().of_type(kind)}
    assert {name for name, members in decided.items() if members == "ALL"} == {
        "S3_DATA_EVENTS",
        "LAMBDA_NETWORK_LOGS",
    }
    # AWS refuses both kinds of runtime monitoring together.
    assert "EKS_RUNTIME_MONITORING" not in decided


def test_config_takes_its_role_for_this_account_only() -> None:
    (role,) = watched().of_type(ROLE)
    (trusted,) = statements(role.inputs["assumeRolePolicy"])
    assert trusted["Principal"] == {"Service": "config.amazonaws.com"}
    assert trusted["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


# --- evidence


def test_the_trail_covers_the_organization_in_all_regions_and_can_be_checked() -> None:
    (trail,) = watched().of_type("aws:cloudtrail/trail:Trail")
    assert trail.protect
    for key in (
        "isOrganizationTrail",
        "isMultiRegionTrail",
        "includeGlobalServiceEvents",
        "enableLogFileValidation",
        "enableLogging",
    ):
        assert trail.inputs[key] is True
    assert trail.inputs["kmsKeyId"] == watched().one(KEY, "trail").outputs["arn"]


def test_only_this_trail_writes_to_the_trails_store() -> None:
    written = [
        each for each in policy("trail") if "s3:PutObject" in each["Action"] and each["Effect"] == "Allow"
    ]
    (statement,) = written
    assert statement["Principal"] == {"Service": "cloudtrail.amazonaws.com"}
    assert statement["Condition"]["StringEquals"]["aws:SourceArn"] == TRAIL
    arn = f"arn:aws:s3:::tollgate-security-trail-{ACCOUNT}/AWSLogs"
    assert statement["Resource"] == [f"{arn}/{MANAGEMENT}/*", f"{arn}/{ORGANIZATION}/*"]


@pytest.mark.parametrize("store", ["trail", "witness"])
def test_a_store_is_locked_protected_and_expires_after_its_lock(store: str) -> None:
    graph = watched()
    assert graph.one("aws:s3/bucket:Bucket", store).protect
    lock = graph.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", store)
    retention = lock.inputs["rule"]["defaultRetention"]
    assert retention == {"mode": "COMPLIANCE", "days": 365}
    (rule,) = graph.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", store).inputs[
        "rules"
    ]
    assert rule["expiration"]["days"] > retention["days"]


@pytest.mark.parametrize("store", ["trail", "witness"])
def test_investigators_read_a_store_and_nobody_else(store: str) -> None:
    reading = [
        each
        for each in policy(store)
        if each["Effect"] == "Allow" and {"s3:GetObject", "s3:ListBucket"} & set(each["Action"])
    ]
    (statement,) = reading
    assert statement["Principal"] == {"AWS": [INVESTIGATOR]}
    decrypting = [
        each
        for each in statements(watched().one(KEY, store).inputs["policy"])
        if "kms:Decrypt" in each["Action"]
    ]
    people = [each["Principal"] for each in decrypting if "AWS" in each["Principal"]]
    assert people == [{"AWS": [INVESTIGATOR]}]


def test_the_trail_opens_the_data_key_that_its_bucket_shares_between_files() -> None:
    """S3 makes one data key for many files, under an encryption context that isn't the trail's."""
    key = watched().one(KEY, "trail")
    for_this = {"aws:SourceArn": TRAIL}
    for operation in ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"):
        assert key_allows(key, "cloudtrail.amazonaws.com", operation, for_this)
        assert not key_allows(key, "cloudtrail.amazonaws.com", operation, {"aws:SourceArn": TRAIL + "2"})


def test_members_add_to_the_witness_below_their_own_account_and_do_nothing_else() -> None:
    granted = [
        each for each in policy("witness") if each["Effect"] == "Allow" and each.get("Sid") != "Reading"
    ]
    (statement,) = granted
    assert statement["Principal"] == {"AWS": [f"arn:aws:iam::{member}:root" for member in MEMBERS]}
    assert statement["Action"] == ["s3:PutObject"]
    assert statement["Resource"] == f"{WITNESS}/${{aws:PrincipalAccount}}/*"
    assert statement["Condition"] == {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}


@pytest.mark.parametrize(
    "action",
    ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention", "s3:PutObjectRetention"],
)
def test_nobody_removes_from_the_witness_whatever_else_they_may(action: str) -> None:
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    assert not allowed([everything, for_everybody("NeverRemove")], action, f"{WITNESS}/x")
    assert for_everybody("NeverRemove")["Principal"] == {"AWS": "*"}


def test_nobody_replaces_what_is_in_the_witness() -> None:
    statement = for_everybody("NeverReplace")
    assert statement["Effect"] == "Deny"
    assert statement["Principal"] == {"AWS": "*"}
    assert statement["Action"] == ["s3:PutObject"]
    # Refused is a write which doesn't ask S3 to refuse it if the name is taken.
    assert statement["Condition"]["Null"] == {"s3:if-none-match": "true"}


def test_members_encrypt_and_can_not_read_again() -> None:
    (statement,) = (
        each
        for each in statements(watched().one(KEY, "witness").inputs["policy"])
        if each["Sid"] == "Members"
    )
    assert statement["Action"] == ["kms:GenerateDataKey"]
    assert statement["Condition"]["StringEquals"] == {
        "kms:CallerAccount": MEMBERS,
        "kms:ViaService": "s3.eu-west-1.amazonaws.com",
    }


def test_keys_are_protected_and_rotate() -> None:
    keys: list[Node] = watched().of_type(KEY)
    assert {key.name for key in keys} == {"trail", "witness"}
    for key in keys:
        assert key.protect
        assert key.inputs["enableKeyRotation"]
        assert key.inputs["deletionWindowInDays"] == 30


STAGE = Stage("security", ACCOUNT, "eu-west-1")
STATEMENTS = {
    "find_bucket": stated.find_bucket(WITNESS, TRAIL),
    "deliver_trail": stated.deliver_trail(WITNESS, TRAIL, [MANAGEMENT, ORGANIZATION]),
    "add_to_witness": stated.add_to_witness(WITNESS, ORGANIZATION, MEMBERS),
    "never_remove": stated.never_remove(WITNESS),
    "encrypt_for_members": stated.encrypt_for_members(STAGE, MEMBERS),
    "read_store": stated.read_store(WITNESS, [INVESTIGATOR]),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_names_existing_actions_on_fitting_resources(name: str) -> None:
    # On a key `*` is the key itself. AWS's documentation compares trails as strings, and the context as ARN.
    assert findings(STATEMENTS[name]) <= {
        "RESOURCE_STAR",
        "MISMATCHED_TYPE",
        "MISMATCHED_TYPE_BUT_USABLE",
    }


# --- settings


def read(**changed: Any) -> None:
    values = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in (USABLE | changed).items()
    }
    read_security_settings("security", values)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("organization_id", "example", "matching regex"),
        ("members", [], "length >= 1"),
        ("members", [ACCOUNT], "neither the security nor the management account"),
        ("members", [MANAGEMENT], "neither the security nor the management account"),
        (
            "investigators",
            ["arn:aws:iam::222222222222:role/x"],
            "each must be a role of account 444444444444",
        ),
        ("lock_days", 30, "`int` >= 365"),
        ("expire_after_days", 365, "must be more than lock_days"),
        ("management_account_id", ACCOUNT, "must not be the management account"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_reason(key: str, value: Any, reason: str) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(**{key: value})
    assert reason in str(refused.value)


def test_usable_settings_are_read() -> None:
    read()
