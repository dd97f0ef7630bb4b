"""Security Hub: the standards that the account is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.settings.detection import Standard
from infra.stage import Stage

# The standards' paths, from Security Hub's documentation.
STANDARDS: dict[Standard, str] = {
    "fsbp": "aws-foundational-security-best-practices/v/1.0.0",
    "pci-dss-4.0.1": "pci-dss/v/4.0.1",
    "cis-3.0.0": "cis-aws-foundations-benchmark/v/3.0.0",
}


@dataclass(frozen=True)
class SecurityHubArgs:
    """`own`: whether the stage turns Security Hub on itself, and not its organization."""

    stage: Stage
    standards: Sequence[Standard]
    own: bool


class SecurityHub(pulumi.ComponentResource):
    """Security Hub of the stage's account, with the named standards and no others."""

    def __init__(self, name: str, args: SecurityHubArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:detection:SecurityHub", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        account = self._account(name) if args.own else None
        for standard in args.standards:
            aws.securityhub.StandardsSubscription(
                standard,
                standards_arn=f"arn:aws:securityhub:{args.stage.region}::standards/{STANDARDS[standard]}",
                opts=pulumi.ResourceOptions(parent=account or self, depends_on=account),
            )
        self.register_outputs({})

    def _account(self, name: str) -> aws.securityhub.Account:
        return aws.securityhub.Account(
            name,
            enable_default_standards=False,
            # One finding per check, however many standards ask for it.
            control_finding_generator="SECURITY_CONTROL",
            auto_enable_controls=True,
            opts=self._child,
        )
