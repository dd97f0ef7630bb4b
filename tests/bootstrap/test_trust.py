"""Who may take the account's roles."""

import json
from typing import Any

import pytest

from engine import Graph, up
from ops.iam.evaluation import allowed
from tests.infra.graphs import ROLE
from tests.stacks import BOOTSTRAP

GITHUB = "token.actions.githubusercontent.com"
# As GitHub calls it in a token since July 2026: what has these ids, and nothing that only has the name.
REPOSITORY = "example@1234567/tollgate@89012345"


def trust(graph: Graph, role: str) -> list[dict[str, object]]:
    return json.loads(graph.one(ROLE, role).inputs["assumeRolePolicy"])["Statement"]


def changed(**settings: Any) -> Graph:
    """Dev's account with other settings."""
    overrides = {f"tollgate-bootstrap:{key}": json.dumps(value) for key, value in settings.items()}
    return up(BOOTSTRAP, "dev", preview=False, overrides=overrides)


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
        "repo:example/tollgate:environment:{stage}",
        "repo:somebody@7/tollgate@89012345:environment:{stage}",
        "repo:example@1234567/tollgate@7:environment:{stage}",
        "repo:example@1234567/other@89012345:environment:{stage}",
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
        "repo:example/tollgate:pull_request",
        "repo:somebody@7/tollgate@89012345:pull_request",
        "repo:example@1234567/tollgate@89012345:ref:refs/heads/other",
        "repo:example@1234567/tollgate@89012345:ref:refs/tags/v1",
        "repo:example@1234567/tollgate@89012345:environment:dev",
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


@pytest.mark.parametrize("role", ["tollgate-operator", "tollgate-audit"])
def test_people_take_a_role_with_the_named_roles_of_the_account_only(account: Graph, role: str) -> None:
    (statement,) = trust(account, role)
    principal = statement["Principal"]
    assert isinstance(principal, dict)
    assert principal.keys() == {"AWS"}
    assert len(principal["AWS"]) == 1
    for person in principal["AWS"]:
        assert person.startswith(f"arn:aws:iam::{account.exports['account_id']}:role/")
        assert "*" not in person


def test_sessions_are_short(account: Graph) -> None:
    hours = {node.name: node.inputs["maxSessionDuration"] / 3600 for node in account.of_type(ROLE)}
    assert hours == {"tollgate-deploy": 2, "tollgate-preview": 1, "tollgate-operator": 1, "tollgate-audit": 1}


def test_a_repository_that_is_older_than_ids_may_be_known_by_its_name_too() -> None:
    both = changed(subjects=["immutable", "named"])
    for repository in (REPOSITORY, "example/tollgate"):
        assert may_take(both, "tollgate-deploy", f"repo:{repository}:environment:dev")
        assert may_take(both, "tollgate-preview", f"repo:{repository}:pull_request")
    assert not may_take(both, "tollgate-deploy", "repo:somebody/tollgate:environment:dev")


def test_an_identity_provider_that_the_account_has_is_trusted_and_not_made_again() -> None:
    graph = changed(existing=["github"])
    assert graph.of_type("aws:iam/openIdConnectProvider:OpenIdConnectProvider") == []
    for role in ("tollgate-deploy", "tollgate-preview"):
        (statement,) = trust(graph, role)
        assert statement["Principal"] == {
            "Federated": f"arn:aws:iam::222222222222:oidc-provider/{GITHUB}",
        }
