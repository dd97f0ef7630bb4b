"""Lambda functions, who may invoke them, and what feeds them."""

from __future__ import annotations

from typing import Any, ClassVar

from engine import Applied
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target

CONFIGURATION = {
    "role": "Role",
    "handler": "Handler",
    "runtime": "Runtime",
    "description": "Description",
    "timeout": "Timeout",
    "memorySize": "MemorySize",
    "kmsKeyArn": "KMSKeyArn",
}


class Function:
    updatable: ClassVar[frozenset[str]] = frozenset(
        {*CONFIGURATION, "environment", "s3Key", "s3ObjectVersion", "sourceCodeHash"}
    )

    def __init__(self, inputs: Inputs) -> None:
        self._name = inputs.need("name")
        self._code = {"S3Bucket": inputs.need("s3Bucket"), "S3Key": inputs.need("s3Key")}
        # Functions run on the laptop's own interpreter, outside any network of AWS, and log to text files.
        inputs.only_in_aws("vpcConfig", "tracingConfig", "snapStart", "loggingConfig")
        # The key names the content.
        inputs.only_in_aws("s3ObjectVersion", "sourceCodeHash")
        self._publish = inputs.take("publish", False)
        self._configuration = {
            **inputs.request(CONFIGURATION),
            "Environment": {"Variables": inputs.block("environment").take("variables", {})},
        }
        self._concurrency = inputs.take("reservedConcurrentExecutions")
        self._fixed = inputs.request({"architectures": "Architectures", "packageType": "PackageType"})
        self._tags = inputs.tags()

    def create(self, target: Target) -> Applied:
        client = target.client("lambda")
        client.create_function(
            FunctionName=self._name,
            Code=self._code,
            Tags=self._tags,
            **self._configuration,
            **self._fixed,
        )
        if self._concurrency is not None:
            client.put_function_concurrency(
                FunctionName=self._name, ReservedConcurrentExecutions=self._concurrency
            )
        return self._applied(target)

    def update(self, target: Target, physical_id: str) -> Applied:
        client = target.client("lambda")
        client.update_function_code(FunctionName=self._name, **self._code)
        client.update_function_configuration(FunctionName=self._name, **self._configuration)
        return self._applied(target)

    def _applied(self, target: Target) -> Applied:
        arn = target.arn("lambda", f"function:{self._name}")
        version = self._version(target)
        outputs = {
            "arn": arn,
            "invokeArn": _invoke_arn(arn, target),
            "qualifiedArn": f"{arn}:{version}",
            "version": version,
        }
        return Applied(self._name, outputs)

    def _version(self, target: Target) -> str:
        """The version that has just been published."""
        if not self._publish:
            return "$LATEST"
        return target.client("lambda").publish_version(FunctionName=self._name)["Version"]


class Alias:
    updatable: ClassVar[frozenset[str]] = frozenset({"description", "functionVersion"})

    def __init__(self, inputs: Inputs) -> None:
        names = {
            "functionName": "FunctionName",
            "name": "Name",
            "functionVersion": "FunctionVersion",
            "description": "Description",
        }
        self._request = inputs.request(names)

    def create(self, target: Target) -> Applied:
        return self._applied(target.client("lambda").create_alias(**self._request), target)

    def update(self, target: Target, physical_id: str) -> Applied:
        return self._applied(target.client("lambda").update_alias(**self._request), target)

    def _applied(self, answer: dict[str, Any], target: Target) -> Applied:
        arn = answer["AliasArn"]
        physical_id = "{FunctionName}:{Name}".format(**self._request)
        return Applied(physical_id, {"arn": arn, "invokeArn": _invoke_arn(arn, target)})


class Permission:
    def __init__(self, inputs: Inputs) -> None:
        names = {
            "action": "Action",
            "function": "FunctionName",
            "qualifier": "Qualifier",
            "principal": "Principal",
            "statementId": "StatementId",
            "sourceArn": "SourceArn",
            "sourceAccount": "SourceAccount",
        }
        self._request = inputs.request(names)

    def create(self, target: Target) -> Applied:
        target.client("lambda").add_permission(**self._request)
        return Applied(self._request["StatementId"], {})


class EventSourceMapping:
    updatable: ClassVar[frozenset[str]] = frozenset(
        {
            "batchSize",
            "enabled",
            "filterCriteria",
            "maximumBatchingWindowInSeconds",
            "maximumRetryAttempts",
            "scalingConfig",
        }
    )

    def __init__(self, inputs: Inputs) -> None:
        names = {
            "functionName": "FunctionName",
            "batchSize": "BatchSize",
            "maximumBatchingWindowInSeconds": "MaximumBatchingWindowInSeconds",
            "maximumRetryAttempts": "MaximumRetryAttempts",
            "maximumRecordAgeInSeconds": "MaximumRecordAgeInSeconds",
            "bisectBatchOnFunctionError": "BisectBatchOnFunctionError",
            "parallelizationFactor": "ParallelizationFactor",
            "functionResponseTypes": "FunctionResponseTypes",
            "enabled": "Enabled",
        }
        source = {"eventSourceArn": "EventSourceArn", "startingPosition": "StartingPosition"}
        self._source = inputs.request(source) | {"Tags": inputs.tags()}
        self._request = inputs.request(names) | _destinations(inputs)

    def create(self, target: Target) -> Applied:
        client = target.client("lambda")
        return _mapping(client.create_event_source_mapping(**self._source, **self._request), target)

    def update(self, target: Target, physical_id: str) -> Applied:
        client = target.client("lambda")
        return _mapping(client.update_event_source_mapping(UUID=physical_id, **self._request), target)


def _destinations(inputs: Inputs) -> dict[str, Any]:
    filters = inputs.block("filterCriteria").blocks("filters")
    failure = inputs.block("destinationConfig").block("onFailure").take("destinationArn")
    scaling = inputs.block("scalingConfig").take("maximumConcurrency")
    request: dict[str, Any] = {}
    if filters:
        patterns = [{"Pattern": block.need("pattern")} for block in filters]
        request["FilterCriteria"] = {"Filters": patterns}
    if failure:
        request["DestinationConfig"] = {"OnFailure": {"Destination": failure}}
    if scaling:
        request["ScalingConfig"] = {"MaximumConcurrency": scaling}
    return request


def _mapping(answer: dict[str, Any], target: Target) -> Applied:
    uuid = answer["UUID"]
    return Applied(uuid, {"uuid": uuid, "arn": target.arn("lambda", f"event-source-mapping:{uuid}")})


def _invoke_arn(arn: str, target: Target) -> str:
    """What API Gateway is told to call."""
    return f"arn:aws:apigateway:{target.region}:lambda:path/2015-03-31/functions/{arn}/invocations"
