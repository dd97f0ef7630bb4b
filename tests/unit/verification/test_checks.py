"""Whether each check passes on an account that is as declared, and fails on one that isn't."""

import json
from dataclasses import replace
from datetime import timedelta
from pkgutil import iter_modules

import pytest

from engine import Graph
from ops import verification
from ops.verification import CHECKS, Account, Check, Outcome, verify
from ops.verification.check import judge
from ops.verification.documents import same
from ops.verification.rights import document, right
from ops.verification.run import TOPICS
from tests.infra.iam import findings
from tests.unit.verification.cloud import Cloud
from tests.unit.verification.differences import DIFFERENCES, Difference

BY_NAME = {f"{check.topic}: {check.name}": check for check in CHECKS}
EVERY_CHECK = pytest.mark.parametrize("check", CHECKS, ids=BY_NAME)


@EVERY_CHECK
def test_an_account_that_is_as_declared_passes(check: Check, account: Account, cloud: Cloud) -> None:
    verdict = judge(check, account)
    assert verdict.outcome is Outcome.PASS, verdict.evidence
    assert "as declared" in verdict.evidence
    assert set(cloud.calls) == set(check.calls), "the calls that it names are those that it makes"


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda each: f"{each.check}, {each.says}")
def test_what_differs_is_found_and_said(difference: Difference, account: Account, cloud: Cloud) -> None:
    difference.make(cloud)
    verdict = judge(BY_NAME[difference.check], account)
    assert verdict.outcome is Outcome.FAIL, verdict.evidence
    assert difference.says in verdict.evidence
    assert "\n" not in verdict.evidence


def test_every_check_is_shown_to_fail() -> None:
    assert {difference.check for difference in DIFFERENCES} == BY_NAME.keys()


@EVERY_CHECK
def test_a_call_that_is_denied_is_unknown_and_names_the_right(
    check: Check, account: Account, cloud: Cloud
) -> None:
    for call in check.calls:
        cloud.refusals = {call: "AccessDeniedException"}
        verdict = judge(check, replace(account, _answers={}))
        assert verdict.outcome is Outcome.UNKNOWN
        assert f"needs the right {right(call)}" in verdict.evidence


@EVERY_CHECK
def test_what_is_not_there_fails(check: Check, account: Account, cloud: Cloud) -> None:
    cloud.refusals = dict.fromkeys(check.calls, "ResourceNotFoundException")
    verdict = judge(check, account)
    assert verdict.outcome is Outcome.FAIL
    assert "isn't there" in verdict.evidence


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalFailure", "ExpiredToken"])
def test_an_answer_that_tells_nothing_is_unknown(code: str, account: Account, cloud: Cloud) -> None:
    cloud.refusals = {"iam:GetRole": code}
    verdict = judge(BY_NAME["identity: roles"], account)
    assert verdict.outcome is Outcome.UNKNOWN
    assert code in verdict.evidence


def test_an_answer_that_lacks_something_is_unknown(account: Account, cloud: Cloud) -> None:
    cloud.answers["lambda:GetFunctionConfiguration"] = lambda _: {"State": "Active"}
    verdict = judge(BY_NAME["compute: functions"], account)
    assert verdict.outcome is Outcome.UNKNOWN
    assert "lacks 'LastUpdateStatus'" in verdict.evidence


@pytest.mark.parametrize(
    ("check", "call", "answer", "reason"),
    [
        ("edge: access log", "logs:FilterLogEvents", {"events": []}, "nobody has asked the API"),
        ("edge: stage", "apigateway:GetRestApis", {"items": []}, "0 APIs are called tollgate-prod-api"),
        ("detection: features", "guardduty:ListDetectors", {"DetectorIds": []}, "no detector"),
        ("detection: trail", "cloudtrail:GetTrailStatus", {"IsLogging": True}, "nothing has been delivered"),
        ("archive: exports", "dynamodb:ListExports", {"ExportSummaries": []}, "nothing has been exported"),
        (
            "detection: delivery",
            "config:DescribeDeliveryChannelStatus",
            {"DeliveryChannelsStatus": [{"name": "recorder"}]},
            "nothing has been delivered",
        ),
    ],
)
def test_what_cannot_be_told_yet_is_unknown(
    check: str, call: str, answer: dict[str, object], reason: str, account: Account, cloud: Cloud
) -> None:
    cloud.answers[call] = lambda _: answer
    verdict = judge(BY_NAME[check], account)
    assert verdict.outcome is Outcome.UNKNOWN
    assert reason in verdict.evidence


