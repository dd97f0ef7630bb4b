"""AWS services that publish alerts: what lets them, on a topic and on the key of its encryption."""

from collections.abc import Sequence
from dataclasses import dataclass

from infra.stage import Stage
from infra.statements import Statement

# What a topic's publisher does with its key: SNS makes and opens the data key in the publisher's name.
KEY_OPERATIONS = ("kms:Decrypt", "kms:GenerateDataKey")


@dataclass(frozen=True)
class Publisher:
    """`service`: of its principal (`cloudwatch`, …). `source`: what it speaks for, as a pattern of ARNs; None
    if it names no source to SNS and KMS, so that a condition on one would refuse everything."""

    service: str
    source: str | None


def publishers(stage: Stage) -> Sequence[Publisher]:
    """Who publishes: alarms and budgets of this stage and nobody else's, and event rules."""
    return (
        Publisher("budgets", f"arn:aws:budgets::{stage.account_id}:*"),
        Publisher("cloudwatch", stage.arn("cloudwatch", f"alarm:{stage.physical('*')}")),
        # "You can't use Condition blocks in Amazon SNS topic policies for EventBridge" (EventBridge User
        # Guide, Using resource-based policies), nor `aws:SourceAccount` and `aws:SourceArn` in the key's
        # (SNS Developer Guide, Key management). What is left is the topic itself.
        Publisher("events", None),
    )


def publish(stage: Stage, topic_arn: str) -> list[Statement]:
    """On a topic: each publisher may publish to it, on behalf of its sources if it names them."""
    return [
        {
            "Sid": f"Publish{publisher.service.capitalize()}",
            "Effect": "Allow",
            "Principal": {"Service": f"{publisher.service}.amazonaws.com"},
            "Action": ["sns:Publish"],
            "Resource": topic_arn,
            **({"Condition": _on_behalf_of(stage, publisher.source)} if publisher.source else {}),
        }
        for publisher in publishers(stage)
    ]


def refuse_plain_text(topic_arn: str) -> Statement:
    """On a topic: nobody publishes to it without TLS."""
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": ["sns:Publish"],
        "Resource": topic_arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def encrypt_alerts(stage: Stage, topics: Sequence[str]) -> list[Statement]:
    """On the topics' key: each publisher has alerts encrypted, for these topics if KMS isn't told more.

    `Resource` is `*`, which means the key that the policy is on. `topics`: ARNs.
    """
    to_topics = {"StringEquals": {"kms:EncryptionContext:aws:sns:topicArn": sorted(topics)}}
    return [
        {
            "Sid": f"Encrypt{publisher.service.capitalize()}",
            "Effect": "Allow",
            "Principal": {"Service": f"{publisher.service}.amazonaws.com"},
            "Action": list(KEY_OPERATIONS),
            "Resource": "*",
            "Condition": _on_behalf_of(stage, publisher.source) if publisher.source else to_topics,
        }
        for publisher in publishers(stage)
    ]


def _on_behalf_of(stage: Stage, source: str) -> dict[str, dict[str, str]]:
    return {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {"aws:SourceArn": source},
    }
