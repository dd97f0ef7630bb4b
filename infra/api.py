"""The API's front: API Gateway, its stage `live`, its logs and its limits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws
import yaml

from infra.account import Account
from infra.compute import Function
from infra.domain import tls
from infra.gateway_document import fingerprint, render
from infra.keys import Keys
from infra.settings import ROOT, Settings
from infra.stage import Stage

CONTRACT = ROOT / "runtime" / "openapi.yaml"
STAGE_NAME = "live"
# The gateway makes this group itself, unencrypted and for ever, if nobody has made it before.
EXECUTION_LOGS = "API-Gateway-Execution-Logs_"
# One line of JSON per request. The route's pattern, not its path; no query, no body, no header, and no error
# message, which could quote any of them.
ACCESS_LOG = {
    "request_id": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "ip": "$context.identity.sourceIp",
    "tls": "$context.tlsVersion",
    "cipher": "$context.cipherSuite",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "client": "$context.authorizer.principalId",
    "problem": "$context.error.responseType",
    "firewall": "$context.wafResponseCode",
    "firewall_status": "$context.waf.status",
    "authorizer_status": "$context.authorizer.status",
    "authorizer_milliseconds": "$context.authorizer.latency",
    "integration_status": "$context.integration.status",
    "integration_milliseconds": "$context.integration.latency",
    "milliseconds": "$context.responseLatency",
    "bytes": "$context.responseLength",
    "trace": "$context.xrayTraceId",
}


def access_log_name(stage: Stage) -> str:
    """Where the gateway writes a line for each request."""
    return f"/aws/apigateway/{stage.physical('access')}"


@dataclass(frozen=True)
class ApiArgs:
    """`functions`: by name; those that the contract names, and the authorizer."""

    settings: Settings
    account: Account
    keys: Keys
    functions: Mapping[str, Function]


class Api(pulumi.ComponentResource):
    """The REST API: `rest_api`, `stage`, `usage_plans` and `log_groups` by name."""

    def __init__(self, name: str, args: ApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:api:Api", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        contract = yaml.load(CONTRACT.read_text(encoding="utf-8"), yaml.CSafeLoader)
        self.rest_api = self._rest_api(contract)
        for function in args.functions:
            self._permission(function)
        access_log = self._log_group("access", access_log_name(args.settings.stage))
        execution_log = self._log_group(
            "execution", pulumi.Output.concat(EXECUTION_LOGS, self.rest_api.id, "/", STAGE_NAME)
        )
        self.log_groups = {"access": access_log, "execution": execution_log}
        default_endpoint = args.settings.edge.domain is None
        content = fingerprint(contract, default_endpoint=default_endpoint)
        self.stage = self._stage(content, access_log, execution_log)
        self._method_settings()
        self.usage_plans = {plan: self._usage_plan(plan) for plan in args.settings.usage_plans}
        self.register_outputs({})

    def _rest_api(self, contract: Mapping[str, Any]) -> aws.apigateway.RestApi:
        settings = self._args.settings
        connection = tls(settings.edge.domain)
        invoke_arns = {name: made.alias.invoke_arn for name, made in self._args.functions.items()}
        # No resource policy: the API is for the whole internet, and who may do what is in access tokens.
        return aws.apigateway.RestApi(
            "api",
            name=settings.stage.physical("api"),
            description="Tollgate's REST API",
            body=pulumi.Output.all(**invoke_arns).apply(
                lambda arns: json.dumps(render(contract, arns), sort_keys=True)
            ),
            endpoint_configuration=aws.apigateway.RestApiEndpointConfigurationArgs(types="REGIONAL"),
            security_policy=connection.policy,
            endpoint_access_mode=connection.access_mode,
            # Under AWS's name for the API, callers would get around the domain's client certificates.
            disable_execute_api_endpoint=settings.edge.domain is not None,
            opts=self._child,
        )

    def _permission(self, function: str) -> None:
        """Only this API may invoke the function; the authorizer only as an authorizer."""
        source = "/authorizers/*" if function == "authorizer" else f"/{STAGE_NAME}/*"
        made = self._args.functions[function]
        aws.lambda_.Permission(
            function,
            statement_id="api",
            action="lambda:InvokeFunction",
            function=made.function.name,
            qualifier=made.alias.name,
            principal="apigateway.amazonaws.com",
            source_account=self._args.settings.stage.account_id,
            source_arn=pulumi.Output.concat(self.rest_api.execution_arn, source),
            opts=self._child,
        )

    def _log_group(self, name: str, physical_name: pulumi.Input[str]) -> aws.cloudwatch.LogGroup:
        settings = self._args.settings
        return aws.cloudwatch.LogGroup(
            name,
            name=physical_name,
            retention_in_days=settings.log_retention_days,
            kms_key_id=self._args.keys.data["logs"].arn,
            opts=pulumi.ResourceOptions(parent=self, protect=settings.durability.protect),
        )

    def _stage(
        self, content: str, access_log: aws.cloudwatch.LogGroup, execution_log: aws.cloudwatch.LogGroup
    ) -> aws.apigateway.Stage:
        # A deployment is a frozen copy: changed content needs a new one.
        deployment = aws.apigateway.Deployment(
            "api", rest_api=self.rest_api.id, triggers={"content": content}, opts=self._child
        )
        return aws.apigateway.Stage(
            STAGE_NAME,
            rest_api=self.rest_api.id,
            deployment=deployment.id,
            stage_name=STAGE_NAME,
            xray_tracing_enabled=True,
            access_log_settings=aws.apigateway.StageAccessLogSettingsArgs(
                destination_arn=access_log.arn, format=json.dumps(ACCESS_LOG)
            ),
            opts=pulumi.ResourceOptions(
                parent=self, depends_on=[self._args.account.gateway_logging, execution_log]
            ),
        )

    def _method_settings(self) -> None:
        throttle = self._args.settings.throttle
        aws.apigateway.MethodSettings(
            STAGE_NAME,
            rest_api=self.rest_api.id,
            stage_name=self.stage.stage_name,
            method_path="*/*",
            settings=aws.apigateway.MethodSettingsSettingsArgs(
                metrics_enabled=True,
                logging_level="ERROR",
                # Data trace writes whole requests and responses into the log.
                data_trace_enabled=False,
                throttling_rate_limit=throttle.rate,
                throttling_burst_limit=throttle.burst,
            ),
            opts=self._child,
        )

    def _usage_plan(self, name: str) -> aws.apigateway.UsagePlan:
        settings = self._args.settings
        limits = settings.usage_plans[name]
        return aws.apigateway.UsagePlan(
            name,
            name=settings.stage.physical(name),
            api_stages=[
                aws.apigateway.UsagePlanApiStageArgs(api_id=self.rest_api.id, stage=self.stage.stage_name)
            ],
            throttle_settings=aws.apigateway.UsagePlanThrottleSettingsArgs(
                rate_limit=limits.rate, burst_limit=limits.burst
            ),
            opts=self._child,
        )
