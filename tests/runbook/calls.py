"""What IAM is asked when an AWS API is called: action and resource, by botocore's models and AWS's reference.

Only of the services whose calls the operator makes are the resources known; `*` stands for an action that IAM
doesn't bind to any (Service Authorization Reference).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.model import ServiceModel

STAGE, ACCOUNT, REGION = "prod", "333333333333", "eu-west-1"
# Options of the command line itself (AWS CLI, global options and paging).
GLOBAL = {"query", "output", "region", "profile", "no-paginate", "max-items"}
# The command line's own commands, by what they call.
CUSTOM: Mapping[tuple[str, str], tuple[str, str]] = {
    ("logs", "tail"): ("logs", "FilterLogEvents"),
    ("s3", "cp"): ("s3", "GetObject"),
}
SERVICES = {"s3api": "s3"}
ACTIONS = {"lambda:Invoke": "lambda:InvokeFunction"}
# Which parameter of a service names a resource, and how its ARN ends.
NAMED: Mapping[str, Mapping[str, str]] = {
    "cloudtrail": {"Name": "trail/{}"},
    "cloudwatch": {"AlarmName": "alarm:{}"},
    "dynamodb": {"TableName": "table/{}", "TableArn": "{}", "ExportArn": "{}"},
    "events": {"Name": "rule/{}"},
    "iam": {"PolicySourceArn": "{}"},
    "lambda": {"FunctionName": "function:{}"},
    "logs": {"logGroupName": "log-group:{}:*", "logGroupNames": "log-group:{}:*"},
    "secretsmanager": {"SecretId": "secret:{}-abcdef"},
    "sqs": {"QueueName": "{}", "QueueUrl": "{}"},
}


@dataclass(frozen=True, order=True)
class Call:
    """What IAM decides on. `action`: as it names it. `resource`: an ARN, or `*`."""

    action: str
    resource: str


class NoSuchCallError(Exception):
    """A command line that AWS's would refuse, in words."""


@cache
def service(name: str) -> Any:
    return ServiceModel(botocore.session.Session().get_service_data(name), name)


def of_command_line(words: Sequence[str]) -> list[Call]:
    """The calls of `aws …`. Raises NoSuchCallError for an operation or an option that there isn't."""
    group, name, *rest = words[1:]
    if group == "configure":
        return []
    if name == "wait":
        # Each kind of waiter looks at the resource.
        name = {"table-exists": "describe-table", "table-not-exists": "describe-table"}[rest[0]]
        rest = rest[1:]
    if (group, name) in CUSTOM:
        prefix, operation = CUSTOM[group, name]
        given = {"logGroupName": rest[0]} if group == "logs" else {}
        return of_operation(prefix, operation, given)
    model = service(SERVICES.get(group, group))
    names = {xform_name(each, "-"): each for each in model.operation_names}
    if name not in names:
        raise NoSuchCallError(f"aws {group} {name}")
    operation = model.operation_model(names[name])
    return of_operation(model.service_name, operation.name, _options(operation, rest))


def _options(operation: Any, words: Sequence[str]) -> dict[str, Any]:
    members = operation.input_shape.members if operation.input_shape else {}
    known = {xform_name(each, "-"): each for each in members}
    given: dict[str, list[str]] = {}
    current: list[str] = []
    for word in words:
        if not word.startswith("--"):
            current.append(word)
            continue
        option, _, value = word[2:].partition("=")
        current = [value] if value else []
        if option.removeprefix("no-") in known:
            given[known[option.removeprefix("no-")]] = current
        elif option not in GLOBAL:
            raise NoSuchCallError(f"{operation.name} has no option --{option}")
    missing = set(getattr(operation.input_shape, "required_members", ())) - given.keys()
    if missing:
        raise NoSuchCallError(f"{operation.name} lacks {', '.join(sorted(missing))}")
    return {name: values[0] if len(values) == 1 else values for name, values in given.items()}


def of_operation(prefix: str, operation: str, given: Mapping[str, Any]) -> list[Call]:
    """The calls of an operation with these parameters, one for each resource that they name."""
    model = service(prefix).operation_model(operation)
    if prefix == "apigateway":
        return [Call(f"apigateway:{model.http['method']}", _gateway_path(model, given))]
    action = f"{prefix}:{operation}"
    return [Call(ACTIONS.get(action, action), resource) for resource in _resources(prefix, given)]


def _resources(prefix: str, given: Mapping[str, Any]) -> list[str]:
    if "DashboardName" in given:
        return [f"arn:aws:cloudwatch::{ACCOUNT}:dashboard/{given['DashboardName']}"]
    part = f"/index/{given['IndexName']}" if "IndexName" in given else ""
    # Only what is invoked is named with its alias; who changes an alias is asked for the function.
    part += f":{given['Qualifier']}" if "Qualifier" in given else ""
    named = [
        f"{_arn(prefix, ending, value)}{part}"
        for parameter, ending in NAMED.get(prefix, {}).items()
        for value in _many(given.get(parameter, ()))
    ]
    return named or ["*"]


def _arn(prefix: str, ending: str, value: str) -> str:
    if value.startswith("arn:"):
        return value
    # A queue's URL ends with its name; an alias is part of a function's ARN where it is invoked.
    name = value.rstrip("/").rpartition("/")[2] if prefix == "sqs" else value
    return f"arn:aws:{prefix}:{REGION}:{ACCOUNT}:{ending.format(name.replace('-local-', f'-{STAGE}-'))}"


def _gateway_path(model: Any, given: Mapping[str, Any]) -> str:
    path = model.http["requestUri"].partition("?")[0]
    for name, value in given.items():
        path = path.replace(f"{{{_wire_name(model, name)}}}", str(value))
    return f"arn:aws:apigateway:{REGION}::{path}"


def _wire_name(model: Any, member: str) -> str:
    shape = model.input_shape.members[member] if model.input_shape else None
    return shape.serialization.get("name", member) if shape else member


def _many(value: str | Sequence[str]) -> Iterable[str]:
    return [value] if isinstance(value, str) else value
