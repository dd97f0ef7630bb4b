"""Who is on call can do what the runbook says, and nothing that it doesn't: each command against its role."""

import json
import re
from collections.abc import Iterator

import pytest
import typer

from engine import Graph
from ops.command import app
from ops.iam.evaluation import allowed, fits, many
from ops.iam.key_policies import KEY, key_allows
from tests.bootstrap.conftest import bootstrapped
from tests.bootstrap.rights import statements
from tests.infra.graphs import Graphs
from tests.runbook.calls import ACCOUNT, Call, NoSuchCallError, of_command_line
from tests.runbook.pages import ADMINISTRATOR, OPERATOR, Command, commands
from tests.runbook.recording import Recorded

ROLE = "tollgate-operator"
ALL = commands()
PUT_IN = {"REGION": "eu-west-1", "ACCOUNT": ACCOUNT}
# Keys' own policies decide on these, and are held below.
BY_KEY = "kms:GenerateDataKeyWithoutPlaintext"
# Names that a step of the page makes.
MADE = ("-copy", "tollgate-prod2")


def by(role: str, program: str) -> list[Command]:
    return [each for each in ALL if each.role == role and each.words[0] == program]


def filled(words: tuple[str, ...]) -> list[str]:
    return [re.sub("REGION|ACCOUNT", lambda named: PUT_IN[named[0]], word) for word in words]


def path_of(words: tuple[str, ...]) -> str:
    """The command's name among `tollgate`'s, without its arguments. Raises LookupError."""
    command, path = typer.main.get_command(app), []
    for word in words[1:]:
        children = getattr(command, "commands", None)
        if not children:
            break
        command = children[word]
        path.append(word)
    return " ".join(path)


def allowed_to_operators(call: Call) -> bool:
    return allowed(statements(bootstrapped("prod"), ROLE), call.action, call.resource)


def test_the_pages_have_commands_for_both_roles() -> None:
    assert len(by(OPERATOR, "aws")) > 15
    assert len(by(OPERATOR, "tollgate")) > 30
    assert len(by(ADMINISTRATOR, "aws")) > 20


@pytest.mark.parametrize("role", [OPERATOR, ADMINISTRATOR])
def test_every_call_of_aws_is_one_that_the_command_line_knows(role: str) -> None:
    wrong = []
    for command in by(role, "aws"):
        try:
            of_command_line(filled(command.words))
        except NoSuchCallError as error:
            wrong.append(f"{command}: {error}")
    assert wrong == []


def test_every_call_of_tollgate_is_one_that_it_knows() -> None:
    for command in ALL:
        if command.words[0] == "tollgate":
            chosen = typer.main.get_command(app)
            rest = list(command.words[1:])
            while children := getattr(chosen, "commands", None):
                chosen = children[rest.pop(0)]
            chosen.make_parser(chosen.context_class(chosen)).parse_args(rest)


def test_what_the_operator_is_told_to_do_with_aws_he_may_do() -> None:
    refused = [
        f"{command}: {call}"
        for command in by(OPERATOR, "aws")
        for call in of_command_line(filled(command.words))
        if not allowed_to_operators(call)
    ]
    assert refused == []


def test_what_the_operator_is_told_to_do_with_tollgate_he_may_do(recorded: Recorded) -> None:
    used = {path_of(command.words) for command in by(OPERATOR, "tollgate")}
    assert used - recorded.keys() == set(), "an administrator's, or one whose calls aren't recorded"
    refused = [
        f"{command}: {call}"
        for command in sorted(used)
        for call in sorted(recorded[command])
        if call.action != BY_KEY and not allowed_to_operators(call)
    ]
    assert refused == []


def test_the_operator_runs_no_program_of_pulumi() -> None:
    assert by(OPERATOR, "pulumi") == []


def test_nothing_is_granted_that_no_page_uses(recorded: Recorded) -> None:
    pages = [call for command in by(OPERATOR, "aws") for call in of_command_line(filled(command.words))]
    on_pages = {path_of(command.words) for command in by(OPERATOR, "tollgate")}
    used = {*pages, *(call for command in on_pages for call in recorded[command])}
    needless = [
        f"{action} on {pattern}"
        for action, pattern in granted()
        if not any(call.action == action and fits(pattern, call.resource) for call in used)
    ]
    assert needless == []


def granted() -> Iterator[tuple[str, str]]:
    for statement in statements(bootstrapped("prod"), ROLE):
        for action in many(statement["Action"]):
            yield from ((action, pattern) for pattern in many(statement["Resource"]))


@pytest.mark.parametrize("name", ["failed-events", "exports-dead", "operations-dead.fifo"])
def test_the_operator_opens_what_is_in_the_queues_that_he_reads(graphs: Graphs, name: str) -> None:
    graph, called = graphs("prod"), f"tollgate-prod-{name}"
    (queue,) = (node for node in graph.of_type("aws:sqs/queue:Queue") if node.inputs["name"] == called)
    named = queue.inputs["kmsMasterKeyId"]
    (key,) = (node for node in graph.of_type(KEY) if named in (node.outputs["arn"], node.outputs["id"]))
    context = {"kms:ViaService": "sqs.eu-west-1.amazonaws.com", "kms:CallerAccount": ACCOUNT}
    assert key_allows(key, f"arn:aws:iam::{ACCOUNT}:role/{ROLE}", "kms:Decrypt", context)


def test_the_names_on_the_pages_are_names_of_the_stage(graphs: Graphs) -> None:
    known = "\n".join(json.dumps(names(graph)) for graph in (graphs("prod"), bootstrapped("prod")))
    unknown = [
        f"{command}: {name}"
        for command in ALL
        for word in filled(command.words)
        for name in re.findall(r"tollgate-prod[\w.-]*", word)
        if not any(made in name for made in MADE) and name not in known
    ]
    assert unknown == []


def names(graph: Graph) -> list[str]:
    """Every name, bucket and alias that the program gives."""
    keys = ("name", "bucket", "key", "dashboardName", "alarmName", "stackName", "groupName")
    return [str(node.inputs.get(key)) for node in graph.nodes.values() for key in keys if key in node.inputs]
