"""Ways in: from outside there is one, and it ends at a function that the API knows."""

import json
import re
from collections.abc import Iterator

from .aws import EVENT_RULE, EVENT_SOURCE, FUNCTION, PERMISSION, REST_API, TOPIC
from .declaring import CRITICAL, HIGH, Resource, Violations, policy
from .stack import Member, Stack, plain

LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg"
INVOCATION = re.compile(r"/functions/(arn:[^/]+)/invocations")
# What may invoke a function, if it is of the same stack.
INVOKERS = (
    REST_API,
    "aws:apigateway/stage:Stage",
    EVENT_RULE,
    TOPIC,
    "aws:apigateway/authorizer:Authorizer",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cognito/userPool:UserPool",
    "aws:s3/bucket:Bucket",
    "aws:scheduler/schedule:Schedule",
    "aws:secretsmanager/secret:Secret",
)
SOURCES = (
    "aws:dynamodb/table:Table",
    "aws:kinesis/stream:Stream",
    "aws:msk/cluster:Cluster",
    "aws:sqs/queue:Queue",
)


@policy(
    on="aws:lambda/functionUrl:FunctionUrl",
    severity=CRITICAL,
    pci=["1.4.2", "6.4.2"],
    remedy="Reach the function through the API.",
    url=f"{LAMBDA}/urls-auth.html",
)
def no_function_url(url: Resource) -> Violations:
    """No function has a URL of its own: there is neither a firewall nor an authorizer before one."""
    yield f"{url.name} is a way around the API"


@policy(
    on=PERMISSION,
    severity=CRITICAL,
    pci=["1.4.2", "1.4.4", "7.3.3"],
    remedy="Let a resource of this stack invoke the function, or the caller use the API.",
    url=f"{LAMBDA}/access-control-resource-based.html",
)
def function_is_invoked_from_stack(permission: Member, stack: Stack) -> Violations:
    """Only resources of the same stack invoke functions.

    With authorizer, firewall and function URLs checked elsewhere, this leaves one way from the internet to
    data: firewall, API, authorizer, function.
    """
    if not permission.props.get("sourceArn"):
        yield f"{permission.props.get('principal')} is no resource of this stack"
    elif not stack.named(permission, "sourceArn", *INVOKERS):
        yield f"{permission.props['sourceArn']} isn't of this stack"


@policy(
    on=EVENT_SOURCE,
    severity=HIGH,
    pci=["1.4.4", "7.3.3"],
    remedy="Read from a queue or stream of this stack.",
    url=f"{LAMBDA}/invocation-eventsourcemapping.html",
)
def function_reads_from_stack(mapping: Member, stack: Stack) -> Violations:
    """Functions work on queues and streams of the same stack, which nobody outside fills."""
    if not stack.named(mapping, "eventSourceArn", *SOURCES):
        yield f"{mapping.props.get('eventSourceArn')} isn't of this stack"


@policy(
    on=(REST_API, "aws:apigateway/integration:Integration"),
    severity=CRITICAL,
    pci=["1.4.2", "1.4.4", "7.3.3"],
    remedy="Let the operation's integration invoke a function of this stack.",
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html",
)
def api_invokes_functions_of_stack(api: Member, stack: Stack) -> Violations:
    """The API calls functions of its stack, and nothing else.

    An integration with an AWS service or with a host is a way to data that no function checks.
    """
    for kind, uri in _integrations(api):
        called = INVOCATION.search(uri)
        if kind != "mock" and not (called and _is_function_of(stack, called[1])):
            yield f"it calls {uri or kind}"


def _is_function_of(stack: Stack, arn: str) -> bool:
    return any(
        arn == function.props.get("arn") or arn.startswith(f"{function.props.get('arn')}:")
        for function in stack.of_type(FUNCTION)
    )


def _integrations(api: Member) -> Iterator[tuple[str, str]]:
    """Kind and address of all that an API calls, in its OpenAPI document or as a resource."""
    if api.resource_type != REST_API:
        yield api.props.get("type", "").lower(), api.props.get("uri") or ""
        return
    body = api.props.get("body")
    document = json.loads(body) if isinstance(body, str) and body else plain(body or {})
    for item in document.get("paths", {}).values():
        for operation in item.values():
            if isinstance(operation, dict) and "x-amazon-apigateway-integration" in operation:
                integration = operation["x-amazon-apigateway-integration"]
                yield integration.get("type", "").lower(), integration.get("uri", "")
