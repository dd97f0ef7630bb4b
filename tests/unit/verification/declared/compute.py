"""What an account as declared says of its compute."""

from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import RECENTLY, Inputs, one, to


@to("lambda:GetFunctionConfiguration")
def function(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "lambda/function:Function", name=asked["FunctionName"])
    return {
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "Runtime": declared["runtime"],
        "Timeout": declared["timeout"],
        "MemorySize": declared["memorySize"],
        "Architectures": list(declared["architectures"]),
        "TracingConfig": {"Mode": declared["tracingConfig"]["mode"]},
        "VpcConfig": {"SubnetIds": list(declared["vpcConfig"]["subnetIds"])},
        "CodeSha256": declared["sourceCodeHash"],
        "KMSKeyArn": "arn:aws:kms:eu-west-1:333333333333:key/live",
    }


@to("lambda:GetFunctionConcurrency")
def concurrency(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "lambda/function:Function", name=asked["FunctionName"])
    reserved = declared.get("reservedConcurrentExecutions")
    return {} if reserved is None else {"ReservedConcurrentExecutions": reserved}


@to("lambda:GetAlias")
def alias(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"FunctionVersion": "10"}


@to("lambda:ListVersionsByFunction")
def versions(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"Versions": [{"Version": "$LATEST"}, {"Version": "9"}, {"Version": "10"}]}


@to("lambda:GetProvisionedConcurrencyConfig")
def warm(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
    declared = one(graph, kind, functionName=asked["FunctionName"])["provisionedConcurrentExecutions"]
    return {"Status": "READY", "AllocatedProvisionedConcurrentExecutions": declared}


@to("application-autoscaling:DescribeScalableTargets")
def scaling(graph: Graph, asked: Inputs) -> dict[str, Any]:
    (name,) = asked["ResourceIds"]
    declared = one(graph, "appautoscaling/target:Target", resourceId=name)
    live = {
        "ServiceNamespace": declared["serviceNamespace"],
        "ResourceId": name,
        "ScalableDimension": declared["scalableDimension"],
        "MinCapacity": declared["minCapacity"],
        "MaxCapacity": declared["maxCapacity"],
        "RoleARN": "arn:aws:iam::333333333333:role/x",
        "CreationTime": RECENTLY,
    }
    return {"ScalableTargets": [live]}


@to("lambda:ListEventSourceMappings")
def mappings(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "lambda/eventSourceMapping:EventSourceMapping"
    declared = [
        node.inputs["eventSourceArn"]
        for node in graph.of_type(f"aws:{kind}")
        if node.inputs["functionName"] == asked["FunctionName"]
    ]
    # A real stream has another time in its name.
    arns = [source.replace("2026-01-01", "2026-02-02") for source in declared]
    live = {"State": "Enabled", "LastProcessingResult": "OK"}
    return {"EventSourceMappings": [{**live, "EventSourceArn": arn} for arn in arns]}


@to("events:DescribeRule")
def rule(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "cloudwatch/eventRule:EventRule", name=asked["Name"])
    at = declared.get("scheduleExpression")
    return {"State": declared["state"]} | ({"ScheduleExpression": at} if at else {})


@to("cloudwatch:GetMetricStatistics")
def starts(graph: Graph, asked: Inputs) -> dict[str, Any]:
    return {"Datapoints": [{"Sum": 3.0}]}
