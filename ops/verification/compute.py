"""Functions, what starts them, and how much room they have."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ops.verification.account import Account
from ops.verification.check import check, differ
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

FUNCTION = "aws:lambda/function:Function"
# How far back a start must be found: metrics come some minutes late.
EVERY_MINUTE, DAILY = timedelta(minutes=3), timedelta(hours=26)


@check(
    FUNCTION,
    "lambda:GetFunctionConfiguration",
    shows="Functions are active, in their subnets, traced, and their environment is under our key",
    remedy="`aws lambda get-function` has the reason: often the role, the key or the subnets. " + DEPLOY,
)
def functions(account: Account, node: Node) -> Iterator[str]:
    declared = node.inputs
    live = account.ask("lambda", "GetFunctionConfiguration", FunctionName=declared["name"])
    yield from differ("its state", live["State"], "Active")
    yield from differ("its last update", live["LastUpdateStatus"], "Successful")
    for member, name in (("Runtime", "runtime"), ("Timeout", "timeout"), ("MemorySize", "memorySize")):
        yield from differ(name, live[member], declared[name])
    yield from differ("architecture", live["Architectures"], declared["architectures"])
    yield from differ("tracing", live["TracingConfig"]["Mode"], declared["tracingConfig"]["mode"])
    subnets = len(live.get("VpcConfig", {}).get("SubnetIds", []))
    yield from differ("the number of its subnets", subnets, len(declared["vpcConfig"]["subnetIds"]))
    if "KMSKeyArn" not in live:
        yield "its environment isn't under a key of ours"


@check(
    FUNCTION,
    "lambda:GetFunctionConfiguration",
    "s3:ListObjectsV2",
    shows="What each function runs is a package that is kept under its digest",
    remedy="Somebody put code past the program: `pulumi up` puts the declared package back.",
)
def package(account: Account, node: Node) -> Iterator[str]:
    live = account.ask("lambda", "GetFunctionConfiguration", FunctionName=node.inputs["name"])
    key = f"tollgate-{base64.b64decode(live['CodeSha256']).hex()}.zip"
    bucket = node.inputs["s3Bucket"]
    if not account.ask("s3", "ListObjectsV2", Bucket=bucket, Prefix=key, MaxKeys=1)["KeyCount"]:
        yield f"{key} isn't in {bucket}"


@check(
    FUNCTION,
    "lambda:GetFunctionConcurrency",
    shows="Functions have the concurrency that is set aside for them",
    remedy="`tollgate preflight` says whether the account has as much. " + DEPLOY,
)
def reserved_concurrency(account: Account, node: Node) -> Iterator[str]:
    live = account.ask("lambda", "GetFunctionConcurrency", FunctionName=node.inputs["name"])
    reserved = node.inputs.get("reservedConcurrentExecutions")
    yield from differ("what is set aside", live.get("ReservedConcurrentExecutions"), reserved)


@check(
    "aws:lambda/alias:Alias",
    "lambda:GetAlias",
    "lambda:ListVersionsByFunction",
    shows="What is called is the latest version of each function",
    remedy="A deployment was cut off or taken back: run `pulumi up`.",
)
def versions(account: Account, node: Node) -> Iterator[str]:
    name = node.inputs["functionName"]
    live = account.ask("lambda", "GetAlias", FunctionName=name, Name=node.inputs["name"])
    listed = account.every("lambda", "ListVersionsByFunction", "Versions", FunctionName=name)
    latest = max(int(each["Version"]) for each in listed if each["Version"] != "$LATEST")
    yield from differ("its version", live["FunctionVersion"], str(latest))
    if live.get("RoutingConfig", {}).get("AdditionalVersionWeights"):
        yield "part of the calls goes to another version"


@check(
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    "lambda:GetProvisionedConcurrencyConfig",
    shows="The way to a payment is warm",
    remedy="FAILED has its reason in `aws lambda get-provisioned-concurrency-config`; `tollgate preflight`.",
)
def warm(account: Account, node: Node) -> Iterator[str]:
    name, alias = node.inputs["functionName"], node.inputs["qualifier"]
    live = account.ask("lambda", "GetProvisionedConcurrencyConfig", FunctionName=name, Qualifier=alias)
    yield from differ("its state", live["Status"], "READY")
    at_least = node.inputs["provisionedConcurrentExecutions"]
    if live["AllocatedProvisionedConcurrentExecutions"] < at_least:
        yield f"{live['AllocatedProvisionedConcurrentExecutions']} are warm, declared at least {at_least}"


@check(
    "aws:appautoscaling/target:Target",
    "application-autoscaling:DescribeScalableTargets",
    shows="What scales has the declared bounds, and isn't suspended",
    remedy=DEPLOY,
)
def scaling(account: Account, node: Node) -> Iterator[str]:
    declared = node.inputs
    found = account.every(
        "application-autoscaling",
        "DescribeScalableTargets",
        "ScalableTargets",
        ServiceNamespace=declared["serviceNamespace"],
        ResourceIds=[declared["resourceId"]],
        ScalableDimension=declared["scalableDimension"],
    )
    live = [(each["MinCapacity"], each["MaxCapacity"]) for each in found]
    yield from differ("its bounds", live, [(declared["minCapacity"], declared["maxCapacity"])])
    if any(True in each.get("SuspendedState", {}).values() for each in found):
        yield "it is suspended"


@check(
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    "lambda:ListEventSourceMappings",
    shows="The stream and the queue feed their functions, and the last batch was no problem",
    remedy="`aws lambda update-event-source-mapping --enabled`; batches that fail: docs/runbook/alarms.md.",
)
def mappings(account: Account, node: Node) -> Iterator[str]:
    found = account.every(
        "lambda",
        "ListEventSourceMappings",
        "EventSourceMappings",
        FunctionName=node.inputs["functionName"],
    )
    # A stream's ARN ends in the time of its making, which differs.
    by_source = {each["EventSourceArn"].partition("/stream/")[0]: each for each in found}
    source = node.inputs["eventSourceArn"].partition("/stream/")[0]
    live = by_source.get(source)
    if live is None:
        yield f"its sources are {', '.join(by_source) or 'none'}, declared {source}"
        return
    yield from differ("its state", live["State"], "Enabled")
    result = live.get("LastProcessingResult", "OK")
    if result.startswith("PROBLEM"):
        yield f"its last batch: {result}"


@check(
    "aws:cloudwatch/eventRule:EventRule",
    "events:DescribeRule",
    shows="What starts by the clock or by an event is on, by the declared words",
    remedy="`aws events enable-rule`, and ask who turned it off. " + DEPLOY,
)
def rules(account: Account, node: Node) -> Iterator[str]:
    live = account.ask("events", "DescribeRule", Name=node.inputs["name"])
    yield from differ("its state", live["State"], node.inputs["state"])
    yield from differ("its time", live.get("ScheduleExpression"), node.inputs.get("scheduleExpression"))


@check(
    "aws:cloudwatch/eventTarget:EventTarget",
    "cloudwatch:GetMetricStatistics",
    shows="What runs by the clock has run: the sweeper within 3 minutes, the reconciler within a day",
    remedy="docs/runbook/alarms.md, what to do about a silent sweeper or reconciler.",
)
def clockwork(account: Account, node: Node) -> Iterator[str]:
    clocks = {
        rule.inputs["name"]: rule.inputs["scheduleExpression"]
        for rule in account.graph.of_type("aws:cloudwatch/eventRule:EventRule")
        if rule.inputs.get("scheduleExpression")
    }
    expression = clocks.get(node.inputs["rule"])
    # The clock of us-east-1 starts no function; what it sends has an alarm.
    if expression is None or ":function:" not in node.inputs["arn"]:
        return
    window = EVERY_MINUTE if expression == "rate(1 minute)" else DAILY
    starts = account.ask(
        "cloudwatch",
        "GetMetricStatistics",
        Namespace="AWS/Lambda",
        MetricName="Invocations",
        Dimensions=[{"Name": "FunctionName", "Value": node.inputs["arn"].split(":")[6]}],
        StartTime=account.now - window,
        EndTime=account.now,
        Period=int(window.total_seconds()),
        Statistics=["Sum"],
    )["Datapoints"]
    if not sum(point["Sum"] for point in starts):
        yield f"it hasn't run for {window}"


CHECKS = (
    functions,
    package,
    reserved_concurrency,
    versions,
    warm,
    scaling,
    mappings,
    rules,
    clockwork,
)
