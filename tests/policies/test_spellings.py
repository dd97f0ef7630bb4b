"""IAM reads a document in many spellings; whatever is caught in one is caught in each."""

import copy
import json
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_policy import PolicyResource
from pulumi_policy.proxy import unknown_checking_proxy

from policies.pack.documents import IDENTITY_POLICIES, RESOURCE_POLICIES, Statement, statements
from policies.pack.stack import plain
from tests.policies.case import Case
from tests.policies.running import run
from tests.policies.test_cases import CASES

Document = dict[str, Any]
Spelling = Callable[[random.Random, Document], None]
PLACES = {
    **IDENTITY_POLICIES,
    **RESOURCE_POLICIES,
    "aws:kms/key:Key": "policy",
    "aws:iam/role:Role": "assumeRolePolicy",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "policy",
}


def _statements(document: Document) -> list[Document]:
    found = document["Statement"]
    return found if isinstance(found, list) else [found]


def _actions_in_another_case(chance: random.Random, document: Document) -> None:
    for statement in _statements(document):
        for key in ("Action", "NotAction"):
            if key in statement:
                change = chance.choice([str.lower, str.upper, str.swapcase])
                statement[key] = [change(each) for each in _listed(statement[key])]


def _one_instead_of_a_list(chance: random.Random, document: Document) -> None:
    for statement in _statements(document):
        for key in ("Action", "Resource", "NotAction", "NotResource"):
            values = _listed(statement.get(key, []))
            if len(values) == 1:
                statement[key] = values if chance.random() < 0.5 else values[0]


def _more_stars(chance: random.Random, document: Document) -> None:
    for statement in _statements(document):
        for key in ("Action", "Resource"):
            if key in statement:
                statement[key] = [each.replace("*", "**") for each in _listed(statement[key])]


def _everybody(chance: random.Random, document: Document) -> None:
    for statement in _statements(document):
        if statement.get("Principal") in ("*", {"AWS": "*"}, {"AWS": ["*"]}):
            statement["Principal"] = chance.choice(["*", {"AWS": "*"}, {"AWS": ["*"]}, {"*": "*"}])


def _an_account(chance: random.Random, document: Document) -> None:
    for statement in _statements(document):
        principal = statement.get("Principal")
        if isinstance(principal, dict) and "AWS" in principal:
            principal["AWS"] = [_account(each) for each in _listed(principal["AWS"])]


def _keys_of_conditions(chance: random.Random, document: Document) -> None:
    for statement in _statements(document):
        for compared in statement.get("Condition", {}).values():
            for key in list(compared):
                compared[chance.choice([key.lower(), key.upper()])] = compared.pop(key)


def _truth(chance: random.Random, document: Document) -> None:
    for statement in _statements(document):
        for key, value in statement.get("Condition", {}).get("Bool", {}).items():
            as_json = {"false": False, "true": True}.get(value, value)
            statement["Condition"]["Bool"][key] = chance.choice([value, as_json, [value]])


def _a_single_statement(chance: random.Random, document: Document) -> None:
    found = _statements(document)
    document["Statement"] = found[0] if len(found) == 1 else found


SPELLINGS: list[Spelling] = [
    _actions_in_another_case,
    _one_instead_of_a_list,
    _more_stars,
    _everybody,
    _an_account,
    _keys_of_conditions,
    _truth,
    _a_single_statement,
]


def _listed(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]


def _account(principal: str) -> str:
    is_number = principal.isdigit()
    is_root = principal.endswith(":root")
    if is_number:
        return f"arn:aws:iam::{principal}:root"
    return principal.split(":")[4] if is_root else principal


def _respelt(resource: PolicyResource, chance: random.Random) -> PolicyResource:
    place = PLACES.get(resource.resource_type)
    text = resource.props.get(place) if place else None
    if not place or not text:
        return resource
    document = json.loads(text) if isinstance(text, str) else plain(text)
    for spelling in SPELLINGS:
        if chance.random() < 0.7:
            spelling(chance, document)
    other = copy.copy(resource)
    other.props = unknown_checking_proxy({**plain(resource.props), place: json.dumps(document)})
    return other


