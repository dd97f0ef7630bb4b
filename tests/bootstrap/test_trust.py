"""Who may take the account's roles."""

import json

import pytest

from local.engine import Graph
from ops.iam.evaluation import allowed
from tests.infra.graphs import ROLE

GITHUB = "token.actions.githubusercontent.com"
REPOSITORY = "example/tollgate"


def trust(graph: Graph, role: str) -> list[dict[str, object]]:
    return json.loads(graph.one(ROLE, role).inputs["assumeRolePolicy"])["Statement"]


def may_take(
    graph: Graph, role: str, subject: str | None, audience: str | None = "sts.amazonaws.com"
) -> bool:
    claims = {f"{GITHUB}:sub": subject, f"{GITHUB}:aud": audience}
    statements = [{**statement, "Resource": "*"} for statement in trust(graph, role)]
    given = {key: value for key, value in claims.items() if value is not None}
    return allowed(statements, "sts:AssumeRoleWithWebIdentity", "role", given)


def test_a_job_in_the_stages_own_environment_deploys(account: Graph) -> None:
    assert may_take(account, "tollgate-deploy", f"repo:{REPOSITORY}:environment:{account.stack}")


@pytest.mark.parametrize(
    "subject",
    [
        "repo:{repository}:environment:{other}",
        "repo:{repository}:pull_request",
        "repo:{repository}:ref:refs/heads/main",
        "repo:{repository}:environment:{stage}x",
        "repo:somebody/tollgate:environment:{stage}",
        "repo:example/tollgate2:environment:{stage}",
        "repo:example/other:environment:{stage}",
        "repo:{repository}:*",
        None,
    ],
)
def test_no_other_job_deploys(account: Graph, subject: str | None) -> None:
    other = "dev" if account.stack == "prod" else "prod"
    written = subject and subject.format(repository=REPOSITORY, stage=account.stack, other=other)
    assert not may_take(account, "tollgate-deploy", written)


@pytest.mark.parametrize("subject", ["pull_request", "ref:refs/heads/main"])
def test_pull_requests_and_the_main_branch_preview(account: Graph, subject: str) -> None:
    assert may_take(account, "tollgate-preview", f"repo:{REPOSITORY}:{subject}")


@pytest.mark.parametrize(
    "subject",
    [
        "repo:somebody/tollgate:pull_request",
        "repo:example/tollgate:ref:refs/heads/other",
        "repo:example/tollgate:ref:refs/tags/v1",
        "repo:example/tollgate:environment:dev",
    ],
)
def test_no_other_job_previews(account: Graph, subject: str) -> None:
    assert not may_take(account, "tollgate-preview", subject)


@pytest.mark.parametrize("audience", ["https://github.com/example", None])
@pytest.mark.parametrize("role", ["tollgate-deploy", "tollgate-preview"])
def test_a_token_for_somebody_else_takes_no_role(account: Graph, role: str, audience: str | None) -> None:
    subjects = [f"repo:{REPOSITORY}:environment:{account.stack}", f"repo:{REPOSITORY}:pull_request"]
    assert not any(may_take(account, role, subject, audience) for subject in subjects)


@pytest.mark.parametrize("role", ["tollgate-deploy", "tollgate-preview"])
def test_a_workflows_role_compares_whole_claims_with_the_accounts_own_provider(
    account: Graph, role: str
) -> None:
    (statement,) = trust(account, role)
    (provider,) = account.of_type("aws:iam/openIdConnectProvider:OpenIdConnectProvider")
    assert statement["Principal"] == {"Federated": provider.outputs["arn"]}
    condition = statement["Condition"]
    assert isinstance(condition, dict)
    assert condition.keys() == {"StringEquals"}
    assert condition["StringEquals"].keys() == {f"{GITHUB}:aud", f"{GITHUB}:sub"}
    assert "*" not in json.dumps(statement)


def test_people_operate_with_the_named_roles_of_the_account_only(account: Graph) -> None:
    (statement,) = trust(account, "tollgate-operator")
    principal = statement["Principal"]
    assert isinstance(principal, dict)
    assert principal.keys() == {"AWS"}
    assert len(principal["AWS"]) == 1
    for role in principal["AWS"]:
        assert role.startswith(f"arn:aws:iam::{account.exports['account_id']}:role/")
        assert "*" not in role


def test_sessions_are_short(account: Graph) -> None:
    hours = {node.name: node.inputs["maxSessionDuration"] / 3600 for node in account.of_type(ROLE)}
    assert hours == {"tollgate-deploy": 2, "tollgate-preview": 1, "tollgate-operator": 1}
