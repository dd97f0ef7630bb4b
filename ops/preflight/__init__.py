"""Whether an account has and grants what a stack counts on, before anything is deployed to it."""

from ops.preflight.findings import Finding, compare, increase
from ops.preflight.needs import Need, needs
from ops.preflight.prerequisites import Inventory, Prerequisite, prerequisites, unmet
from ops.preflight.quotas import Account, Quota

__all__ = [
    "Account",
    "Finding",
    "Inventory",
    "Need",
    "Prerequisite",
    "Quota",
    "compare",
    "increase",
    "needs",
    "prerequisites",
    "unmet",
]
