"""What only an organization's management account can do: name the account that watches all others."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

# Services that look into an organization's accounts only after the management account has said so.
TRUSTED = ("access-analyzer.amazonaws.com", "cloudtrail.amazonaws.com", "config.amazonaws.com")
# Of those, the ones that AWS Organizations hands on. CloudTrail has a call of its own for it.
DELEGATED = ("access-analyzer.amazonaws.com", "config.amazonaws.com")


@dataclass(frozen=True)
class DelegationArgs:
    """`security_account_id`: of an account of the organization."""

    security_account_id: str


class Delegation(pulumi.ComponentResource):
    """GuardDuty, Security Hub, Config, Access Analyzer and CloudTrail take orders from the security account.

    Naming the administrator turns GuardDuty and Security Hub on in the security account.
    """

    def __init__(self, name: str, args: DelegationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:security:Delegation", name, None, opts)
        account, child = args.security_account_id, pulumi.ResourceOptions(parent=self)
        aws.guardduty.OrganizationAdminAccount("guardduty", admin_account_id=account, opts=child)
        aws.securityhub.OrganizationAdminAccount("security-hub", admin_account_id=account, opts=child)
        trusted = {
            principal: aws.organizations.AwsServiceAccess(
                principal.partition(".")[0], service_principal=principal, opts=child
            )
            for principal in TRUSTED
        }
        for principal in DELEGATED:
            aws.organizations.DelegatedAdministrator(
                principal.partition(".")[0],
                account_id=account,
                service_principal=principal,
                opts=pulumi.ResourceOptions(parent=self, depends_on=[trusted[principal]]),
            )
        aws.cloudtrail.OrganizationDelegatedAdminAccount(
            "cloudtrail",
            account_id=account,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[trusted["cloudtrail.amazonaws.com"]]),
        )
        self.register_outputs({})
