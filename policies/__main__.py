"""What Pulumi's engine runs: `pulumi preview --policy-pack policies`."""

# The folder of this file is on the path when the engine runs it, not the project's.
from pack import POLICIES
from pack.enforcing import enforced
from pulumi_policy import EnforcementLevel, PolicyPack

PolicyPack(
    "tollgate",
    [enforced(policy) for policy in POLICIES],
    enforcement_level=EnforcementLevel.MANDATORY,
    description="What a payments platform on AWS must keep to (PCI DSS 4.0.1)",
)
