"""What AWS's own answers say about a resource whose creation nobody heard the end of."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest

from ops.recovery import AwsAccount, Pending

ACCOUNT = "123456789012"  # moto's
REGION = "eu-west-1"
TAGS = {"application": "tollgate", "stage": "dev"}
TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})

Make = Callable[[], str]


@pytest.fixture
def account(aws: None) -> AwsAccount:
    return AwsAccount(boto3.Session(region_name=REGION), ACCOUNT, "dev")


def pending(kind: str, known: frozenset[str] = frozenset(), **inputs: Any) -> Pending:
    return Pending(f"urn:pulumi:dev::tollgate::{kind}::it", kind, inputs, known)


TABLE = pending("aws:dynamodb/table:Table", name="tollgate-dev-payments")
QUEUE = pending("aws:sqs/queue:Queue", name="tollgate-dev-operations")
ROLE = pending("aws:iam/role:Role", name="tollgate-dev-worker")
BUCKET = pending("aws:s3/bucket:Bucket", bucket="tollgate-dev-archive")
GROUP = pending("aws:cloudwatch/logGroup:LogGroup", name="/tollgate/dev")
API = pending("aws:apigateway/restApi:RestApi", name="tollgate-dev")
SECRET = pending("aws:secretsmanager/secret:Secret", name="tollgate-dev-card-keys")
KEY = pending("aws:kms/key:Key", description="Wraps merchants' keys")
VPC = pending("aws:ec2/vpc:Vpc", tags={"Name": "tollgate-dev-vpc"})


def make_table() -> str:
    boto3.client("dynamodb").create_table(
        TableName="tollgate-dev-payments",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return "tollgate-dev-payments"


def make_queue() -> str:
    return boto3.client("sqs").create_queue(QueueName="tollgate-dev-operations")["QueueUrl"]


def make_role() -> str:
    boto3.client("iam").create_role(RoleName="tollgate-dev-worker", AssumeRolePolicyDocument=TRUST)
    return "tollgate-dev-worker"


def make_bucket() -> str:
    place: Any = {"LocationConstraint": REGION}
    boto3.client("s3").create_bucket(Bucket="tollgate-dev-archive", CreateBucketConfiguration=place)
    return "tollgate-dev-archive"


def make_group() -> str:
    boto3.client("logs").create_log_group(logGroupName="/tollgate/dev")
    boto3.client("logs").create_log_group(logGroupName="/tollgate/dev/more")
    return "/tollgate/dev"


def make_api() -> str:
    boto3.client("apigateway").create_rest_api(name="another")
    return boto3.client("apigateway").create_rest_api(name="tollgate-dev")["id"]


def make_secret() -> str:
    return boto3.client("secretsmanager").create_secret(Name="tollgate-dev-card-keys")["ARN"]


def make_key(description: str = "Wraps merchants' keys") -> str:
    tags: Any = [{"TagKey": key, "TagValue": value} for key, value in TAGS.items()]
    return boto3.client("kms").create_key(Description=description, Tags=tags)["KeyMetadata"]["KeyId"]


def make_vpc() -> str:
    tags: Any = [{"Key": key, "Value": value} for key, value in {**TAGS, "Name": "tollgate-dev-vpc"}.items()]
    return boto3.client("ec2").create_vpc(
        CidrBlock="10.0.0.0/16", TagSpecifications=[{"ResourceType": "vpc", "Tags": tags}]
    )["Vpc"]["VpcId"]


@pytest.mark.parametrize(
    ("sought", "make"),
    [
        (TABLE, make_table),
        (QUEUE, make_queue),
        (ROLE, make_role),
        (BUCKET, make_bucket),
        (GROUP, make_group),
        (API, make_api),
        (SECRET, make_secret),
        (KEY, make_key),
        (VPC, make_vpc),
    ],
    ids=lambda value: value.type.rpartition(":")[2] if isinstance(value, Pending) else "",
)
def test_what_exists_is_found_and_nothing_else(account: AwsAccount, sought: Pending, make: Make) -> None:
    assert account.candidates(sought) == []
    made = make()
    assert account.candidates(sought) == [made]


def test_a_key_that_the_state_knows_another_ones_or_one_to_be_deleted_is_not_it(account: AwsAccount) -> None:
    known, gone = make_key(), make_key()
    make_key("Signs access tokens")
    boto3.client("kms").schedule_key_deletion(KeyId=gone)
    assert account.candidates(pending(KEY.type, frozenset({known}), **KEY.inputs)) == []


def test_two_keys_that_it_could_be_are_both_named(account: AwsAccount) -> None:
    keys = {make_key(), make_key()}
    assert set(account.candidates(KEY)) == keys
