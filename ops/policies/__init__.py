"""The policy pack against a program: run, reported, documented."""

from ops.policies.checking import PACK, Checked, Finding, check

__all__ = ["PACK", "Checked", "Finding", "check"]
