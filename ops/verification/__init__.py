"""Whether a deployed stage is what its program says, and works: what only a real account can show."""

from ops.verification.account import Account
from ops.verification.check import Check, Outcome, Verdict
from ops.verification.run import CHECKS, verify

__all__ = ["CHECKS", "Account", "Check", "Outcome", "Verdict", "verify"]
