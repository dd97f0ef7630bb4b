import json
import subprocess
from pathlib import Path

from ops.commands.local import payment_curl


def test_the_shown_curl_sends_what_the_api_takes(tmp_path: Path) -> None:
    """A shell reads the command; a stand-in for curl tells what it was given."""
    for name, script in {"curl": 'printf "%s\\0" "$@"', "tollgate": 'printf "%s" "$1-$2$3$4"'}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o700)
    command = payment_curl("http://127.0.0.1:8080", str(tmp_path / "tollgate"), " --state-dir there")
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )
    url, *options = done.stdout.split("\0")[:-1]
    assert url == "http://127.0.0.1:8080/v1/payments"
    assert "Authorization: Bearer client-token--state-dirthere" in options
    body = json.loads(options[-1])
    assert body["payment_method"] == {"encrypted_card": "card-encrypt--state-dirthere"}
