"""What must be there before the first deployment, and what an account says of it."""

import boto3
import pytest

from infra.settings import Settings
from ops.commands.preflight import present_prerequisites
from ops.preflight import Prerequisite, prerequisites, unmet
from ops.preflight.inventory import AwsInventory
from ops.preflight.prerequisites import Kind
from ops.stages.settings import stage_settings
from ops.terminal import results
from tests.stacks import PROJECT

REGION, ACCOUNT = "eu-west-1", "123456789012"


@pytest.fixture(scope="module")
def prod() -> Settings:
    return stage_settings("prod", PROJECT)


class Having:
    """An account that has all that is named."""

    def __init__(self, *things: tuple[str, str]) -> None:
        self._things = set(things)

    def has(self, kind: Kind, name: str) -> bool:
        return (kind, name) in self._things


def named(needed: list[Prerequisite]) -> set[tuple[str, str]]:
    return {(each.kind, each.name) for each in needed}


def test_everything_that_production_names_must_be_there(prod: Settings) -> None:
    wanted = named([each for each in prerequisites(prod, first=True) if each.wanted])
    iam = "arn:aws:iam::333333333333"
    assert wanted == {
        *(("role", f"{iam}:role/tollgate-{name}") for name in ("deploy", "operator", "preview", "audit")),
        ("role", f"{iam}:role/AWSServiceRoleForConfig"),
        ("policy", f"{iam}:policy/tollgate-boundary"),
        ("policy", f"{iam}:policy/tollgate-service-boundary"),
        ("bucket", "tollgate-prod-state-333333333333"),
        ("key", "alias/tollgate-prod-pulumi"),
        ("security contact", "333333333333"),
        ("zone", "Z0PRODEXAMPLE"),
        (
            "certificate",
            "arn:aws:acm:eu-west-1:333333333333:certificate/66666666-7777-8888-9999-000000000000",
        ),
        (
            "certificate",
            "arn:aws:acm:us-east-1:333333333333:certificate/77777777-8888-9999-0000-111111111111",
        ),
    }


def test_what_an_account_has_one_of_is_in_the_way_of_a_first_deployment_only(prod: Settings) -> None:
    def in_the_way(*, first: bool) -> set[str]:
        return {each.kind for each in prerequisites(prod, first=first) if not each.wanted}

    assert in_the_way(first=False) == {"default network"}
    assert in_the_way(first=True) - in_the_way(first=False) == {
        "GuardDuty detector",
        "Config recorder",
        "Security Hub",
    }


def test_what_is_missing_or_in_the_way_is_unmet(prod: Settings) -> None:
    needed = prerequisites(prod, first=True)
    wanted = named([each for each in needed if each.wanted])
    assert unmet(needed, Having(*wanted)) == []
    assert named(unmet(needed, Having(*(wanted - {("zone", "Z0PRODEXAMPLE")})))) == {
        ("zone", "Z0PRODEXAMPLE")
    }
    assert named(unmet(needed, Having(*wanted, ("Security Hub", "eu-west-1")))) == {
        ("Security Hub", "eu-west-1")
    }


def test_each_is_told_with_what_to_do(prod: Settings) -> None:
    with results.capture() as captured:
        results.width = 2000
        present_prerequisites(unmet(prerequisites(prod, first=True), Having(("default network", REGION))))
    text = captured.get()
    assert "Missing: policy arn:aws:iam::333333333333:policy/tollgate-boundary" in text
    assert "docs/runbook/bootstrap-an-account.md makes it" in text
    assert "In the way: default network eu-west-1" in text
    assert "aws ec2 --region eu-west-1 delete-vpc --vpc-id $vpc" in text


# --- an account, by moto


def test_a_new_account_has_a_network_and_nothing_else(aws: None) -> None:
    inventory = AwsInventory(boto3.Session(region_name=REGION))
    assert inventory.has("default network", REGION)
    absent: list[tuple[Kind, str]] = [
        ("role", f"arn:aws:iam::{ACCOUNT}:role/tollgate-deploy"),
        ("policy", f"arn:aws:iam::{ACCOUNT}:policy/tollgate-boundary"),
        ("bucket", "tollgate-dev-state"),
        ("key", "alias/tollgate-dev-pulumi"),
        ("certificate", f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555"),
        ("zone", "Z0DEVEXAMPLE"),
        ("object", "tollgate-trust/callers.pem"),
        ("security contact", ACCOUNT),
        ("GuardDuty detector", REGION),
        ("Config recorder", REGION),
        ("Security Hub", REGION),
    ]
    assert [kind for kind, name in absent if inventory.has(kind, name)] == []


def test_what_is_there_is_found(aws: None) -> None:
    session = boto3.Session(region_name=REGION)
    inventory = AwsInventory(session)
    role = session.client("iam").create_role(RoleName="audit", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    key = session.client("kms").create_key()["KeyMetadata"]["KeyId"]
    session.client("kms").create_alias(AliasName="alias/x", TargetKeyId=key)
    session.client("guardduty").create_detector(Enable=True)
    place = {"LocationConstraint": REGION}
    session.client("s3").create_bucket(Bucket="trust", CreateBucketConfiguration=place)
    session.client("s3").put_object(Bucket="trust", Key="callers.pem", Body=b"x")
    session.client("account").put_alternate_contact(
        AlternateContactType="SECURITY",
        EmailAddress="s@example.com",
        Name="On call",
        PhoneNumber="1",
        Title="S",
    )
    assert inventory.has("role", role)
    assert inventory.has("key", "alias/x")
    assert inventory.has("GuardDuty detector", REGION)
    assert inventory.has("bucket", "trust")
    assert inventory.has("object", "trust/callers.pem")
    assert inventory.has("security contact", ACCOUNT)
    session.client("kms").schedule_key_deletion(KeyId=key)
    assert not inventory.has("key", "alias/x")


def test_a_default_network_that_was_taken_away_is_gone(aws: None) -> None:
    session = boto3.Session(region_name=REGION)
    ec2 = session.client("ec2")
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    for subnet in ec2.describe_subnets()["Subnets"]:
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    ec2.delete_vpc(VpcId=vpc["VpcId"])
    assert not AwsInventory(session).has("default network", REGION)
