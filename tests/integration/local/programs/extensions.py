"""An API, its functions and a stream consumer, to show what the emulator adds to ministack."""

from __future__ import annotations

import json

import pulumi
import pulumi_aws as aws
from account import options, role

ROUTES = {"/echo": "echo", "/crash": "crash", "/slow": "slow", "/guarded": "echo"}


def table(name: str, *, stream: bool = False) -> aws.dynamodb.Table:
    return aws.dynamodb.Table(
        name,
        name=name,
        billing_mode="PAY_PER_REQUEST",
        hash_key="id",
        attributes=[aws.dynamodb.TableAttributeArgs(name="id", type="S")],
        stream_enabled=stream,
        stream_view_type="NEW_IMAGE" if stream else None,
        opts=options,
    )


package = aws.s3.BucketObjectv2(
    "package",
    bucket=aws.s3.Bucket("artifacts", bucket="artifacts", opts=options).bucket,
    key="functions.zip",
    source=pulumi.FileAsset(pulumi.Config().require("package")),
    opts=options,
)


def function(name: str) -> aws.lambda_.Alias:
    """The function, by the alias of its published version."""
    made = aws.lambda_.Function(
        name,
        name=name,
        role=role.arn,
        runtime="python3.13",
        handler=f"functions.{name}",
        timeout=20,
        s3_bucket=package.bucket,
        s3_key=package.key,
        publish=True,
        opts=options,
    )
    return aws.lambda_.Alias(
        name, name="live", function_name=made.name, function_version=made.version, opts=options
    )


source, copies = table("source", stream=True), table("copies")
functions = {name: function(name) for name in ("authorizer", "echo", "crash", "slow", "consumer")}
aws.lambda_.EventSourceMapping(
    "consumer",
    event_source_arn=source.stream_arn,
    function_name=functions["consumer"].arn,
    starting_position="TRIM_HORIZON",
    function_response_types=["ReportBatchItemFailures"],
    opts=options,
)
aws.secretsmanager.Secret("empty", name="empty", opts=options)


def security_schemes(authorizer: str) -> dict[str, object]:
    return {
        "token": {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {
                "type": "token",
                "authorizerUri": authorizer,
                "identitySource": "method.request.header.Authorization",
                "authorizerResultTtlInSeconds": 60,
            },
        },
        "plan": {"type": "apiKey", "name": "x-api-key", "in": "header"},
    }


def operation(path: str, function: str) -> dict[str, object]:
    return {
        "security": [{"token": [], "plan": []}] if path == "/guarded" else [],
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": function,
            "timeoutInMillis": 100 if path == "/slow" else 29000,
        },
    }


def document(invoke: dict[str, str]) -> str:
    problem = {"application/json": '{"code": "$context.error.responseType"}'}
    return json.dumps(
        {
            "openapi": "3.0.1",
            "info": {"title": "extensions", "version": "1"},
            "x-amazon-apigateway-api-key-source": "AUTHORIZER",
            "x-amazon-apigateway-gateway-responses": {
                "DEFAULT_5XX": {"responseTemplates": problem},
                "INTEGRATION_TIMEOUT": {"statusCode": 504, "responseTemplates": problem},
                "REQUEST_TOO_LARGE": {"statusCode": 413, "responseTemplates": problem},
            },
            "components": {"securitySchemes": security_schemes(invoke["authorizer"])},
            "paths": {path: {"post": operation(path, invoke[name])} for path, name in ROUTES.items()},
        }
    )


invoke = pulumi.Output.all(**{name: made.invoke_arn for name, made in functions.items()})
api = aws.apigateway.RestApi("api", name="api", body=invoke.apply(document), opts=options)
deployment = aws.apigateway.Deployment("api", rest_api=api.id, opts=options)
stage = aws.apigateway.Stage(
    "api", rest_api=api.id, deployment=deployment.id, stage_name="live", opts=options
)
for plan, burst in {"narrow": 1, "wide": 1000}.items():
    aws.apigateway.UsagePlan(
        plan,
        name=plan,
        api_stages=[aws.apigateway.UsagePlanApiStageArgs(api_id=api.id, stage=stage.stage_name)],
        throttle_settings=aws.apigateway.UsagePlanThrottleSettingsArgs(burst_limit=burst, rate_limit=0.001),
        opts=options,
    )
