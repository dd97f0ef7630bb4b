"""What AWS answers besides what a program gave, or instead of it: where a plan could differ for ever.

Only arguments of the provider's that are optional and not computed: others it takes from the answer.
"""

from collections.abc import Callable, Mapping
from typing import Any

Inputs = Mapping[str, Any]

# By type: arguments that AWS fills in though the program didn't give them, and that the provider then wants
# to take away. A program that leaves one out gets a difference with every preview.
RETURNED: Mapping[str, tuple[str, ...]] = {
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": ("subnetIds",),
    "aws:guardduty/detectorFeature:DetectorFeature": ("additionalConfigurations",),
}
# Outputs that an update changes, so that a plan doesn't know them: each one of a function publishes a version
# (`SetNewComputed` in internal/service/lambda/function.go).
RECOMPUTED: Mapping[str, tuple[str, ...]] = {"aws:lambda/function:Function": ("version",)}
# What GuardDuty lists with a feature, also when it is off (UpdateDetector, DetectorFeatureConfiguration).
AGENTS: Mapping[str, tuple[str, ...]] = {
    "EKS_RUNTIME_MONITORING": ("EKS_ADDON_MANAGEMENT",),
    "RUNTIME_MONITORING": (
        "EC2_AGENT_MANAGEMENT",
        "ECS_FARGATE_AGENT_MANAGEMENT",
        "EKS_ADDON_MANAGEMENT",
    ),
}


def answered(kind: str, inputs: Inputs) -> Inputs:
    """The arguments of an existing resource that AWS tells otherwise than they were given."""
    answer = _ANSWERS.get(kind)
    return answer(inputs) if answer else {}


def _network_acl(_: Inputs) -> Inputs:
    """AWS lends a VPC's own list to each new subnet, until the subnet is given another."""
    return {"subnetIds": ["subnet-just-made"]}


def _detector_feature(inputs: Inputs) -> Inputs:
    """All agents of the feature. Their order doesn't count: the provider has a set of them."""
    given = list(inputs.get("additionalConfigurations", ()))
    named = {each["name"] for each in given}
    others = [name for name in AGENTS.get(inputs["name"], ()) if name not in named]
    listed = [*given, *({"name": name, "status": "DISABLED"} for name in others)]
    return {"additionalConfigurations": listed} if listed else {}


def _backup_settings(inputs: Inputs) -> Inputs:
    """Every type of resource that AWS Backup knows."""
    preferences = ("resourceTypeManagementPreference", "resourceTypeOptInPreference")
    return {key: {"Aurora": False, "EBS": False, **inputs[key]} for key in preferences if key in inputs}


def _table(inputs: Inputs) -> Inputs:
    """Traffic raises what a table, or an index of it, is warm for."""
    indexes = [{**each, **_warmer(each)} for each in inputs.get("globalSecondaryIndexes", ())]
    return _warmer(inputs) | ({"globalSecondaryIndexes": indexes} if indexes else {})


def _warmer(table: Inputs) -> dict[str, Any]:
    if "warmThroughput" not in table:
        return {}
    return {"warmThroughput": {key: value + 1000 for key, value in table["warmThroughput"].items()}}


def _provisioned_concurrency(inputs: Inputs) -> Inputs:
    """Scaling has set it."""
    return {"provisionedConcurrentExecutions": inputs["provisionedConcurrentExecutions"] + 1}


_ANSWERS: Mapping[str, Callable[[Inputs], Inputs]] = {
    "aws:backup/regionSettings:RegionSettings": _backup_settings,
    "aws:dynamodb/table:Table": _table,
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": _network_acl,
    "aws:guardduty/detectorFeature:DetectorFeature": _detector_feature,
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": _provisioned_concurrency,
}
