"""What Pulumi's engine runs: `pulumi preview --policy-pack policies`."""

# The folder of this file is on the path when the engine runs it, not the project's.
from pack import POLICIES
from pack.enforcing import enforced
from pack.undecided import Undecided, said
from pulumi_policy import EnforcementLevel, PolicyPack

undecided = Undecided()
PolicyPack(
    "tollgate",
    [*(enforced(policy, undecided) for policy in POLICIES), said(undecided)],
    enforcement_level=EnforcementLevel.MANDATORY,
    description="What a payments platform on AWS must keep to (PCI DSS 4.0.1)",
)
