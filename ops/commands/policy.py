"""`tollgate policy`: what a program's resources must keep to."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine.analyzer import Policy, running
from ops.options import ROOT, ProgramRoot
from ops.policies import PACK, Checked, check
from ops.policies.checking import configuration, configuration_file
from ops.policies.junit import junit
from ops.policies.pages import pages
from ops.policies.people import listing, summary, table
from ops.policies.sarif import sarif
from ops.terminal import results, say, show

app = typer.Typer(
    name="policy",
    help="Check programs against the policy pack, without an AWS account.",
    no_args_is_help=True,
)

Stack = Annotated[str, typer.Option(help="The program's Pulumi stack.")]
Config = Annotated[
    Path | None,
    typer.Option(
        help="A file as for `pulumi preview --policy-pack-config`.",
        dir_okay=False,
        show_default="policies/config/<stack>.json",
    ),
]
DOCS = ROOT / "docs" / "policies"


class Format(StrEnum):
    """How a check is reported."""

    TABLE = "table"
    SARIF = "sarif"
    JUNIT = "junit"


FILES: dict[Format, Callable[[Checked], str]] = {Format.SARIF: sarif, Format.JUNIT: junit}


@app.command("check")
def check_program(
    stack: Stack = "prod",
    root: ProgramRoot = ROOT,
    config: Config = None,
    form: Annotated[
        Format, typer.Option("--format", help="A table for people; SARIF or JUnit for CI.")
    ] = Format.TABLE,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead.", dir_okay=False)] = None,
) -> None:
    """Hold what `pulumi up` would make against every policy. Exit code 1 if a mandatory one is violated.

    The program is run without a cloud, and every value is known, so that no policy is skipped: one that
    still can't be run fails the check too.
    """
    say(f"Running the program for {stack}, and the policies on what it would make …")
    checked = check(stack, root, config)
    if form is Format.TABLE and out is None:
        if checked.findings:
            results.print(table(checked))
    elif out is None:
        show(FILES[form](checked).rstrip("\n"))
    else:
        _write(out, form, checked)
    if checked.findings:
        say(f"What the policies take for {stack} stands in {config or configuration_file(stack, root)}.")
    say(summary(checked))
    if checked.failed:
        raise typer.Exit(1)


@app.command("list")
def list_policies(stack: Stack = "prod", config: Config = None) -> None:
    """List the policies, with the level that a stack's configuration gives them."""
    with running(PACK, project="tollgate", stack=stack, config=configuration(stack, ROOT, config)) as pack:
        policies: list[Policy] = list(pack.policies.values())
    results.print(listing(policies))


@app.command("docs")
def write_pages(
    out: Annotated[
        Path, typer.Option(help="The folder to write to.", file_okay=False, show_default="docs/policies")
    ] = DOCS,
) -> None:
    """Write a page about each policy, and an index."""
    out.mkdir(parents=True, exist_ok=True)
    current = pages()
    for old in out.glob("*.md"):
        if old.name not in current:
            old.unlink()
    for name, text in current.items():
        (out / name).write_text(text, encoding="utf-8")
    say(f"Wrote {len(current)} pages to {out}.")


def _write(path: Path, form: Format, checked: Checked) -> None:
    if form is Format.TABLE:
        with path.open("w", encoding="utf-8") as file:
            Console(file=file, width=160).print(table(checked), summary(checked))
    else:
        path.write_text(FILES[form](checked), encoding="utf-8")
    say(f"Wrote {path}.")
