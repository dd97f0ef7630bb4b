"""Whether an account's quotas are compared with the stack's needs, and what is said of those too small."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from engine import Graph, Node
from ops.commands.preflight import present
from ops.preflight import Finding, Need, Quota, compare, increase, needs, quotas
from ops.preflight.account import AwsAccount
from ops.preflight.stack import stack_needs
from ops.terminal import results
from tests.stacks import PROJECT
from tests.unit.ops.conftest import Tollgate

REGION = "eu-west-1"
CONCURRENCY = Need(quotas.LAMBDA_CONCURRENCY, 3000, "capacity.concurrency.account")
BURST = Need(quotas.API_BURST, 5000, "throttle.burst")


@dataclass(frozen=True)
class FakeAccount:
    """Grants what it is told to, and tells nothing of the rest."""

    grants: Mapping[Quota, float] = field(default_factory=dict)

    def granted(self, quota: Quota) -> float | None:
        return self.grants.get(quota)


def told(*findings: Finding) -> str:
    with results.capture() as captured:
        results.width = 200
        present(findings, REGION)
    return captured.get()


# --- what a stack needs


@pytest.fixture(scope="module")
def production() -> Mapping[Quota, Need]:
    return {need.quota: need for need in stack_needs("prod", PROJECT)}


def test_production_needs_what_its_settings_say(production: Mapping[Quota, Need]) -> None:
    needed = {quota: need.at_least for quota, need in production.items()}
    assert needed[quotas.LAMBDA_CONCURRENCY] == 3000
    assert needed[quotas.API_RATE] == 5000
    assert needed[quotas.API_BURST] == 5000
    assert needed[quotas.KMS_SYMMETRIC] == 5000
    assert needed[quotas.KMS_ELLIPTIC] == 500
    assert needed[quotas.TABLE_READS] == 20_000
    assert needed[quotas.TABLE_WRITES] == 20_000


def test_a_need_names_the_setting_that_it_follows_from(production: Mapping[Quota, Need]) -> None:
    assert production[quotas.LAMBDA_CONCURRENCY].reason == "capacity.concurrency.account"
    assert production[quotas.TABLE_READS].reason == "capacity.tables.payments.maximum.reads"


def test_ways_out_and_doors_to_services_are_counted_in_the_graph() -> None:
    from engine import configuration  # noqa: PLC0415
    from infra.settings import read_settings  # noqa: PLC0415

    values = configuration.load(PROJECT, "dev", {"tollgate:package": "Pulumi.yaml"}).values
    own = {key[9:]: value for key, value in values.items() if key.startswith("tollgate:")}
    inputs = [{"vpcEndpointType": "Interface"}] * 3 + [{"vpcEndpointType": "Gateway"}]
    kinds = [("vpcEndpoint:VpcEndpoint", each) for each in inputs] + [("eip:Eip", {})] * 2
    nodes = {
        str(number): Node(str(number), f"aws:ec2/{kind}", str(number), True, "", "", dict(given))
        for number, (kind, given) in enumerate(kinds)
    }
    graph = Graph("tollgate", "dev", preview=False, nodes=nodes)
    needed = {need.quota: need.at_least for need in needs(read_settings("dev", own, PROJECT), graph)}
    assert (needed[quotas.ENDPOINTS], needed[quotas.ADDRESSES]) == (3, 2)


# --- what an account grants


@pytest.mark.parametrize(("granted", "short"), [(2999, True), (3000, False), (None, False)])
def test_an_account_is_short_of_what_it_grants_less_of(granted: float | None, short: bool) -> None:
    (finding,) = compare([CONCURRENCY], FakeAccount({quotas.LAMBDA_CONCURRENCY: granted} if granted else {}))
    assert finding == Finding(CONCURRENCY, granted)
    assert finding.short is short


class Stubbed(boto3.Session):
    """A session whose clients answer as arranged, checked against AWS's own models."""

    def __init__(self) -> None:
        super().__init__(aws_access_key_id="testing", aws_secret_access_key="testing", region_name=REGION)
        self._clients: dict[str, BaseClient] = {}

    def client(self, service_name: Any, *_: Any, **__: Any) -> Any:
        if service_name not in self._clients:
            self._clients[service_name] = super().client(service_name)
        return self._clients[service_name]

    def arrange(self, service: str, script: Callable[[Stubber], None]) -> None:
        stubber = Stubber(self.client(service))
        script(stubber)
        stubber.activate()


