"""Cases of `policies/pack/delivery.py`."""

import json
from typing import Any

from policies.pack import delivery
from policies.pack.aws import EVENT_SOURCE, EVENT_TARGET, FUNCTION, QUEUE, SCHEDULE, TOPIC
from policies.pack.delivery import INVOKE_CONFIG, QUEUE_POLICY, TOPIC_POLICY
from tests.policies.case import Case
from tests.policies.patches import change, drop, without_statement
from tests.policies.resources import UNKNOWN, document, resource

DEAD = "arn:aws:sqs:eu-west-1:111111111111:dead"
FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111111111111:function:f"
STREAM = "arn:aws:dynamodb:eu-west-1:111111111111:table/t/stream/1"
REDRIVE = json.dumps({"deadLetterTargetArn": DEAD, "maxReceiveCount": 5})
TO_DEAD = {"onFailure": {"destination": DEAD, "destinationArn": DEAD}}
DAY = 86400


def _plain_text_refused(action: str) -> str:
    condition = {"Bool": {"aws:SecureTransport": "false"}}
    return document(
        {
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": action,
            "Resource": "*",
            "Condition": condition,
        }
    )


def _queues(days: float) -> list[Any]:
    return [
        resource(QUEUE, "working", redrivePolicy=REDRIVE, messageRetentionSeconds=DAY),
        resource(QUEUE, "dead", arn=DEAD, messageRetentionSeconds=days * DAY),
    ]


CASES = [
    Case(
        delivery.queue_has_dead_letter_queue,
        passes=[
            *_queues(14),
            resource(QUEUE, "failed", arn="failed"),
            resource(SCHEDULE, target={"deadLetterConfig": {"arn": "failed"}}),
        ],
        fails=[resource(QUEUE, arn="q")],
        unknown=[resource(QUEUE, arn="q", redrivePolicy=UNKNOWN)],
        broken=change(QUEUE, "operations", {"redrivePolicy": None}),
        # Nothing is sent to its dead-letter queue any more, which so becomes a queue like any other.
        also=frozenset({"queue-has-alarm"}),
    ),
    Case(
        delivery.dead_letter_queue_keeps_long,
        passes=_queues(14),
        fails=_queues(4),
        unknown=[*_queues(14)[:1], resource(QUEUE, "dead", arn=DEAD, messageRetentionSeconds=UNKNOWN)],
        broken=change(QUEUE, "operations-dead", {"messageRetentionSeconds": 4 * DAY}),
    ),
    Case(
        delivery.event_source_reports_failed_items,
        passes=[resource(EVENT_SOURCE, functionResponseTypes=["ReportBatchItemFailures"])],
        fails=[resource(EVENT_SOURCE)],
        unknown=[resource(EVENT_SOURCE, functionResponseTypes=UNKNOWN)],
        broken=change(EVENT_SOURCE, "worker", {"functionResponseTypes": None}),
    ),
    Case(
        delivery.stream_consumer_keeps_failures,
        passes=[
            resource(EVENT_SOURCE, eventSourceArn=STREAM, destinationConfig=TO_DEAD),
            resource(EVENT_SOURCE, "queue", eventSourceArn=DEAD),
        ],
        fails=[resource(EVENT_SOURCE, eventSourceArn=STREAM)],
        unknown=[resource(EVENT_SOURCE, eventSourceArn=UNKNOWN)],
        broken=change(EVENT_SOURCE, "projector", {"destinationConfig": None}),
    ),
    Case(
        delivery.function_event_keeps_failures,
        passes=[
            resource(FUNCTION, arn=FUNCTION_ARN, name="f"),
            resource(EVENT_TARGET, arn=f"{FUNCTION_ARN}:live"),
            resource(INVOKE_CONFIG, functionName="f", destinationConfig=TO_DEAD),
        ],
        fails=[resource(FUNCTION, arn=FUNCTION_ARN, name="f"), resource(EVENT_TARGET, arn=FUNCTION_ARN)],
        unknown=[
            resource(FUNCTION, arn=FUNCTION_ARN, name="f", deadLetterConfig={"targetArn": UNKNOWN}),
            resource(EVENT_TARGET, arn=FUNCTION_ARN),
        ],
        broken=drop(INVOKE_CONFIG, "sweeper"),
    ),
    Case(
        delivery.schedule_keeps_failures,
        passes=[resource(SCHEDULE, target={"deadLetterConfig": {"arn": DEAD}})],
        fails=[resource(SCHEDULE, target={"arn": FUNCTION_ARN})],
        unknown=[resource(SCHEDULE, target={"deadLetterConfig": {"arn": UNKNOWN}})],
        broken=change(SCHEDULE, "payments", {"target.deadLetterConfig": None}),
    ),
    Case(
        delivery.queue_requires_tls,
        passes=[
            resource(QUEUE, url="https://q"),
            resource(QUEUE_POLICY, queueUrl="https://q", policy=_plain_text_refused("sqs:*")),
        ],
        fails=[resource(QUEUE, url="https://q")],
        unknown=[
            resource(QUEUE, url="https://q"),
            resource(QUEUE_POLICY, queueUrl="https://q", policy=UNKNOWN),
        ],
        broken=without_statement(QUEUE_POLICY, "operations", "TlsOnly"),
    ),
    Case(
        delivery.topic_requires_tls,
        passes=[
            resource(TOPIC, arn="arn:t"),
            resource(TOPIC_POLICY, arn="arn:t", policy=_plain_text_refused("sns:Publish")),
        ],
        fails=[resource(TOPIC, arn="arn:t")],
        unknown=[resource(TOPIC, arn="arn:t"), resource(TOPIC_POLICY, arn="arn:t", policy=UNKNOWN)],
        broken=drop(TOPIC_POLICY, "urgent"),
    ),
]
