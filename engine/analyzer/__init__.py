"""Runs a policy pack as Pulumi's engine does: the real pack in a process of its own, asked over gRPC."""

from engine.analyzer.pack import PolicyPack, running
from engine.analyzer.policy import InvalidPolicyConfigError, Level, Policy, Violation
from engine.analyzer.process import PackFailedError

__all__ = [
    "InvalidPolicyConfigError",
    "Level",
    "PackFailedError",
    "Policy",
    "PolicyPack",
    "Violation",
    "running",
]
