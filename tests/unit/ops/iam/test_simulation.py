"""Asking IAM's policy simulator: what it is asked, and what is made of its answers."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from onboarding import Stage
from ops.commands.iam import present
from ops.iam.evaluation import Context
from ops.iam.real_arns import RealArns
from ops.iam.simulation import ACTIONS_AT_ONCE, Case, Verdict, simulate
from ops.terminal import results

ROLE = "arn:aws:iam::111111111111:role/tollgate-dev-audits"
KEY = "arn:aws:kms:eu-west-1:111111111111:key/6b3f6f0e-0000-0000-0000-000000000000"
TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/tollgate-dev-audits"


def case(action: str, arn: str = TABLE, *, allowed: bool = True, context: Context | None = None) -> Case:
    return Case("audits", action, "any", arn, allowed, context or {})


def question(arn: str, *actions: str, context: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "PolicySourceArn": ROLE,
        "ActionNames": list(actions),
        "ResourceArns": [arn],
        "ContextEntries": context or [],
    }


def answer(**decisions: str) -> dict[str, Any]:
    evaluated = [
        {"EvalActionName": action.replace("_", ":"), "EvalResourceName": "any", "EvalDecision": decision}
        for action, decision in decisions.items()
    ]
    return {"EvaluationResults": evaluated, "IsTruncated": False}


def verdicts(asked: list[Case], *exchanges: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, bool]:
    iam = boto3.client(
        "iam", region_name="eu-west-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )
    with Stubber(iam) as stub:
        for asking, told in exchanges:
            stub.add_response("simulate_principal_policy", told, asking)
        found = {each.case.action: each.right for each in simulate(iam, {"audits": ROLE}, asked)}
        stub.assert_no_pending_responses()
    return found


def test_an_allowed_call_must_be_allowed_and_a_refused_one_refused() -> None:
    asked = [case("dynamodb:GetItem"), case("dynamodb:Scan", allowed=False), case("dynamodb:PutItem")]
    told = answer(dynamodb_GetItem="allowed", dynamodb_Scan="allowed", dynamodb_PutItem="implicitDeny")
    asking = question(TABLE, "dynamodb:GetItem", "dynamodb:Scan", "dynamodb:PutItem")
    assert verdicts(asked, (asking, told)) == {
        "dynamodb:GetItem": True,
        "dynamodb:Scan": False,
        "dynamodb:PutItem": False,
    }


def test_each_resource_and_each_context_is_a_request_of_its_own() -> None:
    through = {"kms:ViaService": "dynamodb.eu-west-1.amazonaws.com"}
    more = {"kms:EncryptionContextKeys": ["merchant", "purpose"]}
    asked = [
        case("kms:Decrypt", KEY, context=through),
        case("kms:Encrypt", KEY, allowed=False, context=more),
        case("dynamodb:GetItem"),
    ]
    keys = {
        "ContextKeyName": "kms:EncryptionContextKeys",
        "ContextKeyType": "stringList",
        "ContextKeyValues": ["merchant", "purpose"],
    }
    via = {
        "ContextKeyName": "kms:ViaService",
        "ContextKeyType": "string",
        "ContextKeyValues": ["dynamodb.eu-west-1.amazonaws.com"],
    }
    assert all(
        verdicts(
            asked,
            (question(TABLE, "dynamodb:GetItem"), answer(dynamodb_GetItem="allowed")),
            (question(KEY, "kms:Encrypt", context=[keys]), answer(kms_Encrypt="explicitDeny")),
            (question(KEY, "kms:Decrypt", context=[via]), answer(kms_Decrypt="allowed")),
        ).values()
    )


def test_many_actions_are_asked_for_in_parts_and_long_answers_are_read_to_their_end() -> None:
    actions = [f"dynamodb:Operation{number:02}" for number in range(ACTIONS_AT_ONCE + 1)]
    first, last = actions[:-1], actions[-1]
    told = [answer(**{action.replace(":", "_"): "allowed"}) for action in first]
    halves = [
        {"EvaluationResults": [each["EvaluationResults"][0] for each in part], "IsTruncated": False}
        for part in (told[:10], told[10:])
    ]
    halves[0] |= {"IsTruncated": True, "Marker": "more"}
    found = verdicts(
        [case(action) for action in actions],
        (question(TABLE, *first), halves[0]),
        ({**question(TABLE, *first), "Marker": "more"}, halves[1]),
        (question(TABLE, last), answer(**{last.replace(":", "_"): "allowed"})),
    )
    assert len(found) == len(actions)
    assert all(found.values())


def test_calls_on_which_iam_decides_otherwise_are_named() -> None:
    wrong = Verdict(case("dynamodb:Scan", allowed=False), "allowed")
    with results.capture() as captured:
        present([Verdict(case("dynamodb:GetItem"), "allowed"), wrong])
    told = captured.get()
    assert f"audits: dynamodb:Scan on {TABLE}: should be refused, IAM says allowed" in told
    assert "GetItem" not in told


def test_the_account_tells_what_aws_chose_itself(stage: Stage) -> None:
    arns = RealArns(stage)
    key = stage.kms.describe_key(KeyId="alias/tollgate-local-wrapping")["KeyMetadata"]["Arn"]
    assert arns.of("key/wrapping", KEY) == key
    secret = stage.secretsmanager.describe_secret(SecretId="tollgate-local-card-keys")["ARN"]
    assert arns.of("secret/card-keys", "made up") == secret
    stage.dynamodb.update_table(
        TableName="tollgate-local-payments",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    assert "/stream/" in arns.of("table/payments/stream", "made up")
    assert arns.of("table/payments/index/due", TABLE) == TABLE
    assert arns.of("log-group/audits/*", "arn:group:*") == "arn:group:log-stream:any"


@pytest.mark.usefixtures("stage")
def test_the_laptop_has_no_simulator(tollgate: Any) -> None:
    refused = tollgate("iam", "simulate", "--stack", "local")
    assert refused.exit_code == 1
    assert "tollgate iam simulate --stack dev" in refused.output
