"""`tollgate client`: the applications that call the API."""

from typing import Annotated

import typer
from rich.table import Table

import onboarding
from ops.api_access import Url, api_of
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import results, say, show
from tollgate.domain.merchant import Scope

app = typer.Typer(name="client", help="Clients: the applications that call the API.", no_args_is_help=True)

ClientId = Annotated[str, typer.Argument(help="The client's id, cli_….")]


@app.command()
def add(
    merchant_id: Annotated[str, typer.Argument(help="The merchant that it acts for, mer_….")],
    scope: Annotated[
        list[Scope],
        typer.Option(metavar="SCOPE", help=f"What it may do; can be repeated. One of {', '.join(Scope)}."),
    ],
    plan: Annotated[
        str, typer.Option(help="Its rate limit, of the stack's tollgate:usage_plans.")
    ] = "standard",
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Add a client, and print its id and secret. The secret is shown this once and stored nowhere."""
    _show(onboarding.add_client(open_stage(stack, state_dir), merchant_id, scopes=scope, plan=plan))


@app.command()
def rotate(
    client_id: ClientId,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="End the rotation: only the newest secret works on.")
    ] = False,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Give a client a new secret, and print it this once.

    Those before work on, until you run this again with --drop-old.
    """
    stage = open_stage(stack, state_dir)
    if drop_old:
        onboarding.drop_old_secret(stage, client_id)
        say(f"Only the newest secret of {client_id} works now.")
    else:
        _show(onboarding.rotate_client(stage, client_id))
        say(f"Once the application uses it: tollgate client rotate {client_id} --drop-old --stack {stack}")


@app.command("list")
def list_all(
    merchant_id: Annotated[str | None, typer.Argument(help="Only of this merchant, mer_….")] = None,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """List the clients of a stack, oldest first. Their secrets aren't stored, so they aren't shown."""
    table = Table("id", "merchant", "scopes", "secrets", "state")
    table.columns[0].no_wrap = True
    for client in onboarding.list_clients(open_stage(stack, state_dir), merchant_id):
        scopes, state = " ".join(sorted(client.scopes)), "revoked" if client.revoked else "active"
        table.add_row(client.id, client.merchant_id, scopes, str(len(client.secret_digests)), state)
    results.print(table)


@app.command()
def revoke(client_id: ClientId, stack: Stack = LOCAL, state_dir: StateDir = DEFAULT_STATE_DIR) -> None:
    """Shut a client out for good: its secrets at once, its access tokens within 60 seconds."""
    onboarding.revoke_client(open_stage(stack, state_dir), client_id)
    say(f"{client_id} is revoked.")


@app.command()
def token(stack: Stack = LOCAL, url: Url = None, state_dir: StateDir = DEFAULT_STATE_DIR) -> None:
    """Print an access token, for curl: of the laptop cloud's first client, or of your client on a stack.

    Of a stack, the environment has the client: TOLLGATE_CLIENT_ID and TOLLGATE_CLIENT_SECRET.
    """
    show(api_of(stack, url, state_dir).access_token())


def _show(client: onboarding.NewClient) -> None:
    show(f"client_id      {client.client_id}")
    show(f"client_secret  {client.client_secret}")
