"""`tollgate local`: the whole platform on this machine."""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from rich.panel import Panel

from onboarding.failure import Failure
from ops.options import DEFAULT_STATE_DIR, ROOT, StateDir
from ops.terminal import results, say, show


def serve(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Where the API listens.")] = 8080,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Run the API, its cloud and a card processor on this machine until Ctrl-C.

    Nothing leaves the machine: no AWS account, no real money. The state survives a restart.
    """
    # Imported here: no other command needs Pulumi's SDK, which takes half a second.
    from engine import DeploymentError  # noqa: PLC0415
    from local.cloud import LocalConfig, start  # noqa: PLC0415
    from local.errors import LocalCloudError  # noqa: PLC0415

    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with start(LocalConfig(root=ROOT, state_dir=state_dir, port=port), say) as cloud:
            _present(cloud.description, state_dir)
            cloud.wait(say)
    except KeyboardInterrupt:
        say("Stopped; the state is kept.")
        os._exit(0)  # Pulumi's SDK leaves so many objects that the interpreter frees them for seconds
    except (LocalCloudError, DeploymentError) as error:
        raise Failure(f"The laptop cloud can't go on: {error}", "Then run it again.") from error


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _present(description: Mapping[str, Any], state_dir: Path) -> None:
    lines = [
        f"shop           {description['shop_url']}",
        f"API            {description['base_url']}",
        f"client id      {description['client_id']}",
        f"client secret  {description['client_secret']}",
        f"merchant       {description['merchant_id']}",
        f"all of it      {_short(state_dir / 'local.json')}",
    ]
    results.print(Panel.fit("\n".join(lines), title="Tollgate is ready", padding=(0, 1)))
    show("\nOr pay from another terminal:\n")
    program, option = _program(), _state_option(state_dir)
    show(payment_curl(description["base_url"], program, option))
    show(f"\nOr see more: {program} demo{option}\nCtrl-C ends it.")


def payment_curl(base_url: str, program: str, option: str) -> str:
    """A shell command that pays, by `program` (the tollgate command) with `option`. Each run pays anew."""
    return (
        f"curl {base_url}/v1/payments \\\n"
        f'  -H "Authorization: Bearer $({program} client token{option})" \\\n'
        '  -H "Idempotency-Key: order-$(date +%s)" \\\n'
        "  -H 'Content-Type: application/json' \\\n"
        '  -d \'{"amount": 4999, "currency": "USD", "payment_method": '
        f'{{"encrypted_card": "\'$({program} card encrypt{option})\'"}}}}\''
    )


def _program() -> str:
    return _short(Path(sys.executable).with_name("tollgate"))


def _state_option(state_dir: Path) -> str:
    return "" if state_dir == DEFAULT_STATE_DIR else f" --state-dir {_short(state_dir)}"


def _short(path: Path) -> str:
    """As it is typed in the current directory."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
