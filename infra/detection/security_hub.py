"""Security Hub: the standards that the account is measured by."""

import pulumi
import pulumi_aws as aws

from infra.settings.detection import Detection, Standard
from infra.stage import Stage

# The standards' paths, from Security Hub's documentation.
STANDARDS: dict[Standard, str] = {
    "fsbp": "aws-foundational-security-best-practices/v/1.0.0",
    "pci-dss-4.0.1": "pci-dss/v/4.0.1",
    "cis-3.0.0": "cis-aws-foundations-benchmark/v/3.0.0",
}


class SecurityHub(pulumi.ComponentResource):
    """Security Hub of the stage's account, with the named standards and no others.

    A member's own is the organization's to switch on; what it checks is the stage's.
    """

    def __init__(
        self,
        name: str,
        stage: Stage,
        settings: Detection,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("tollgate:detection:SecurityHub", name, None, opts)
        subscribed = pulumi.ResourceOptions(parent=self)
        if settings.security_hub == "standalone":
            account = self._account(name)
            subscribed = pulumi.ResourceOptions(parent=account, depends_on=[account])
        for standard in settings.standards:
            aws.securityhub.StandardsSubscription(
                standard,
                standards_arn=f"arn:aws:securityhub:{stage.region}::standards/{STANDARDS[standard]}",
                opts=subscribed,
            )
        self.register_outputs({})

    def _account(self, name: str) -> aws.securityhub.Account:
        return aws.securityhub.Account(
            name,
            enable_default_standards=False,
            # One finding per check, however many standards ask for it.
            control_finding_generator="SECURITY_CONTROL",
            auto_enable_controls=True,
            opts=pulumi.ResourceOptions(parent=self),
        )
