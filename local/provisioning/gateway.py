"""API Gateway: the REST API, its deployments and stages, and usage plans."""

from __future__ import annotations

from typing import Any, ClassVar

import yaml

from engine import Applied
from local.provisioning import openapi
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class RestApi:
    # What a connection must look like: the laptop's front is plain HTTP, under a name of its own.
    CONNECTION: ClassVar[tuple[str, ...]] = (
        "disableExecuteApiEndpoint",
        "endpointAccessMode",
        "securityPolicy",
    )
    updatable: ClassVar[frozenset[str]] = frozenset({"body", *CONNECTION})

    def __init__(self, inputs: Inputs) -> None:
        self._document = openapi.checked(yaml.safe_load(inputs.need("body")))
        inputs.only_in_aws("failOnWarnings", "putRestApiMode", *self.CONNECTION)
        self._request = inputs.request(
            {
                "name": "name",
                "description": "description",
                "minimumCompressionSize": "minimumCompressionSize",
                "policy": "policy",
            }
        )
        kind = inputs.block("endpointConfiguration").take("types", "REGIONAL")
        self._request["endpointConfiguration"] = {"types": [kind]}
        self._request["apiKeySource"] = self._document.get(openapi.KEY_SOURCE, "HEADER")
        self._request["binaryMediaTypes"] = self._document.get(openapi.BINARY, [])
        self._tags = inputs.tags()

    def create(self, target: Target) -> Applied:
        gateway = target.client("apigateway")
        tags = {**self._tags, "ms-custom-id": target.api_id}  # ministack's way to choose the id
        api_id = gateway.create_rest_api(**self._request, tags=tags)["id"]
        openapi.expand(gateway, api_id, self._document)
        return _api(gateway, api_id, target)

    def update(self, target: Target, physical_id: str) -> Applied:
        gateway = target.client("apigateway")
        openapi.set_binary_media_types(gateway, physical_id, self._request["binaryMediaTypes"])
        openapi.clear(gateway, physical_id)
        openapi.expand(gateway, physical_id, self._document)
        return _api(gateway, physical_id, target)


class Deployment:
    """Gateway responses are frozen in a deployment, so a changed API gets a new one."""

    updatable: ClassVar[frozenset[str]] = frozenset({"triggers", "description"})

    def __init__(self, inputs: Inputs) -> None:
        inputs.only_in_aws("triggers")
        self._request = inputs.request({"restApi": "restApiId", "description": "description"})

    def create(self, target: Target) -> Applied:
        return Applied(target.client("apigateway").create_deployment(**self._request)["id"], {})

    def update(self, target: Target, physical_id: str) -> Applied:
        return self.create(target)


class Stage:
    updatable: ClassVar[frozenset[str]] = frozenset({"accessLogSettings", "deployment", "xrayTracingEnabled"})

    def __init__(self, inputs: Inputs) -> None:
        self._api = inputs.need("restApi")
        self._name = inputs.need("stageName")
        self._deployment = inputs.need("deployment")
        names = {"description": "description", "variables": "variables"}
        self._request = inputs.request(names) | {"tags": inputs.tags()}
        # The emulator keeps no traces and writes no access log.
        inputs.only_in_aws("xrayTracingEnabled")
        inputs.block("accessLogSettings").only_in_aws("destinationArn", "format")

    def create(self, target: Target) -> Applied:
        target.client("apigateway").create_stage(
            restApiId=self._api, stageName=self._name, deploymentId=self._deployment, **self._request
        )
        return self._applied(target)

    def update(self, target: Target, physical_id: str) -> Applied:
        patch = {"op": "replace", "path": "/deploymentId", "value": self._deployment}
        target.client("apigateway").update_stage(
            restApiId=self._api, stageName=self._name, patchOperations=[patch]
        )
        return self._applied(target)

    def _applied(self, target: Target) -> Applied:
        outputs = {
            "arn": f"arn:aws:apigateway:{target.region}::/restapis/{self._api}/stages/{self._name}",
            "executionArn": target.arn("execute-api", f"{self._api}/{self._name}"),
            "invokeUrl": f"{target.endpoint}/_aws/execute-api/{self._api}/{self._name}",
        }
        return Applied(f"ags-{self._api}-{self._name}", outputs)


class MethodSettings:
    PATHS: ClassVar[dict[str, str]] = {
        "metricsEnabled": "metrics/enabled",
        "loggingLevel": "logging/loglevel",
        "dataTraceEnabled": "logging/dataTrace",
        "throttlingBurstLimit": "throttling/burstLimit",
        "throttlingRateLimit": "throttling/rateLimit",
    }
    updatable: ClassVar[frozenset[str]] = frozenset({"settings"})

    def __init__(self, inputs: Inputs) -> None:
        self._stage = {"restApiId": inputs.need("restApi"), "stageName": inputs.need("stageName")}
        self._path = inputs.need("methodPath")
        self._settings = inputs.block("settings").request(self.PATHS)

    def create(self, target: Target) -> Applied:
        patches = [
            {"op": "replace", "path": f"/{self._path}/{path}", "value": _text(value)}
            for path, value in self._settings.items()
        ]
        target.client("apigateway").update_stage(**self._stage, patchOperations=patches)
        return Applied("{restApiId}-{stageName}-".format(**self._stage) + self._path, {})

    def update(self, target: Target, physical_id: str) -> Applied:
        return self.create(target)


class UsagePlan:
    updatable: ClassVar[frozenset[str]] = frozenset({"throttleSettings"})

    def __init__(self, inputs: Inputs) -> None:
        throttle = inputs.block("throttleSettings")
        self._throttle = throttle.request({"burstLimit": "burstLimit", "rateLimit": "rateLimit"})
        stages = [block.request({"apiId": "apiId", "stage": "stage"}) for block in inputs.blocks("apiStages")]
        self._request = {
            **inputs.request({"name": "name", "description": "description"}),
            "apiStages": stages,
            "tags": inputs.tags(),
        }

    def create(self, target: Target) -> Applied:
        throttle = {"throttle": self._throttle} if self._throttle else {}
        plan = target.client("apigateway").create_usage_plan(**self._request, **throttle)
        return _plan(plan["id"], target)

    def update(self, target: Target, physical_id: str) -> Applied:
        patches = [
            {"op": "replace", "path": f"/throttle/{name}", "value": _text(value)}
            for name, value in self._throttle.items()
        ]
        target.client("apigateway").update_usage_plan(usagePlanId=physical_id, patchOperations=patches)
        return _plan(physical_id, target)


def _plan(plan_id: str, target: Target) -> Applied:
    return Applied(plan_id, {"arn": f"arn:aws:apigateway:{target.region}::/usageplans/{plan_id}"})


def _api(gateway: Any, api_id: str, target: Target) -> Applied:
    root = next(item["id"] for item in openapi.resources(gateway, api_id) if item["path"] == "/")
    outputs = {
        "arn": f"arn:aws:apigateway:{target.region}::/restapis/{api_id}",
        "executionArn": target.arn("execute-api", api_id),
        "rootResourceId": root,
    }
    return Applied(api_id, outputs)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
