"""`python -m local.simulator`: the processor simulator alone."""

import argparse
import secrets
import signal
import threading
from pathlib import Path

from local.simulator import start


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m local.simulator",
        description="A stateful stand-in for the payment processor Payroc, for development and tests.",
    )
    parser.add_argument(
        "--port", type=int, default=8090, help="port on 127.0.0.1; 0 takes a free one (default: 8090)"
    )
    parser.add_argument("--api-key", help="the key that clients send to /authorize (default: a new one)")
    parser.add_argument(
        "--state",
        type=Path,
        default=Path(".tollgate/simulator.jsonl"),
        help="file that keeps the books between runs (default: %(default)s)",
    )
    options = parser.parse_args()
    api_key = options.api_key or secrets.token_urlsafe(24)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        simulator = start(options.port, api_key, options.state)
    except (OSError, ValueError) as error:
        parser.exit(1, f"The simulator can't start: {error}\n")
    print(f"API       {simulator.url}/v1\nidentity  {simulator.url}\nAPI key   {api_key}", flush=True)
    stop.wait()
    simulator.stop()


if __name__ == "__main__":
    main()
