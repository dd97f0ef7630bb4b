"""What the trails record: the management of the account, and who touched payments, cards and records."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.bucket_policy import WAF_LOGS
from infra.stage import Stage

Selector = aws.cloudtrail.TrailAdvancedEventSelectorArgs
Field = aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs
Values = Sequence[pulumi.Input[str]]

CALLER = "userIdentity.arn"
# How names of buckets begin; the second is what AWS WAF asks of one that it logs to.
BUCKETS = ("", WAF_LOGS)
# The projector's poller asks for new records several times a second; CloudTrail counts that to the table.
POLLING = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")


@dataclass(frozen=True)
class Tables:
    """`recorded`: ARNs of tables whose every use is recorded; `others`, unless it is by one of `functions`,
    the roles of the stage's own functions by their names."""

    recorded: Values
    others: Values
    functions: Sequence[str]


def management() -> list[Selector]:
    """All calls that manage something. Use of KMS keys and reading of secrets are among them."""
    return [
        Selector(name="Management of the account", field_selectors=[_equals("eventCategory", ["Management"])])
    ]


def data(stage: Stage, tables: Tables) -> list[Selector]:
    """The use of what the stage holds.

    Items are never in a record, their keys are: ids, which say nothing by themselves. A service that invokes
    a function, as the API does for each request, is no identity with an ARN; whoever goes past it is. Objects
    that are put aren't recorded: the trail puts its own files, which would be recorded in the next one; who
    changed an object can be told from its versions and the bucket's access log.
    """
    sessions = [f"arn:aws:sts::{stage.account_id}:assumed-role/{role}/" for role in tables.functions]
    others = Field(field=CALLER, not_starts_withs=sessions)
    return [
        *([_items("Items read or written", tables.recorded)] if tables.recorded else []),
        *([_items("Items, not by the functions", tables.others, others)] if tables.others else []),
        _data(
            "Objects read or removed",
            "AWS::S3::Object",
            _starts("resources.ARN", [f"arn:aws:s3:::{each}{stage.physical('')}" for each in BUCKETS]),
            Field(field="eventName", not_equals=["PutObject"]),
        ),
        _data(
            "Functions invoked past the API",
            "AWS::Lambda::Function",
            _starts("resources.ARN", [stage.arn("lambda", f"function:{stage.physical('')}")]),
            _starts(CALLER, ["arn:"]),
        ),
    ]


def _items(name: str, table_arns: Values, *fields: Field) -> Selector:
    polling = Field(field="eventName", not_equals=POLLING)
    return _data(name, "AWS::DynamoDB::Table", _equals("resources.ARN", table_arns), polling, *fields)


def _data(name: str, resource_type: str, *fields: Field) -> Selector:
    common = [_equals("eventCategory", ["Data"]), _equals("resources.type", [resource_type])]
    return Selector(name=name, field_selectors=[*common, *fields])


def _equals(field: str, values: Values) -> Field:
    return Field(field=field, equals=values)


def _starts(field: str, values: Values) -> Field:
    return Field(field=field, starts_withs=values)
