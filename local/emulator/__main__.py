"""Run ministack with the extensions of this package. Started by `Emulator.start`, not by hand."""

from __future__ import annotations

import argparse
import importlib.metadata
import sys
from pathlib import Path

from ministack import app

from local.emulator import (
    authorizer_calls,
    authorizer_keys,
    binary_media_types,
    call_log,
    empty_secrets,
    environments,
    front,
    integration,
    lifetime,
    request_log,
    requests,
    saving,
    stream_failures,
    stream_state,
)

MINISTACK_VERSION = "1.5.33"
EXTENSIONS = (
    authorizer_calls,  # innermost: what the next one adds to an answer is added for every caller
    authorizer_keys,
    binary_media_types,
    empty_secrets,
    environments,
    requests,
    integration,  # around what `requests` makes of an answer
    stream_state,
    stream_failures,
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.emulator", description=__doc__)
    parser.add_argument("--front-port", type=int, required=True, help="port on which API paths are answered")
    parser.add_argument("--front-prefix", required=True, help="where ministack itself serves that API")
    parser.add_argument("--calls", type=Path, required=True, help="file for the functions' calls of AWS")
    parser.add_argument("--requests", type=Path, required=True, help="file for a line for each API request")
    arguments = parser.parse_args()
    installed = importlib.metadata.version("ministack")
    if installed != MINISTACK_VERSION:
        # Every extension touches private names of this very version.
        sys.exit(f"ministack {MINISTACK_VERSION} is needed, not {installed}: install requirements/local.txt")

    for extension in EXTENSIONS:
        extension.install()
    calls = call_log.install(arguments.calls)
    saving.install()
    log = request_log.RequestLog(arguments.requests)
    request_log.install(log)
    front.install(arguments.front_port, arguments.front_prefix, log)
    lifetime.stop_with_parent()
    sys.argv[1:] = []  # ministack parses the command line too
    app.main()
    calls.write()
    lifetime.end()


if __name__ == "__main__":
    main()
