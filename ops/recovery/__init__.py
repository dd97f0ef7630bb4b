"""Taking up a deployment that died half-way: what AWS made, and the state doesn't know of."""

from ops.recovery.account import Account, AwsAccount
from ops.recovery.pending import Pending, pending
from ops.recovery.plan import Plan, plan

__all__ = ["Account", "AwsAccount", "Pending", "Plan", "pending", "plan"]
