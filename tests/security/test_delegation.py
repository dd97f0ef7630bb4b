"""The management account hands on what it has to, and nothing else."""

from functools import cache

import pytest

from engine import Graph, up
from infra.settings.reading import InvalidSettingsError
from security.delegation.settings import read_delegation_settings
from tests.stacks import DELEGATION

SECURITY = "444444444444"
USABLE = {
    "account_id": "555555555555",
    "region": "eu-west-1",
    "security_account_id": SECURITY,
    "tags": '{"owner": "security"}',
}


@cache
def delegated() -> Graph:
    return up(DELEGATION, "management", preview=False)


def test_the_management_account_is_the_only_one_that_delegates() -> None:
    (provider,) = delegated().of_type("pulumi:providers:aws")
    assert provider.inputs["allowedAccountIds"] == '["555555555555"]'
    for node in delegated().nodes.values():
        if node.custom and node is not provider:
            assert node.provider.startswith(f"{provider.urn}::")


def test_every_detection_service_is_handed_to_the_security_account() -> None:
    administrators = {
        node.type.split(":")[1].partition("/")[0]: node.inputs.get("adminAccountId")
        or node.inputs["accountId"]
        for node in delegated().nodes.values()
        if node.type.endswith(("AdminAccount", "DelegatedAdminAccount"))
    }
    assert administrators == {"guardduty": SECURITY, "securityhub": SECURITY, "cloudtrail": SECURITY}
    handed = {
        node.inputs["servicePrincipal"]: node.inputs["accountId"]
        for node in delegated().of_type("aws:organizations/delegatedAdministrator:DelegatedAdministrator")
    }
    assert handed == {"access-analyzer.amazonaws.com": SECURITY, "config.amazonaws.com": SECURITY}


def test_a_service_is_trusted_before_it_is_handed_on() -> None:
    trusted = {
        node.inputs["servicePrincipal"]: node.urn
        for node in delegated().of_type("aws:organizations/awsServiceAccess:AwsServiceAccess")
    }
    for node in delegated().of_type("aws:organizations/delegatedAdministrator:DelegatedAdministrator"):
        assert trusted[node.inputs["servicePrincipal"]] in node.dependencies
    (trail,) = delegated().of_type(
        "aws:cloudtrail/organizationDelegatedAdminAccount:OrganizationDelegatedAdminAccount"
    )
    assert trusted["cloudtrail.amazonaws.com"] in trail.dependencies


def test_the_management_account_isnt_the_security_account() -> None:
    with pytest.raises(InvalidSettingsError, match="must not be the management account"):
        read_delegation_settings("management", USABLE | {"security_account_id": "555555555555"})
