"""Cases of `policies/pack/paths.py`."""

import json
from typing import Any

from engine import Graph
from policies.pack import paths
from policies.pack.aws import EVENT_RULE, EVENT_SOURCE, FUNCTION, PERMISSION, QUEUE, REST_API
from tests.policies.case import Case
from tests.policies.patches import add, change
from tests.policies.resources import UNKNOWN, resource

INTEGRATION = "aws:apigateway/integration:Integration"
FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111111111111:function:f"
RULE_ARN = "arn:aws:events:eu-west-1:111111111111:rule/r"
QUEUE_ARN = "arn:aws:sqs:eu-west-1:111111111111:q"
THEIR_QUEUE = "arn:aws:sqs:eu-west-1:999999999999:q"
URI = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{}/invocations"
TO_TABLE = "arn:aws:apigateway:eu-west-1:dynamodb:action/Scan"


def _api(uri: str, kind: str = "aws_proxy") -> Any:
    operation = {"x-amazon-apigateway-integration": {"type": kind, "uri": uri}}
    return resource(REST_API, body=json.dumps({"paths": {"/payments": {"get": operation}}}))


def _straight_to_the_table(graph: Graph) -> None:
    body = json.loads(graph.one(REST_API, "api").inputs["body"])
    integration = body["paths"]["/v1/payments"]["get"]["x-amazon-apigateway-integration"]
    integration |= {"type": "aws", "uri": TO_TABLE}
    change(REST_API, "api", {"body": json.dumps(body)})(graph)


CASES = [
    Case(
        paths.no_function_url,
        passes=[resource(FUNCTION)],
        fails=[resource("aws:lambda/functionUrl:FunctionUrl", authorizationType="AWS_IAM")],
        unknown=[resource("aws:lambda/functionUrl:FunctionUrl", functionName=UNKNOWN)],
        unknown_is="fails",
        broken=add(
            "aws:lambda/functionUrl:FunctionUrl",
            functionName="tollgate-prod-payments",
            authorizationType="NONE",
        ),
    ),
    Case(
        paths.function_is_invoked_from_stack,
        passes=[resource(EVENT_RULE, arn=RULE_ARN), resource(PERMISSION, sourceArn=RULE_ARN)],
        fails=[resource(EVENT_RULE, arn=RULE_ARN), resource(PERMISSION, sourceArn=f"{RULE_ARN}2")],
        unknown=[resource(PERMISSION, sourceArn=UNKNOWN)],
        broken=change(
            PERMISSION, "payments", {"sourceArn": "arn:aws:execute-api:eu-west-1:333333333333:other/live/*"}
        ),
    ),
    Case(
        paths.function_reads_from_stack,
        passes=[resource(QUEUE, arn=QUEUE_ARN), resource(EVENT_SOURCE, eventSourceArn=QUEUE_ARN)],
        fails=[resource(QUEUE, arn=QUEUE_ARN), resource(EVENT_SOURCE, eventSourceArn=THEIR_QUEUE)],
        unknown=[
            queue := resource(QUEUE, arn=UNKNOWN),
            resource(EVENT_SOURCE, eventSourceArn=UNKNOWN, depends={"eventSourceArn": [queue]}),
        ],
        unknown_is="passes",
        broken=change(EVENT_SOURCE, "worker", {"eventSourceArn": THEIR_QUEUE}),
    ),
    Case(
        paths.api_invokes_functions_of_stack,
        passes=[
            resource(FUNCTION, arn=FUNCTION_ARN),
            _api(URI.format(f"{FUNCTION_ARN}:live")),
            resource(INTEGRATION, type="MOCK"),
        ],
        fails=[resource(FUNCTION, arn=FUNCTION_ARN), _api(TO_TABLE, "aws")],
        unknown=[resource(REST_API, body=UNKNOWN)],
        broken=_straight_to_the_table,
    ),
]
