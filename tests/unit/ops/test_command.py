"""The `tollgate` command, as it is typed."""

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from onboarding import Stage
from ops.command import app
from ops.options import ROOT
from tests.examples import NOW, merchant, payment
from tests.unit.ops.conftest import Tollgate
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.merchant import Merchant
from tollgate.domain.outcome import Approved


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(each, (*path, name))


COMMANDS = dict(commands(typer.main.get_command(app)))


def test_the_commands_are_those_that_the_manual_names() -> None:
    leaves = {" ".join(path) for path, command in COMMANDS.items() if not hasattr(command, "commands")}
    assert leaves == {
        "local",
        "demo",
        "check",
        "controls",
        "capacity",
        "cost",
        "evidence",
        "evidence-table",
        "first-day",
        "graph",
        "faults",
        "logs",
        "package",
        "preflight",
        "reconcile",
        "redrive",
        "rollback",
        "simulate",
        "smoke",
        "recover",
        "uat",
        "verify",
        "iam report",
        "iam simulate",
        "merchant add",
        "merchant list",
        "client add",
        "client rotate",
        "client list",
        "client revoke",
        "client token",
        "keys rotate-card",
        "processor set-credentials",
        "operations list",
        "operations resolve",
        "operations show",
        "payments show",
        "policy check",
        "policy docs",
        "policy list",
        "card encrypt",
        "fields check",
        "fields inventory",
        "stage add",
        "stage list",
    }


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_explains_itself(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert command.help
    assert all(parameter.help for parameter in command.params)
    shown = CliRunner().invoke(app, [*path, "--help"])
    assert shown.exit_code == 0
    assert "Usage" in shown.output


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_fills_a_terminal_of_80_columns_and_breaks_no_value(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "80"}).output
    prose, *_ = shown.partition("╭")
    for line, following in pairwise(line.strip() for line in prose.splitlines()):
        if line and following:
            assert len(line) + len(" ") + len(following.split()[0]) > 78, line
    broken = [line for line in shown.splitlines() if re.search(r"<[^>]*\|[^>]*  ", line)]
    assert broken == []


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert CliRunner().invoke(app, ["--version"]).stdout.strip() == project["version"]


def test_a_merchant_is_added_and_listed(tollgate: Tollgate) -> None:
    added = tollgate(
        *("merchant", "add", "--name", "Acme", "--account", "simulator", "--terminal", "1001"),
        *("--currency", "USD", "--currency", "JPY"),
    )
    assert added.exit_code == 0
    merchant_id = added.stdout.strip()
    listed = tollgate("merchant", "list").stdout
    assert merchant_id in listed
    assert "JPY, USD" in listed


def test_a_clients_secret_is_shown_once_on_each_change_and_never_after(
    tollgate: Tollgate, merchant: Merchant
) -> None:
    added = tollgate("client", "add", merchant.id, "--scope", "payments:read", "--scope", "audits:read")
    facts = dict(line.split() for line in added.stdout.splitlines())
    rotated = tollgate("client", "rotate", facts["client_id"])
    assert facts["client_secret"] not in rotated.output
    dropped = tollgate("client", "rotate", facts["client_id"], "--drop-old")
    assert dropped.stdout == ""
    listed = tollgate("client", "list", merchant.id).output
    assert facts["client_id"] in listed
    assert facts["client_secret"] not in listed
    assert tollgate("client", "revoke", facts["client_id"]).exit_code == 0
    assert "revoked, for good" in tollgate("client", "rotate", facts["client_id"]).stderr


def test_card_keys_are_listed_current_first(tollgate: Tollgate) -> None:
    first = tollgate("keys", "rotate-card").stdout.split()[0]
    lines = tollgate("keys", "rotate-card").stdout.splitlines()
    assert lines[0].endswith("current")
    assert lines[1] == f"{first}  accepted"


def test_the_processors_key_is_read_from_standard_input_and_not_shown(
    tollgate: Tollgate, stage: Stage
) -> None:
    done = tollgate("processor", "set-credentials", "simulator", typed="key-1\n")
    assert done.exit_code == 0
    assert "key-1" not in done.output
    stored = stage.secretsmanager.get_secret_value(SecretId="tollgate-local-processor-simulator")
    assert json.loads(stored["SecretString"]) == {"api_key": "key-1"}
    assert tollgate("processor", "set-credentials", "simulator", typed="\n").exit_code == 1


def test_a_payment_is_shown_as_a_table_or_as_the_apis_json(tollgate: Tollgate, stage: Stage) -> None:
    approved = payment(id="pay_one").settled(Approved("P1", 10_000), NOW)
    PaymentsTable(stage.dynamodb, "tollgate-local-payments").add(approved, merchant())
    table = tollgate("payments", "show", "pay_one")
    assert table.exit_code == 0
    assert "approved" in table.stdout
    shown = json.loads(tollgate("payments", "show", "pay_one", "--json").stdout)
    assert (shown["id"], shown["status"], shown["amount_captured"]) == ("pay_one", "captured", 10_000)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("payments", "show", "pay_none"), "no payment pay_none"),
        (("client", "add", "mer_none", "--scope", "audits:read"), "no merchant mer_none"),
        (("keys", "rotate-card", "--retire", "none"), "no card key none"),
        (("merchant", "list", "--stack", "nowhere"), "no stack 'nowhere'"),
        (("processor", "set-credentials", "elsewhere"), "ResourceNotFoundException"),
    ],
)
def test_what_fails_is_told_with_exit_code_1_and_no_traceback(
    tollgate: Tollgate, arguments: tuple[str, ...], reason: str
) -> None:
    failed = tollgate(*arguments, typed="key\n")
    assert failed.exit_code == 1
    assert failed.stdout == ""
    assert reason in failed.stderr
    assert "Traceback" not in failed.output


def test_without_a_running_laptop_cloud_the_user_is_told_to_start_it(tmp_path: Path) -> None:
    failed = Tollgate(tmp_path / "nothing")("demo")
    assert failed.exit_code == 1
    assert "make run" in failed.stderr


@pytest.mark.parametrize(
    "arguments",
    [("no-such-command",), ("client", "add", "mer_one"), ("card", "encrypt", "--exp", "soon")],
)
def test_a_command_typed_wrongly_ends_with_exit_code_2(
    tollgate: Tollgate, arguments: tuple[str, ...]
) -> None:
    assert tollgate(*arguments).exit_code == 2
