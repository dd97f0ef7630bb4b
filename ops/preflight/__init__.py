"""Whether an account grants what a stack's settings count on, before anything is deployed to it."""

from ops.preflight.findings import Finding, compare, increase
from ops.preflight.needs import Need, needs
from ops.preflight.quotas import Account, Quota

__all__ = ["Account", "Finding", "Need", "Quota", "compare", "increase", "needs"]
