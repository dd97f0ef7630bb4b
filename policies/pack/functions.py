"""Functions: each for itself, and out of reach."""

from fnmatch import fnmatchcase

from .aws import FUNCTION, LOG_GROUP, SUBNET
from .declaring import HIGH, LOW, MEDIUM, Resource, Violations, policy, words
from .stack import Member, Stack, value_at

LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg"
ROUTE = "aws:ec2/route:Route"
ROUTE_TABLE = "aws:ec2/routeTable:RouteTable"
ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation"
GATEWAY = "aws:ec2/internetGateway:InternetGateway"


@policy(
    on=FUNCTION,
    severity=HIGH,
    pci=["7.2.2", "7.2.5"],
    remedy="Make a role for the function.",
    url=f"{LAMBDA}/lambda-intro-execution-role.html",
)
def function_has_own_role(function: Member, stack: Stack) -> Violations:
    """No two functions share a role: each gets what it needs, and its calls are known as its own."""
    role = function.props.get("role")
    for other in stack.of_type(FUNCTION):
        if other is not function and other.props.get("role") == role:
            yield f"{other.name} has the same role"


@policy(
    on=FUNCTION,
    severity=MEDIUM,
    pci=["10.2.1", "10.5.1"],
    remedy="Make the log group `/aws/lambda/<name>`, or name one in `logging_config`.",
    url=f"{LAMBDA}/monitoring-cloudwatchlogs-loggroups.html",
)
def function_has_log_group(function: Member, stack: Stack) -> Violations:
    """Every function's log group is made by the program.

    Otherwise Lambda makes it: unencrypted, and kept for ever.
    """
    chosen = value_at(function.props, "loggingConfig.logGroup")
    wanted = chosen or f"/aws/lambda/{function.props['name']}"
    if not any(group.props.get("name") == wanted for group in stack.of_type(LOG_GROUP)):
        yield f"the log group {wanted} isn't declared"


@policy(
    on=FUNCTION,
    severity=HIGH,
    pci=["1.3.1", "1.3.2", "1.4.4"],
    remedy="Set `vpc_config` with subnets and security groups.",
    url=f"{LAMBDA}/configuration-vpc.html",
)
def function_is_in_vpc(function: Resource) -> Violations:
    """Every function runs in a VPC, where it reaches what it is allowed to and nothing else."""
    if not value_at(function.props, "vpcConfig.subnetIds"):
        yield "the function isn't in a VPC"
    elif not value_at(function.props, "vpcConfig.securityGroupIds"):
        yield "the function has no security group"


@policy(
    on=FUNCTION,
    severity=HIGH,
    pci=["1.3.2", "1.4.4"],
    remedy="Use subnets whose routes end at endpoints, a firewall or a NAT gateway.",
    url="https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
)
def function_subnet_is_private(function: Member, stack: Stack) -> Violations:
    """No function is in a subnet with a route to an internet gateway."""
    for subnet in stack.named(function, "vpcConfig.subnetIds", SUBNET):
        for association in stack.naming(ASSOCIATION, "subnetId", subnet):
            for table in stack.named(association, "routeTableId", ROUTE_TABLE):
                if _leads_outside(stack, table):
                    yield f"the subnet {subnet.name} has a route to the internet"


def _leads_outside(stack: Stack, table: Member) -> bool:
    routes = stack.naming(ROUTE, "routeTableId", table)
    return any(stack.named(route, "gatewayId", GATEWAY) for route in routes) or bool(
        stack.named(table, "routes.gatewayId", GATEWAY)
    )


@policy(
    on=FUNCTION,
    severity=LOW,
    pci=["10.2.1"],
    remedy="Set `tracing_config` to Active.",
    url=f"{LAMBDA}/services-xray.html",
)
def function_is_traced(function: Resource) -> Violations:
    """Every function is traced."""
    if value_at(function.props, "tracingConfig.mode") != "Active":
        yield "the function isn't traced"


@policy(
    on=FUNCTION,
    severity=HIGH,
    pci=["6.3.3"],
    remedy="Move to a runtime that gets security updates.",
    url=f"{LAMBDA}/lambda-runtimes.html",
    settings={
        "runtimes": words(
            [
                "python3.12",
                "python3.13",
                "python3.14",
                "nodejs22.x",
                "nodejs24.x",
                "java21",
                "java25",
                "dotnet8",
                "dotnet10",
                "ruby3.4",
                "provided.al2023",
            ],
            "Runtimes that AWS still updates.",
        )
    },
)
def function_runtime_is_supported(function: Resource, runtimes: list[str]) -> Violations:
    """Every function's runtime gets security updates."""
    runtime = function.props.get("runtime")
    if function.props.get("packageType") != "Image" and runtime not in runtimes:
        yield f"the runtime {runtime} isn't supported"


@policy(
    on=FUNCTION,
    severity=HIGH,
    pci=["8.6.2", "3.6.1.2"],
    remedy="Put the value into Secrets Manager, and only its ARN into the environment.",
    url=f"{LAMBDA}/configuration-envvars.html",
    settings={
        "names": words(
            ["*PASSWORD", "*SECRET", "*TOKEN", "*API_KEY", "*PRIVATE_KEY", "*CREDENTIALS"],
            "Patterns of variables whose value must be an ARN.",
        )
    },
)
def function_environment_has_no_secret(function: Resource, names: list[str]) -> Violations:
    """No secret is in a function's environment: whoever may describe the function would read it."""
    variables = value_at(function.props, "environment.variables") or {}
    for name in variables:
        if any(fnmatchcase(name.upper(), each) for each in names) and not variables[name].startswith("arn:"):
            yield f"{name} isn't a secret's ARN"
