"""`tollgate recover`: takes up a deployment that died half-way."""

from typing import Annotated

import typer

from onboarding import Stage
from onboarding.failure import Failure
from ops.options import LOCAL, ROOT
from ops.recovery import Account, AwsAccount, Plan, pending, plan
from ops.recovery.state import PulumiStack
from ops.terminal import say, show

AwsStack = Annotated[
    str, typer.Option("--stack", help="The Pulumi stack: dev, prod … AWS credentials from the environment.")
]
Run = Annotated[bool, typer.Option("--run", help="Do it. Without this it only looks and prints.")]


def recover(stack: AwsStack, run: Run = False) -> None:
    """Take up a deployment whose machine died, so that `pulumi up` can go on and nothing is made twice.

    What was being created isn't in the state, and its name may be taken. This reads the pending creations out
    of the state and looks in the account which of them exist: by name; keys and networks by their tags.
    With --run it takes those into the state, forgets the others, and reads everything anew. Nothing may be
    deploying meanwhile.
    """
    if stack == LOCAL:
        raise Failure("The laptop has no state to recover.", "`make clean-local` and `make run` start anew.")
    session = Stage.named(stack, ROOT).session
    account_id = session.client("sts").get_caller_identity()["Account"]
    take_up(PulumiStack(stack, ROOT), AwsAccount(session, account_id, stack), run=run)


def take_up(state: PulumiStack, account: Account, *, run: bool) -> None:
    """What becomes of each creation that the state has as begun, and with `run` the state anew.

    Raises Failure when something isn't clear, or a command of Pulumi fails.
    """
    exported = state.exported()
    begun = pending(exported)
    if not begun:
        show("Nothing was being created. If the stack is locked: `pulumi cancel`, then `pulumi up`.")
        return
    say(f"Looking for {len(begun)} resources in the account …")
    found = plan(begun, account)
    present(found)
    if not run:
        show(f"\nNothing was changed. To take up what exists: tollgate recover --stack {state.name} --run")
        return
    state.unlock()
    state.replace(found.taken_in(exported))
    state.refresh()
    show(f"Taken up. Deploy again: pulumi up --stack {state.name}")


def present(found: Plan) -> None:
    """What becomes of each. Raises Failure when something isn't clear."""
    for urn, identifier in found.imported:
        show(f"exists     {_named(urn)}: {identifier}")
    for urn in found.forgotten:
        show(f"forgotten  {_named(urn)}: it doesn't exist, or can be made again over itself")
    for each, candidates in found.unclear:
        show(f"unclear    {_named(each.urn)}: {' or '.join(candidates)}")
    if found.unclear:
        raise Failure(
            f"{len(found.unclear)} may be one of several, and nothing was changed.",
            "Look which is new, delete it or the others in AWS, and run this again.",
        )


def _named(urn: str) -> str:
    _, _, types, name = urn.split("::")
    return f"{types.rpartition('$')[2]} {name}"