def test_one_thing_that_is_wrong_fails_whatever_else_is_unknown(account: Account, cloud: Cloud) -> None:
    right_answer = cloud.answers["lambda:GetFunctionConfiguration"]
    cloud.answers["lambda:GetFunctionConfiguration"] = lambda asked: (
        {} if asked["FunctionName"].endswith("payments") else {**right_answer(asked), "State": "Failed"}
    )
    verdict = judge(BY_NAME["compute: functions"], account)
    assert verdict.outcome is Outcome.FAIL
    assert "payments: AWS's answer lacks 'State'" in verdict.evidence


def test_what_was_found_before_something_is_unclear_still_fails(account: Account, cloud: Cloud) -> None:
    cloud.answers["cloudtrail:GetTrailStatus"] = lambda _: {"IsLogging": False}
    verdict = judge(BY_NAME["detection: trail"], account)
    assert verdict.outcome is Outcome.FAIL
    assert "logging is False" in verdict.evidence
    assert "nothing has been delivered yet" in verdict.evidence


def test_what_a_stack_does_not_declare_is_absent(account: Account) -> None:
    empty = replace(account, graph=Graph("tollgate", "prod", preview=False))
    assert judge(BY_NAME["network: egress firewall"], empty).outcome is Outcome.ABSENT


def test_a_copy_in_another_region_is_looked_for_there(account: Account, prod: Graph) -> None:
    (copies,) = (node for node in prod.of_type("aws:backup/vault:Vault") if "region" in node.inputs)
    assert account.near(copies).region == "eu-central-1"
    assert account.region == "eu-west-1"


def test_fresh_data_is_missed_after_a_day_only(account: Account, cloud: Cloud) -> None:
    alarms = cloud.answers["cloudwatch:DescribeAlarms"]
    lately = {"StateValue": "INSUFFICIENT_DATA", "StateUpdatedTimestamp": account.now - timedelta(hours=23)}
    cloud.answers["cloudwatch:DescribeAlarms"] = lambda asked: {
        member: [{**alarm, **lately} for alarm in listed] for member, listed in alarms(asked).items()
    }
    assert judge(BY_NAME["observability: alarms"], account).outcome is Outcome.PASS


# --- all together


def test_all_checks_are_asked_and_told_of(account: Account) -> None:
    told: list[str] = []
    verdicts = verify(account, lambda verdict: told.append(verdict.check.name))
    assert [verdict.check for verdict in verdicts] == list(CHECKS)
    assert sorted(told) == sorted(check.name for check in CHECKS)
    assert {verdict.outcome for verdict in verdicts} == {Outcome.PASS}


def test_nothing_is_asked_twice_of_what_lists_everything(account: Account, cloud: Cloud) -> None:
    judge(BY_NAME["observability: alarms"], account)
    assert cloud.calls == ["cloudwatch:DescribeAlarms"]


def test_no_check_is_forgotten() -> None:
    declared = {check for topic in TOPICS for check in vars(topic).values() if isinstance(check, Check)}
    assert declared == set(CHECKS)
    assert len(BY_NAME) == len(CHECKS)
    modules = {module.name for module in iter_modules(verification.__path__)}
    assert {check.topic for check in CHECKS} <= modules


# --- the rights


def test_checking_takes_rights_to_look_only() -> None:
    actions = json.loads(document(call for check in CHECKS for call in check.calls))["Statement"][0]["Action"]
    verbs = {action.partition(":")[2] for action in actions}
    assert all(verb.startswith(("Get", "List", "Describe", "View", "Filter", "GET")) for verb in verbs)
    for content in ("s3:GetObject", "dynamodb:GetItem", "secretsmanager:GetSecretValue", "kms:Decrypt"):
        assert content not in actions


def test_the_rights_exist() -> None:
    (statement,) = json.loads(document(call for check in CHECKS for call in check.calls))["Statement"]
    # What lists and describes takes any resource: parliament has nothing else against it.
    assert findings(statement) <= {"RESOURCE_STAR"}


# --- documents


def test_documents_are_the_same_in_another_order_and_without_lists_of_one() -> None:
    one = '{"Statement": [{"Action": ["b", "a"], "Resource": "x"}]}'
    assert same(one, {"Statement": {"Action": ["a", "b"], "Resource": ["x"]}})
    assert not same(one, {"Statement": {"Action": ["a"], "Resource": ["x"]}})
