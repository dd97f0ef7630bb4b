"""Least privilege, measured: grants against recorded calls, and against what must be refused."""

import json
from copy import deepcopy
from dataclasses import replace
from itertools import chain

import pytest

from engine import Graph
from ops.commands.iam import EVIDENCE
from ops.iam import comparison
from ops.iam.evidence import Use, load
from ops.iam.exercised_by_aws import needless
from ops.iam.grants import ROLE_POLICY, Grant, grants
from ops.iam.names import Names
from ops.iam.real_arns import RealArns
from ops.iam.refusals import RULES, let_through, refusals
from ops.iam.report import report
from ops.iam.simulation import cases
from tests.infra.graphs import ROOT, STACKS, Graphs


@pytest.fixture(scope="module")
def evidence() -> dict[Use, int]:
    return dict(load(EVIDENCE))


def allowing(graph: Graph, function: str, action: str, arn: str) -> Graph:
    """The program with a grant more."""
    changed = replace(graph, nodes=deepcopy(graph.nodes))
    policy = changed.one(ROLE_POLICY, function)
    document = json.loads(policy.inputs["policy"])
    document["Statement"].append({"Effect": "Allow", "Action": [action], "Resource": arn})
    policy.inputs["policy"] = json.dumps(document)
    return changed


# --- no less


def test_every_recorded_call_is_allowed_in_every_stage(graph: Graph, evidence: dict[Use, int]) -> None:
    assert comparison.insufficient(grants(graph), evidence) == []


def test_a_call_that_no_grant_allows_is_found(graphs: Graphs, evidence: dict[Use, int]) -> None:
    stray = Use("audits", "kms:Decrypt", "key/wrapping", ("kms:EncryptionContext:merchant",))
    found = comparison.insufficient(grants(graphs("prod")), {**evidence, stray: 1})
    assert found == ["audits: kms:Decrypt on key/wrapping"]


def test_a_call_in_another_encryption_context_is_found(graphs: Graphs) -> None:
    stray = Use("tokens", "kms:Decrypt", "key/wrapping", ("kms:EncryptionContext:purpose",))
    assert comparison.insufficient(grants(graphs("prod")), {stray: 1}) != []


# --- no more


def test_every_grant_is_used_by_the_function_or_by_aws(graph: Graph, evidence: dict[Use, int]) -> None:
    measured = comparison.measure(grants(graph), evidence)
    assert comparison.unexplained(measured) == []
    assert comparison.explained_twice(measured) == []


def test_aws_exercises_every_grant_that_it_is_said_to(graph: Graph) -> None:
    assert needless(grants(graph)) == []


@pytest.mark.parametrize(
    ("function", "action", "name"),
    [
        ("payments", "dynamodb:Query", "table/payments"),
        ("refunds", "dynamodb:PutItem", "table/payments"),
        ("worker", "sqs:ChangeMessageVisibility", "queue/operations"),
        ("audits", "sqs:ReceiveMessage", "queue/operations-dead"),
        ("projector", "kms:Decrypt", "key/vault"),
    ],
)
def test_a_grant_that_nobody_uses_is_found(
    graphs: Graphs, evidence: dict[Use, int], function: str, action: str, name: str
) -> None:
    prod = graphs("prod")
    generous = allowing(prod, function, action, Names.of_graph(prod).arn(name))
    measured = comparison.measure(grants(generous), evidence)
    assert comparison.unexplained(measured) == [f"{function}: {action} on {name}"]


def test_all_stages_allow_the_same(graphs: Graphs) -> None:
    def shape(grant: Grant) -> tuple[str, str, str, str | None]:
        return grant.function, grant.action, grant.resource, grant.through

    first, *others = ({shape(each) for each in grants(graphs(stack))} for stack in STACKS)
    assert all(other == first for other in others)


# --- never


def test_what_must_be_refused_is_refused(graph: Graph) -> None:
    assert let_through(graph) == []


def test_every_rule_refuses_somebody_something(graphs: Graphs) -> None:
    names = Names.of_graph(graphs("prod"))
    named = {(each.action, each.reason) for each in refusals(names)}
    assert named == set(
        chain.from_iterable(((action, rule.reason) for action in rule.actions) for rule in RULES)
    )


@pytest.mark.parametrize(
    ("function", "action", "resource"),
    [
        ("audits", "kms:Decrypt", "key/wrapping"),
        ("payments", "dynamodb:*", "table/audits"),
        ("sweeper", "secretsmanager:GetSecretValue", "*"),
    ],
)
def test_a_careless_grant_lets_something_through(
    graphs: Graphs, function: str, action: str, resource: str
) -> None:
    prod = graphs("prod")
    arn = resource if resource == "*" else Names.of_graph(prod).arn(resource)
    found = let_through(allowing(prod, function, action, arn))
    assert found
    assert {each.function for each in found} == {function}


# --- shown and asked


def test_the_page_is_what_grants_and_evidence_say(graphs: Graphs, evidence: dict[Use, int]) -> None:
    measured = comparison.measure(grants(graphs("prod")), evidence)
    assert (ROOT / "docs" / "iam.md").read_text(encoding="utf-8") == report("prod", measured), (
        "write it anew: `make docs`"
    )


class MadeUp(RealArns):
    """An account that has what the graph makes up."""

    def __init__(self) -> None:
        pass

    def of(self, name: str, made_up: str) -> str:
        return made_up


def test_iam_is_asked_for_every_grant_but_lambdas_interfaces_and_for_every_refusal(graphs: Graphs) -> None:
    prod = graphs("prod")
    asked = cases(prod, MadeUp())
    shown = {(each.function, each.action, each.name) for each in asked if each.allowed}
    missing = {each for each in grants(prod) if (each.function, each.action, each.name) not in shown}
    assert {each.action.partition(":")[0] for each in missing} == {"ec2"}
    assert sum(not each.allowed for each in asked) == len(refusals(Names.of_graph(prod)))
    assert not any("*" in each.arn for each in asked if each.name != "*" and "log-group" not in each.name)
