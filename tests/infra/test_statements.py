import json

import pytest

from infra import key_policy, statements
from infra.stage import Stage
from tests.infra.iam import USING_A_KEY, findings

STAGE = Stage("dev", "222222222222", "eu-west-1")
TABLE = STAGE.arn("dynamodb", "table/tollgate-dev-payments")
STREAM = f"{TABLE}/stream/label"
KEY = STAGE.arn("kms", "key/1f1dbb5e-7f56-4b3c-9d4b-0c8ab6a3a7b1")
SECRET = STAGE.arn("secretsmanager", "secret:tollgate-dev-card-keys-AbCdEf")
LOGS = STAGE.arn("logs", "log-group:/aws/lambda/tollgate-dev-payments")
QUEUE = STAGE.arn("sqs", "tollgate-dev-operations.fifo")
ROLE = "arn:aws:iam::222222222222:role/tollgate-dev-payments"
OPERATOR = "arn:aws:iam::222222222222:role/tollgate-deploy"

IDENTITY_STATEMENTS = {
    "use_table": statements.use_table(
        TABLE, "GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem"
    ),
    "query_index": statements.query_index(TABLE, "listing"),
    "scan_table": statements.scan_table(TABLE),
    "send_messages": statements.send_messages(QUEUE),
    "receive_messages": statements.receive_messages(QUEUE),
    "read_secret": statements.read_secret(SECRET),
    "use_key": statements.use_key(KEY, "GetPublicKey", "Sign", "GenerateMac"),
    "decrypt_through": statements.decrypt_through(KEY, STAGE, "dynamodb"),
    "encrypt_through": statements.encrypt_through(KEY, STAGE, "sqs"),
    "unwrap_merchant_key": statements.unwrap_merchant_key(KEY),
    "write_log": statements.write_log(LOGS),
    "deliver_logs": statements.deliver_logs(STAGE, LOGS),
    "refuse_plain_text": statements.refuse_plain_text(QUEUE, "SendMessage", "ReceiveMessage"),
}
KEY_STATEMENTS = {
    "administer": key_policy.administer(STAGE),
    "read_through": key_policy.read_through(STAGE, "dynamodb", [ROLE]),
    "write_through": key_policy.write_through(STAGE, "dynamodb", [ROLE]),
    "provision_through": key_policy.provision_through(STAGE, "dynamodb", [OPERATOR]),
    "delegate_to": key_policy.delegate_to(STAGE, "dynamodb", [OPERATOR]),
    "encrypt_logs": key_policy.encrypt_logs(STAGE, ["/aws/lambda/tollgate-dev-payments"]),
    "use_for_buckets": key_policy.use_for_buckets("Storing", STAGE, ["archive"], [ROLE], ["Decrypt"]),
    "back_up_through": key_policy.back_up_through(STAGE, "dynamodb", [ROLE]),
    "keep_backups": key_policy.keep_backups(STAGE, [ROLE]),
    "delegate_backups": key_policy.delegate_backups(STAGE, [ROLE]),
    "deliver_trail": key_policy.deliver_trail(STAGE.arn("cloudtrail", "trail/tollgate-dev-trail")),
    "deliver_configuration": key_policy.deliver_configuration(STAGE),
    "unwrap_merchant_keys": key_policy.unwrap_merchant_keys([ROLE]),
    "wrap_merchant_keys": key_policy.wrap_merchant_keys([OPERATOR]),
    "use_directly": key_policy.use_directly([ROLE], "GenerateMac"),
}


@pytest.mark.parametrize("name", IDENTITY_STATEMENTS)
def test_a_statement_names_existing_actions_on_fitting_resources_and_conditions(name: str) -> None:
    assert findings(IDENTITY_STATEMENTS[name]) == set()


@pytest.mark.parametrize("name", KEY_STATEMENTS)
def test_a_key_statement_names_existing_actions_and_conditions(name: str) -> None:
    # On a key `*` is the key itself. AWS's documentation compares the logs' context with ArnLike.
    assert findings(KEY_STATEMENTS[name]) <= {"RESOURCE_STAR", "MISMATCHED_TYPE"}
    if name != "encrypt_logs":
        assert "MISMATCHED_TYPE" not in findings(KEY_STATEMENTS[name])


def test_reading_a_stream_is_limited_to_it() -> None:
    statement = statements.read_stream(STREAM)
    assert statement["Resource"] == STREAM
    # Lambda asks for ListStreams when it is given a stream; AWS knows no narrower resource for it than `*`.
    without_listing = [action for action in statement["Action"] if action != "dynamodb:ListStreams"]
    assert findings({**statement, "Action": without_listing}) == set()


@pytest.mark.parametrize("name", [*IDENTITY_STATEMENTS, *KEY_STATEMENTS])
def test_no_statement_has_a_wildcard_action(name: str) -> None:
    statement = (IDENTITY_STATEMENTS | KEY_STATEMENTS)[name]
    assert not [action for action in statement["Action"] if "*" in action]


def test_equal_permissions_are_equal_text() -> None:
    one, other = statements.use_table(TABLE, "GetItem", "PutItem"), statements.read_secret(SECRET)
    same = statements.use_table(TABLE, "PutItem", "GetItem")
    assert statements.document([one, other]) == statements.document([other, same])


def test_administrators_can_not_use_a_key() -> None:
    statement = key_policy.administer(STAGE)
    assert statement["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}
    assert not [action for action in statement["Action"] if USING_A_KEY.match(action)]


@pytest.mark.parametrize("name", ["read_through", "write_through", "provision_through", "delegate_to"])
def test_a_data_key_is_used_through_its_service_only(name: str) -> None:
    condition = KEY_STATEMENTS[name]["Condition"]["StringEquals"]
    assert condition["kms:ViaService"] == "dynamodb.eu-west-1.amazonaws.com"
    assert condition["kms:CallerAccount"] == "222222222222"


def test_only_aws_services_are_granted_a_data_key() -> None:
    assert KEY_STATEMENTS["delegate_to"]["Condition"]["Bool"] == {"kms:GrantIsForAWSResource": "true"}


def test_vault_keys_are_wrapped_for_a_merchant_or_not_at_all() -> None:
    condition = KEY_STATEMENTS["wrap_merchant_keys"]["Condition"]
    assert condition["Null"] == {"kms:EncryptionContext:merchant": "false"}
    assert condition["ForAllValues:StringEquals"] == {"kms:EncryptionContextKeys": ["merchant"]}


def test_a_log_key_serves_the_named_groups_of_the_stage() -> None:
    statement = KEY_STATEMENTS["encrypt_logs"]
    assert statement["Principal"] == {"Service": "logs.eu-west-1.amazonaws.com"}
    assert statement["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"] == [LOGS]


def test_a_service_takes_a_role_for_the_stages_account_only() -> None:
    (statement,) = json.loads(statements.document([statements.trust("lambda", "222222222222")]))["Statement"]
    assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "222222222222"}}


def test_a_queue_refuses_plain_text_from_everybody() -> None:
    statement = IDENTITY_STATEMENTS["refuse_plain_text"]
    assert statement["Effect"] == "Deny"
    assert statement["Principal"] == {"AWS": "*"}
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
