"""What the roles that deploy and preview (bootstrap/) may do, against the calls that the programs need."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from bootstrap import guards
from engine import Graph, up
from ops.iam.evaluation import allowed, fits, many
from ops.iam.needless import needless
from ops.iam.provisioning import Call, calls, stage_of, unknown_types
from tests.bootstrap.conftest import bootstrapped
from tests.bootstrap.rights import statements
from tests.infra.graphs import Graphs
from tests.security.test_delegation import delegated
from tests.security.test_security import watched
from tests.stacks import PROJECT

DEPLOY, PREVIEW = "tollgate-deploy", "tollgate-preview"
STAGES = ("dev", "prod")
LOOKING = ("Describe", "Get", "List", "View")
# What no stack asks for now and any may tomorrow.
OPTIONS = {
    "tollgate:edge": {
        "requests_per_minute": 60000,
        "token_requests_per_minute": 300,
        "anonymous_addresses": "count",
        "domain": {
            "name": "api.tollgate.example",
            "certificate_arn": "arn:aws:acm:eu-west-1:333333333333:certificate/"
            "66666666-7777-8888-9999-000000000000",
            "mutual_tls": {"truststore_uri": "s3://example-trust/callers.pem", "truststore_version": "1"},
        },
    },
    "tollgate:card_fields": None,  # browsers have no client certificates
    "tollgate:capacity": {
        "concurrency": {"account": 20000, "request_milliseconds": 400},
        "tables": {
            table: {
                "mode": "provisioned",
                "minimum": {"reads": 10, "writes": 10},
                "maximum": {"reads": 100, "writes": 100},
                "utilization_percent": 70,
            }
            for table in ("payments", "vault", "clients", "sessions", "audits", "events", "webhooks")
        },
    },
}


@pytest.fixture(params=STAGES)
def deployed(request: pytest.FixtureRequest, graphs: Graphs) -> Graph:
    """The graphs of the stages that live in AWS."""
    return graphs(request.param)


@pytest.fixture(scope="module")
def with_options() -> Graph:
    overrides = {key: json.dumps(value) for key, value in OPTIONS.items()}
    return up(PROJECT, "prod", preview=False, overrides={"tollgate:package": "pyproject.toml", **overrides})


class Role:
    """A role of an account, asked many questions."""

    def __init__(self, stack: str, name: str) -> None:
        self._statements = statements(bootstrapped(stack), name)
        self._about = cache(self._find)

    def may(self, call: Call) -> bool:
        return allowed(self._about(call.action), call.action, call.resource, call.context)

    def _find(self, action: str) -> list[dict[str, Any]]:
        def named(statement: dict[str, Any]) -> bool:
            patterns = many(statement.get("Action", ()))
            return "NotAction" in statement or any(fits(each.lower(), action.lower()) for each in patterns)

        return [statement for statement in self._statements if named(statement)]


def refused(role: Role, made: Iterable[Call]) -> list[str]:
    return sorted({str(call) for call in made if not role.may(call)})


def test_the_calls_of_every_type_in_every_program_are_known(graphs: Graphs) -> None:
    programs = [graphs(stack) for stack in (*STAGES, "local")]
    programs += [bootstrapped(stack) for stack in STAGES] + [watched(), delegated()]
    assert [unknown_types(graph) for graph in programs] == [[]] * len(programs)


def test_deploying_makes_reads_and_changes_everything(deployed: Graph) -> None:
    role = Role(deployed.stack, DEPLOY)
    assert refused(role, (call for call in calls(deployed) if call.operation != "delete")) == []


def test_deploying_removes_everything_but_what_a_durable_stage_may_not_lose(deployed: Graph) -> None:
    role = Role(deployed.stack, DEPLOY)
    removals = [call for call in calls(deployed) if call.operation == "delete"]
    kept = {call.action for call in removals if not role.may(call)}
    if deployed.stack == "dev":
        assert kept == set()
    else:
        assert kept == {call.action for call in removals} & set(guards.IRREVOCABLE)


def test_previewing_reads_everything_and_changes_nothing(deployed: Graph) -> None:
    role = Role(deployed.stack, PREVIEW)
    made = list(calls(deployed))
    assert refused(role, (call for call in made if call.operation == "read")) == []
    changing = [
        call
        for call in made
        if call.operation != "read" and not call.action.partition(":")[2].startswith(LOOKING)
    ]
    # The gateway's `GET` is no change.
    assert {call.action for call in changing if role.may(call)} == set()


def test_what_a_stack_may_ask_for_can_be_deployed(with_options: Graph) -> None:
    role = Role("prod", DEPLOY)
    assert refused(role, (call for call in calls(with_options) if call.operation != "delete")) == []


def _unneeded(graph: Graph, role: str, others: Iterable[Graph] = ()) -> set[str]:
    """In words that don't depend on the account."""
    stage = stage_of(graph)
    state = f"arn:aws:s3:::{stage.bucket('state')}"
    made = [call for each in (graph, *others) for call in calls(each)]
    found = needless(statements(bootstrapped(graph.stack), role), made)
    return {
        line.replace(stage.account_id, "ACCOUNT").replace(stage.physical(""), "NAMED")
        for line in found
        if state not in line  # Pulumi's own, from its documentation
    }


@pytest.mark.parametrize("role", [DEPLOY, PREVIEW])
def test_nothing_is_allowed_that_no_stack_needs(graphs: Graphs, with_options: Graph, role: str) -> None:
    dev, prod = graphs("dev"), graphs("prod")
    assert _unneeded(dev, role) & _unneeded(prod, role, [with_options]) == set()


def test_a_right_that_nobody_needs_is_found(graphs: Graphs) -> None:
    prod = graphs("prod")
    generous = [{"Effect": "Allow", "Action": ["sqs:PurgeQueue", "sqs:CreateQueue"], "Resource": ["*"]}]
    assert needless(generous, calls(prod)) == ["sqs:PurgeQueue on *"]
    other = [{"Effect": "Allow", "Action": ["sqs:CreateQueue"], "Resource": ["arn:aws:sqs:us-east-1:*"]}]
    assert needless(other, calls(prod)) == ["sqs:CreateQueue on arn:aws:sqs:us-east-1:*"]


def test_calls_are_made_where_the_resource_is(graphs: Graphs) -> None:
    made = {(call.action, *call.resource.split(":")[3:4]) for call in calls(graphs("prod"))}
    assert ("events:PutRule", "us-east-1") in made
    assert ("kms:EnableKeyRotation", "eu-central-1") in made
    assert ("backup:CreateBackupVault", "eu-central-1") in made
