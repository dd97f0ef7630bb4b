"""The requirements of PCI DSS 4.0.1, in its order: each at the level x.y, and deeper ones that a policy or a
rule of AWS Config names."""

from ops.controls.requirements import access, data, network, organization, records, software

REQUIREMENTS = (
    *network.REQUIREMENTS,
    *data.REQUIREMENTS,
    *software.REQUIREMENTS,
    *access.REQUIREMENTS,
    *records.REQUIREMENTS,
    *organization.REQUIREMENTS,
)
