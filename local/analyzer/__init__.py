"""Runs a policy pack as Pulumi's engine does: the real pack in a process of its own, asked over gRPC."""

from local.analyzer.pack import PackFailedError, PolicyPack, running
from local.analyzer.policy import InvalidPolicyConfigError, Level, Policy, Violation

__all__ = [
    "InvalidPolicyConfigError",
    "Level",
    "PackFailedError",
    "Policy",
    "PolicyPack",
    "Violation",
    "running",
]
