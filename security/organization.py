"""The detection services of all accounts, run from the security account."""

import pulumi
import pulumi_aws as aws

from infra.stage import Stage
from infra.statements import document, trust

# What members get beside GuardDuty's foundation, and what they don't, with the reason. Features that aren't
# named may be turned on by AWS as they appear.
FEATURES = {
    "S3_DATA_EVENTS": "ALL",
    "LAMBDA_NETWORK_LOGS": "ALL",
    "EKS_AUDIT_LOGS": "NONE",  # no clusters
    "EBS_MALWARE_PROTECTION": "NONE",  # no machines
    "RDS_LOGIN_EVENTS": "NONE",  # no relational databases
    "RUNTIME_MONITORING": "NONE",  # no machines and no containers
}


class Organization(pulumi.ComponentResource):
    """GuardDuty and Security Hub in every account, new ones too; one view of Config; access from outside.

    Stages set `member` for these services and make none of it themselves.
    """

    def __init__(self, name: str, stage: Stage, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:security:Organization", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        self._guard_duty()
        self._security_hub()
        self._config(stage)
        # Who outside the organization can reach something in it.
        aws.accessanalyzer.Analyzer(
            "organization",
            analyzer_name=stage.physical("external-access"),
            type="ORGANIZATION",
            opts=self._child,
        )
        self.register_outputs({})

    def _guard_duty(self) -> None:
        # Naming this account the administrator has made its detector; a second one is refused.
        detector = aws.guardduty.get_detector_output(opts=pulumi.InvokeOutputOptions(parent=self)).id
        aws.guardduty.OrganizationConfiguration(
            "organization",
            detector_id=detector,
            auto_enable_organization_members="ALL",
            opts=self._child,
        )
        for feature, members in FEATURES.items():
            aws.guardduty.OrganizationConfigurationFeature(
                feature, detector_id=detector, name=feature, auto_enable=members, opts=self._child
            )

    def _security_hub(self) -> None:
        # Standards are the stages' own: which ones, and from when on, they say in their settings.
        aws.securityhub.OrganizationConfiguration(
            "organization", auto_enable=True, auto_enable_standards="NONE", opts=self._child
        )

    def _config(self, stage: Stage) -> None:
        role = aws.iam.Role(
            "config",
            name=stage.physical("config"),
            description="How AWS Config finds the organization's accounts",
            assume_role_policy=document([trust("config", stage.account_id)]),
            opts=self._child,
        )
        finding = aws.iam.RolePolicyAttachment(
            "config",
            role=role.name,
            policy_arn="arn:aws:iam::aws:policy/service-role/AWSConfigRoleForOrganizations",
            opts=self._child,
        )
        aws.cfg.ConfigurationAggregator(
            "organization",
            name=stage.physical("organization"),
            organization_aggregation_source=aws.cfg.ConfigurationAggregatorOrganizationAggregationSourceArgs(
                role_arn=role.arn, all_regions=True
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[finding]),
        )