def _documents(case: Case) -> Iterator[PolicyResource]:
    for each in case.fails:
        place = PLACES.get(each.resource_type)
        if place and each.props.get(place):
            yield each


WITH_DOCUMENTS = [case for case in CASES if any(_documents(case))]


def test_policies_about_documents_are_among_them() -> None:
    names = {case.policy.name for case in WITH_DOCUMENTS}
    assert {
        "iam-pass-role-is-bound",
        "key-policy-separates-duties",
        "resource-policy-binds-services",
    } <= names


@pytest.mark.parametrize("case", WITH_DOCUMENTS, ids=lambda case: case.policy.name)
@given(seed=st.integers(0, 2**32))
def test_what_is_wrong_is_wrong_in_every_spelling(case: Case, seed: int) -> None:
    chance = random.Random(seed)
    respelt = [_respelt(each, chance) for each in case.fails]
    assert run(case.policy, respelt, case.config).violations, [each.props for each in respelt]


@pytest.mark.parametrize("case", WITH_DOCUMENTS, ids=lambda case: case.policy.name)
@given(seed=st.integers(0, 2**32))
def test_what_is_right_is_right_in_every_spelling(case: Case, seed: int) -> None:
    chance = random.Random(seed)
    respelt = [_respelt(each, chance) for each in case.passes]
    assert run(case.policy, respelt, case.config).violations == [], [each.props for each in respelt]


PASSES_ROLES = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111111111111:role/*"}


def _one(**changes: Any) -> Statement:
    merged: Mapping[str, Any] = {**PASSES_ROLES, **changes}
    (statement,) = statements(json.dumps({"Statement": {k: v for k, v in merged.items() if v is not None}}))
    return statement


@pytest.mark.parametrize(
    "action",
    ["iam:PassRole", "iam:passrole", "IAM:PASSROLE", "iam:Pass*", "iam:?assRole", "iam:**", "*", "*:*"],
)
def test_an_action_is_known_however_it_is_written(action: str) -> None:
    assert _one(Action=action).is_about("iam:PassRole")


@pytest.mark.parametrize("action", ["iam:PassRoles", "iam:PassRol[ef]", "iam:?PassRole", "sts:*"])
def test_nothing_but_star_and_question_mark_is_special(action: str) -> None:
    assert not _one(Action=action).is_about("iam:PassRole")


@pytest.mark.parametrize(("excluded", "about"), [("s3:*", True), ("iam:*", False), ("IAM:passROLE", False)])
def test_everything_but_something_is_about_the_rest(excluded: str, about: bool) -> None:
    assert _one(Action=None, NotAction=excluded).is_about("iam:PassRole") is about


TABLE = "arn:aws:dynamodb:eu-west-1:111111111111:table/tollgate-dev-vault"


@pytest.mark.parametrize(
    ("resource", "reaches"),
    [
        (TABLE, True),
        (f"{TABLE}/index/listing", True),
        (f"{TABLE}/index/*", True),
        ("arn:aws:dynamodb:*:*:table/*", True),
        ("arn:aws:dynamodb:eu-west-1:111111111111:table/tollgate-???-vault", True),
        ("arn:aws:dynamodb:eu-west-1:111111111111:table/tollgate-*/index/by_x", True),
        ("**", True),
        (f"{TABLE}-2", False),
        ("arn:aws:dynamodb:eu-west-1:111111111111:table/tollgate-dev-[uv]ault", False),
    ],
)
def test_a_table_is_reached_by_itself_its_indexes_and_every_pattern(resource: str, reaches: bool) -> None:
    assert _one(Action="dynamodb:Query", Resource=resource).reaches(TABLE) is reaches


def test_all_resources_but_some_reach_the_rest() -> None:
    assert _one(Resource=None, NotResource=f"{TABLE}-2").reaches(TABLE)
    assert not _one(Resource=None, NotResource=TABLE).reaches(TABLE)
