"""What may be wrong with an account's compute."""

from tests.unit.verification.differences.difference import Difference, given, within

DIFFERENCES = (
    Difference("compute: functions", "lambda:GetFunctionConfiguration", given(State="Failed"), "Failed"),
    Difference("compute: functions", "lambda:GetFunctionConfiguration", given(VpcConfig={}), "subnets is 0"),
    Difference(
        "compute: functions",
        "lambda:GetFunctionConfiguration",
        given(TracingConfig={"Mode": "PassThrough"}),
        "tracing is PassThrough",
    ),
    Difference(
        "compute: functions",
        "lambda:GetFunctionConfiguration",
        lambda a: {name: value for name, value in a.items() if name != "KMSKeyArn"},
        "environment isn't under a key of ours",
    ),
    Difference("compute: package", "s3:ListObjectsV2", given(KeyCount=0), "isn't in tollgate-prod-artifacts"),
    Difference(
        "compute: reserved concurrency",
        "lambda:GetFunctionConcurrency",
        given(ReservedConcurrentExecutions=7),
        "what is set aside is 7",
    ),
    Difference(
        "compute: versions", "lambda:GetAlias", given(FunctionVersion="9"), "version is 9, declared 10"
    ),
    Difference(
        "compute: versions",
        "lambda:GetAlias",
        given(RoutingConfig={"AdditionalVersionWeights": {"8": 0.5}}),
        "another version",
    ),
    Difference("compute: warm", "lambda:GetProvisionedConcurrencyConfig", given(Status="FAILED"), "FAILED"),
    Difference(
        "compute: warm",
        "lambda:GetProvisionedConcurrencyConfig",
        given(AllocatedProvisionedConcurrentExecutions=0),
        "0 are warm",
    ),
    Difference(
        "compute: scaling",
        "application-autoscaling:DescribeScalableTargets",
        within("ScalableTargets", MaxCapacity=0),
        "its bounds",
    ),
    Difference(
        "compute: scaling",
        "application-autoscaling:DescribeScalableTargets",
        within("ScalableTargets", SuspendedState={"DynamicScalingOutSuspended": True}),
        "suspended",
    ),
    Difference(
        "compute: mappings",
        "lambda:ListEventSourceMappings",
        within("EventSourceMappings", State="Disabled"),
        "Disabled",
    ),
    Difference(
        "compute: mappings",
        "lambda:ListEventSourceMappings",
        within("EventSourceMappings", LastProcessingResult="PROBLEM: Function call failed"),
        "its last batch: PROBLEM",
    ),
    Difference(
        "compute: rules", "events:DescribeRule", given(State="DISABLED"), "sweeper: its state is DISABLED"
    ),
    Difference(
        "compute: clockwork",
        "cloudwatch:GetMetricStatistics",
        given(Datapoints=[]),
        "sweeper: it hasn't run for 0:03:00",
    ),
)
