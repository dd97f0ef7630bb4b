"""AWS services that publish alerts: what lets them, on a topic and on the key of its encryption."""

from collections.abc import Sequence
from dataclasses import dataclass

from infra.stage import Stage
from infra.statements import Statement

# What a topic's publisher does with its key: SNS makes and opens the data key in the publisher's name.
KEY_OPERATIONS = ("kms:Decrypt", "kms:GenerateDataKey")


@dataclass(frozen=True)
class Publisher:
    """`service`: of its principal (`cloudwatch`, …). `source`: what it speaks for, as a pattern of ARNs."""

    service: str
    source: str
    named_to_keys: bool = True
    """Whether KMS is told the source, too."""


def publishers(stage: Stage) -> Sequence[Publisher]:
    """Who publishes: alarms, event rules, budgets and backup vaults of this stage, and nobody else's."""
    return (
        Publisher("backup", stage.arn("backup", "backup-vault:*")),
        Publisher("budgets", f"arn:aws:budgets::{stage.account_id}:*"),
        Publisher("cloudwatch", stage.arn("cloudwatch", f"alarm:{stage.physical('*')}")),
        # "Adding the aws:SourceAccount, aws:SourceArn, and aws:SourceOrgID to a AWS KMS policy is not
        # supported for EventBridge-to-encrypted topics" (SNS Developer Guide, Key management).
        Publisher("events", stage.arn("events", f"rule/{stage.physical('*')}"), named_to_keys=False),
    )


def publish(stage: Stage, topic_arn: str) -> list[Statement]:
    """On a topic: each publisher may publish to it, on behalf of its sources in the stage's account."""
    return [
        {
            "Sid": f"Publish{publisher.service.capitalize()}",
            "Effect": "Allow",
            "Principal": {"Service": f"{publisher.service}.amazonaws.com"},
            "Action": ["sns:Publish"],
            "Resource": topic_arn,
            "Condition": _on_behalf_of(stage, publisher),
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
            "Condition": _on_behalf_of(stage, publisher) if publisher.named_to_keys else to_topics,
        }
        for publisher in publishers(stage)
    ]


def _on_behalf_of(stage: Stage, publisher: Publisher) -> dict[str, dict[str, str]]:
    return {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {"aws:SourceArn": publisher.source},
    }
