"""What only administrators make: bootstrap/ in every account, security/ and its delegation in two."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls

LINKED_ROLE = "arn:aws:iam::{account}:role/aws-service-role/{awsServiceName:*}/*"


def _set_once(service: str, put: str, read: str, delete: str = "") -> tuple[Calls, ...]:
    """A setting of the whole account or organization."""
    return (Calls(service, ANY, create=put, read=read, update=put, delete=delete),)


ADMINISTRATION: Mapping[str, Sequence[Calls]] = {
    "aws:account/alternativeContact:AlternativeContact": _set_once(
        "account", "PutAlternateContact", "GetAlternateContact", "DeleteAlternateContact"
    ),
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": _set_once(
        "s3", "PutAccountPublicAccessBlock", "GetAccountPublicAccessBlock", "PutAccountPublicAccessBlock"
    ),
    "aws:ebs/encryptionByDefault:EncryptionByDefault": _set_once(
        "ec2", "EnableEbsEncryptionByDefault", "GetEbsEncryptionByDefault", "DisableEbsEncryptionByDefault"
    ),
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": _set_once(
        "ec2",
        "EnableSnapshotBlockPublicAccess",
        "GetSnapshotBlockPublicAccessState",
        "DisableSnapshotBlockPublicAccess",
    ),
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": _set_once(
        "iam", "UpdateAccountPasswordPolicy", "GetAccountPasswordPolicy", "DeleteAccountPasswordPolicy"
    ),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (
        Calls(
            "iam",
            "arn:aws:iam::{account}:oidc-provider/*",
            create="CreateOpenIDConnectProvider TagOpenIDConnectProvider",
            read="GetOpenIDConnectProvider",
            update="AddClientIDToOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider"
            " TagOpenIDConnectProvider UntagOpenIDConnectProvider"
            " UpdateOpenIDConnectProviderThumbprint",
            delete="DeleteOpenIDConnectProvider",
        ),
    ),
    "aws:iam/policy:Policy": (
        Calls(
            "iam",
            "arn:aws:iam::{account}:policy/{name:tollgate-*}",
            create="CreatePolicy TagPolicy",
            read="GetPolicy GetPolicyVersion",
            update="CreatePolicyVersion DeletePolicyVersion ListPolicyVersions TagPolicy UntagPolicy",
            delete="DeletePolicy ListPolicyVersions",
        ),
    ),
    "aws:iam/serviceLinkedRole:ServiceLinkedRole": (
        Calls(
            "iam",
            LINKED_ROLE,
            create="CreateServiceLinkedRole TagRole",
            read="GetRole",
            update="TagRole UntagRole UpdateRoleDescription",
            delete="DeleteServiceLinkedRole GetServiceLinkedRoleDeletionStatus",
        ),
    ),
    "aws:cfg/configurationAggregator:ConfigurationAggregator": (
        Calls(
            "config",
            "config-aggregator/*",
            create="PutConfigurationAggregator TagResource",
            read="DescribeConfigurationAggregators ListTagsForResource",
            update="PutConfigurationAggregator TagResource UntagResource",
            delete="DeleteConfigurationAggregator",
        ),
    ),
    "aws:guardduty/organizationConfiguration:OrganizationConfiguration": _set_once(
        "guardduty", "UpdateOrganizationConfiguration", "DescribeOrganizationConfiguration"
    ),
    "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature": _set_once(
        "guardduty", "UpdateOrganizationConfiguration", "DescribeOrganizationConfiguration"
    ),
    "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount": _set_once(
        "guardduty",
        "EnableOrganizationAdminAccount",
        "ListOrganizationAdminAccounts",
        "DisableOrganizationAdminAccount",
    ),
    "aws:securityhub/organizationConfiguration:OrganizationConfiguration": _set_once(
        "securityhub", "UpdateOrganizationConfiguration", "DescribeOrganizationConfiguration"
    ),
    "aws:securityhub/organizationAdminAccount:OrganizationAdminAccount": _set_once(
        "securityhub",
        "EnableOrganizationAdminAccount",
        "ListOrganizationAdminAccounts",
        "DisableOrganizationAdminAccount",
    ),
    "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount": _set_once(
        "cloudtrail",
        "RegisterOrganizationDelegatedAdmin",
        "ListDelegatedAdministrators",
        "DeregisterOrganizationDelegatedAdmin",
    ),
    "aws:organizations/awsServiceAccess:AwsServiceAccess": _set_once(
        "organizations",
        "EnableAWSServiceAccess",
        "ListAWSServiceAccessForOrganization",
        "DisableAWSServiceAccess",
    ),
    "aws:organizations/delegatedAdministrator:DelegatedAdministrator": _set_once(
        "organizations",
        "RegisterDelegatedAdministrator",
        "ListDelegatedAdministrators",
        "DeregisterDelegatedAdministrator",
    ),
}
