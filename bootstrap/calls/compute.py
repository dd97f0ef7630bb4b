"""The functions, and how many of them run at once."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls, passing

FUNCTION = "function:{functionName:NAMED*}"
# A mapping has no name: the function that it feeds tells the stage's own.
OWN_FUNCTION = {"lambda:FunctionArn": "{functionName:arn:aws:lambda:REGION:ACCOUNT:function:NAMED*}"}
SCALER = "{serviceNamespace:lambda|dynamodb}.application-autoscaling.amazonaws.com"
# Whose capacity AWS scales by itself.
SCALED = "{resourceId:function:NAMED*|table/NAMED*}"

COMPUTE: Mapping[str, Sequence[Calls]] = {
    "aws:lambda/function:Function": (
        Calls(
            "lambda",
            "function:{name:NAMED*}",
            create="CreateFunction PublishVersion PutFunctionConcurrency TagResource",
            read="GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration ListVersionsByFunction",
            update="DeleteFunctionConcurrency PublishVersion PutFunctionConcurrency TagResource UntagResource"
            " UpdateFunctionCode UpdateFunctionConfiguration",
            delete="DeleteFunction",
        ),
        # Lambda asks these of whoever places a function in a network (Lambda's developer guide).
        Calls(
            "ec2",
            ANY,
            create="DescribeSecurityGroups DescribeSubnets DescribeVpcs GetSecurityGroupsForVpc",
            update="DescribeSecurityGroups DescribeSubnets DescribeVpcs GetSecurityGroupsForVpc",
            given="vpcConfig",
        ),
        # Lambda reads the package in the caller's name.
        Calls(
            "s3",
            "arn:aws:s3:::{s3Bucket:NAMEDartifacts-ACCOUNT}/{s3Key:*}",
            create="GetObject GetObjectVersion",
            update="GetObject GetObjectVersion",
        ),
        passing("role", "lambda"),
    ),
    "aws:lambda/alias:Alias": (
        Calls(
            "lambda",
            FUNCTION,
            create="CreateAlias",
            read="GetAlias",
            update="UpdateAlias",
            delete="DeleteAlias",
        ),
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": (
        Calls(
            "lambda",
            ANY,
            create="CreateEventSourceMapping",
            update="UpdateEventSourceMapping",
            delete="DeleteEventSourceMapping",
            carrying=OWN_FUNCTION,
        ),
        Calls(
            "lambda",
            "event-source-mapping:{id:*}",
            create="TagResource",
            read="GetEventSourceMapping ListTags",
            update="TagResource UntagResource",
        ),
    ),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (
        Calls(
            "lambda",
            FUNCTION,
            create="PutFunctionEventInvokeConfig",
            read="GetFunctionEventInvokeConfig",
            update="PutFunctionEventInvokeConfig",
            delete="DeleteFunctionEventInvokeConfig",
        ),
    ),
    "aws:lambda/permission:Permission": (
        Calls(
            "lambda",
            "function:{function:NAMED*}",
            create="AddPermission",
            read="GetPolicy",
            delete="RemovePermission",
        ),
    ),
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": (
        Calls(
            "lambda",
            FUNCTION,
            create="PutProvisionedConcurrencyConfig",
            read="GetProvisionedConcurrencyConfig",
            update="PutProvisionedConcurrencyConfig",
            delete="DeleteProvisionedConcurrencyConfig",
        ),
    ),
    "aws:appautoscaling/target:Target": (
        Calls(
            "application-autoscaling",
            "scalable-target/*",
            create="RegisterScalableTarget TagResource",
            read="DescribeScalableTargets ListTagsForResource",
            update="RegisterScalableTarget TagResource UntagResource",
            delete="DeregisterScalableTarget",
        ),
        Calls(
            "iam",
            "arn:aws:iam::{account}:role/aws-service-role/*",
            create="CreateServiceLinkedRole",
            carrying={"iam:AWSServiceName": SCALER},
        ),
    ),
    "aws:appautoscaling/policy:Policy": (
        Calls(
            "application-autoscaling",
            "scalable-target/*",
            create="PutScalingPolicy",
            read="DescribeScalingPolicies",
            update="PutScalingPolicy",
            delete="DeleteScalingPolicy",
        ),
        # Application Auto Scaling makes and removes the alarms of a target in the caller's name.
        Calls(
            "cloudwatch",
            f"alarm:TargetTracking-{SCALED}-*",
            create="PutMetricAlarm",
            read="DescribeAlarms",
            update="DeleteAlarms PutMetricAlarm",
            delete="DeleteAlarms",
        ),
    ),
}