def asked(quota: Quota) -> dict[str, str]:
    return {"ServiceCode": quota.service, "QuotaCode": quota.code}


def test_lambda_itself_tells_the_concurrency_of_a_new_account() -> None:
    session = Stubbed()
    answer = {"AccountLimit": {"ConcurrentExecutions": 10, "UnreservedConcurrentExecutions": 10}}
    session.arrange("lambda", lambda stub: stub.add_response("get_account_settings", answer))
    assert AwsAccount(session).granted(quotas.LAMBDA_CONCURRENCY) == 10


def test_the_gateway_itself_tells_the_throttle_of_its_region_and_is_asked_once() -> None:
    session = Stubbed()
    answer = {"throttleSettings": {"rateLimit": 2500.0, "burstLimit": 1250}}
    session.arrange("apigateway", lambda stub: stub.add_response("get_account", answer))
    account = AwsAccount(session)
    assert (account.granted(quotas.API_RATE), account.granted(quotas.API_BURST)) == (2500, 1250)


def test_a_quota_that_was_never_raised_has_its_default() -> None:
    session, quota = Stubbed(), quotas.KMS_ELLIPTIC

    def script(stub: Stubber) -> None:
        stub.add_client_error("get_service_quota", "NoSuchResourceException", expected_params=asked(quota))
        stub.add_response("get_aws_default_service_quota", {"Quota": {"Value": 1000.0}}, asked(quota))

    session.arrange("service-quotas", script)
    assert AwsAccount(session).granted(quota) == 1000


def test_a_quota_that_aws_does_not_know_in_the_region_is_not_told() -> None:
    session = Stubbed()

    def script(stub: Stubber) -> None:
        for operation in ("get_service_quota", "get_aws_default_service_quota"):
            stub.add_client_error(operation, "NoSuchResourceException")

    session.arrange("service-quotas", script)
    assert AwsAccount(session).granted(quotas.KMS_ELLIPTIC) is None


def test_a_quota_that_may_not_be_read_is_an_error() -> None:
    session = Stubbed()
    session.arrange("service-quotas", lambda stub: stub.add_client_error("get_service_quota", "AccessDenied"))
    with pytest.raises(ClientError, match="AccessDenied"):
        AwsAccount(session).granted(quotas.TABLE_READS)


def test_the_vpcs_quota_is_known_by_its_code(aws: None) -> None:
    session = boto3.Session(region_name=REGION)
    listed = session.client("service-quotas").list_aws_default_service_quotas(ServiceCode="vpc")["Quotas"]
    names = {each["QuotaCode"]: each["QuotaName"] for each in listed}
    assert names[quotas.ENDPOINTS.code] == quotas.ENDPOINTS.name
    assert AwsAccount(session).granted(quotas.ENDPOINTS) == 50


# --- what is said


def test_an_increase_is_a_command_to_paste() -> None:
    command = shlex.split(increase(CONCURRENCY, REGION))
    assert command[:3] == ["aws", "service-quotas", "request-service-quota-increase"]
    assert dict(zip(command[3::2], command[4::2], strict=True)) == {
        "--region": REGION,
        "--service-code": "lambda",
        "--quota-code": "L-B99A9384",
        "--desired-value": "3000",
    }


def test_what_aws_does_not_raise_is_a_setting_to_lower() -> None:
    assert (
        increase(BURST, REGION) == "# apigateway, Throttle burst: AWS doesn't raise it. Lower throttle.burst."
    )


def test_a_quota_that_is_too_small_is_told_with_its_command() -> None:
    text = told(Finding(CONCURRENCY, 1000), Finding(BURST, 5000))
    lines = [line.split() for line in text.splitlines() if line.strip()]
    assert ["raise", "lambda", "Concurrent", "executions", "3,000", "1,000", CONCURRENCY.reason] in lines
    assert ["ok", "apigateway", "Throttle", "burst", "5,000", "5,000", "throttle.burst"] in lines
    assert "1 too small" in text
    assert increase(CONCURRENCY, REGION) in text
    assert "apigateway --quota-code" not in text


def test_an_account_that_grants_enough_needs_nothing() -> None:
    text = told(Finding(CONCURRENCY, 3000), Finding(BURST, None))
    assert "not told" in text
    assert text.endswith("The account grants what the stack counts on.\n")


def test_the_laptop_has_no_quotas(tollgate: Tollgate) -> None:
    result = tollgate("preflight", "--stack", "local")
    assert result.exit_code == 1
    assert "no quotas" in result.stderr
