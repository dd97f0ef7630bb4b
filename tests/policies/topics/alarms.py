"""Cases of `policies/pack/alarms.py`."""

from pulumi_policy import PolicyResource

from engine import Graph
from policies.pack import alarms
from policies.pack.alarms import SUBSCRIPTION
from policies.pack.aws import ALARM, FUNCTION, PERMISSION, QUEUE, TOPIC
from tests.policies.case import Case
from tests.policies.patches import change, drop
from tests.policies.resources import UNKNOWN, resource

AGE = "ApproximateAgeOfOldestMessage"


def _on_age(queue: str) -> PolicyResource:
    return resource(ALARM, metricName=AGE, dimensions={"QueueName": queue})


def _nobody_listens(graph: Graph) -> None:
    topic = graph.one(TOPIC, "notice").outputs["arn"]
    for node in graph.of_type(SUBSCRIPTION):
        if node.inputs["topic"] == topic:
            drop(SUBSCRIPTION, node.name)(graph)


CASES = [
    Case(
        alarms.alarm_has_action,
        passes=[resource(ALARM, alarmActions=["arn:aws:sns:t"])],
        fails=[resource(ALARM, alarmActions=["arn:aws:sns:t"], actionsEnabled=False)],
        unknown=[resource(ALARM, alarmActions=UNKNOWN)],
        broken=change(ALARM, "payments-errors", {"alarmActions": []}),
    ),
    Case(
        alarms.alarm_names_runbook,
        passes=[resource(ALARM, alarmDescription="Payments fail. Runbook: docs/runbook/alarms.md#payments")],
        fails=[resource(ALARM, alarmDescription="Payments fail")],
        unknown=[resource(ALARM, alarmDescription=UNKNOWN)],
        broken=change(ALARM, "payments-errors", {"alarmDescription": "Payments fail"}),
    ),
    Case(
        alarms.queue_has_alarm,
        passes=[resource(QUEUE, name="q"), resource(ALARM, metricName=AGE, dimensions={"QueueName": "q"})],
        fails=[resource(QUEUE, name="q"), resource(ALARM, metricName=AGE, dimensions={"QueueName": "p"})],
        unknown=[
            resource(QUEUE, name="q"),
            resource(ALARM, metricName=AGE, dimensions={"QueueName": UNKNOWN}),
        ],
        broken=drop(ALARM, "operations-queue-old"),
    ),
    Case(
        alarms.function_has_alarm,
        passes=[
            resource(FUNCTION, name="f"),
            resource(FUNCTION, "authorizer", name="a"),
            resource(PERMISSION, function="a", sourceArn="arn:aws:execute-api:eu-west-1:1:api/authorizers/*"),
            resource(ALARM, "slow", metricName="Duration", dimensions={"FunctionName": "a"}),
            resource(
                ALARM,
                metricQueries=[{"metric": {"metricName": "Errors", "dimensions": {"FunctionName": "f"}}}],
            ),
        ],
        fails=[
            resource(FUNCTION, name="f"),
            resource(ALARM, metricName="Duration", dimensions={"FunctionName": "f"}),
        ],
        unknown=[
            resource(FUNCTION, name=UNKNOWN),
            resource(ALARM, metricName="Errors", dimensions={"FunctionName": "f"}),
        ],
        broken=drop(ALARM, "worker-errors"),
    ),
    Case(
        alarms.topic_has_subscriber,
        passes=[resource(TOPIC, arn="arn:t"), resource(SUBSCRIPTION, topic="arn:t")],
        fails=[resource(TOPIC, arn="arn:t"), resource(SUBSCRIPTION, topic="arn:u")],
        unknown=[
            topic := resource(TOPIC, arn=UNKNOWN),
            resource(SUBSCRIPTION, topic=UNKNOWN, depends={"topic": [topic]}),
        ],
        unknown_is="passes",
        broken=_nobody_listens,
    ),
]
