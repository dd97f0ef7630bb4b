"""`tollgate stage`: the stages that this repository deploys."""

from pathlib import Path
from typing import Annotated

import typer

from onboarding.failure import Failure
from ops.options import ROOT, ProgramRoot
from ops.terminal import say, show

app = typer.Typer(name="stage", help="The stages that this repository deploys.", no_args_is_help=True)

LEFT = """
What is left, in this order:
  1. Replace the values that only you know (`tollgate check --stack {name}` lists them), and read the rest:
     processor accounts, network, alerts, capacity, tags.
  2. docs/runbook/bootstrap-an-account.md: the account's roles and the bucket of its state; at GitHub the
     environment `{name}`, with the approvals that it asks for.
  3. docs/runbook/first-deployment.md: `pulumi stack init {name}`, and commit.
  4. `tollgate check` until it has nothing to say. The workflows take the stage from stages.json."""


@app.command("list")
def list_stages(root: ProgramRoot = ROOT) -> None:
    """List the stages in the order in which a release reaches them, with account and Region."""
    from ops.stages.listing import listed  # noqa: PLC0415
    from ops.stages.settings import stage_settings  # noqa: PLC0415

    for stage in listed(root).stages:
        settings = stage_settings(stage, root)
        show(f"{stage}  {settings.account_id}  {settings.region}  {settings.durability}")


@app.command("add")
def add_stage(
    name: Annotated[str, typer.Argument(help="Lower case letters and digits, 16 at most.")],
    account: Annotated[str, typer.Option(help="The AWS account of the stage, which has no other.")],
    region: Annotated[str, typer.Option(help="Where it lives, for example eu-west-1.")],
    like: Annotated[
        str | None, typer.Option(help="The stage whose settings it begins with.", show_default="the first")
    ] = None,
    after: Annotated[
        str | None,
        typer.Option(help="Which a release reaches before it.", show_default="the one before the last"),
    ] = None,
    domain: Annotated[
        str | None,
        typer.Option(help="The API's name.", show_default="the other's, with the stage's name in it"),
    ] = None,
    root: ProgramRoot = ROOT,
) -> None:
    """Write a new stage's files: stack, bootstrap stack, policies' configuration, place in the workflows.

    Nothing is deployed, and no file that is there is overwritten but stages.json and main.yml. What it can't
    know gets a placeholder that `tollgate check` refuses.
    """
    # Imported here: they bring Pulumi's SDK along, which takes half a second.
    from ops.stages.adding import Model, NewStage, files  # noqa: PLC0415
    from ops.stages.listing import FILE, listed  # noqa: PLC0415
    from ops.stages.promotion import WORKFLOW  # noqa: PLC0415
    from ops.stages.settings import account_settings, stage_settings  # noqa: PLC0415

    stages = listed(root)
    like = like or stages.stages[0]
    after = after or (stages.stages[-2] if len(stages.stages) > 1 else None)
    for named in filter(None, (like, after)):
        if named not in stages.stages:
            raise Failure(f"There is no stage '{named}'.", f"Stages are: {', '.join(stages.stages)}.")
    model = Model(stage_settings(like, root), account_settings(like, root))
    new = NewStage.asked(name=name, account_id=account, region=region, after=after, domain=domain)
    texts = files(new, model, stages, root)
    rewritten = {Path(FILE), WORKFLOW}
    for path in texts.keys() - rewritten:
        if (root / path).exists():
            raise Failure(f"{path} is there already.", "Remove it, or choose another name.")
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8")
        show(f"wrote  {path}")
    if any(each.environment == "production" for each in model.settings.processor_accounts.values()):
        say(f"Mind: like {like}, it names Payroc's production, where money is real. Tests want `uat`.")
    show(LEFT.format(name=name))
