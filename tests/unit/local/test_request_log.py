"""What `make run` shows of requests and failures."""

import json
from pathlib import Path

import pytest

from local.emulator.request_log import RequestLog, complaints

AT = [
    "tollgate/handlers/dispatch.py:60 answered",
    "tollgate/operations/create_payment.py:60 create",
    "a/b.py:1 c",
]


def test_a_request_is_a_line_without_what_its_caller_chose(tmp_path: Path) -> None:
    log = RequestLog(tmp_path / "log")
    log.answered("GET", "/v1/payments/pay_34x4/refunds", 200, 0.0123)
    log.answered("GET", "/v1/tokens/4539858876047062", 404, 1)
    first, second = (line[10:] for line in (tmp_path / "log").read_text().splitlines())
    assert first == "200     12 ms  GET /v1/payments/…/refunds"
    assert second == "404   1000 ms  GET /v1/tokens/…"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            {"level": "ERROR", "message": "failed", "failure": "RuntimeError", "at": AT},
            "RuntimeError at runtime/tollgate/operations/create_payment.py:60 create",
        ),
        ({"level": "ERROR", "failure": "ConfigError", "reason": "X is missing"}, "ConfigError: X is missing"),
        ({"level": "WARNING", "message": "unauthorized", "reason": "expired"}, "unauthorized: expired"),
    ],
)
def test_a_failure_is_named_with_its_place(entry: dict[str, object], words: str) -> None:
    text = f"{json.dumps({'level': 'INFO', 'message': 'answered'})}\n{json.dumps(entry)}\n"
    assert list(complaints(text, failed=False)) == [words]


def test_a_function_that_failed_without_a_word_is_quoted() -> None:
    assert list(complaints("Traceback\n  File\nSyntaxError: invalid\n", failed=True)) == [
        "SyntaxError: invalid"
    ]
    assert list(complaints("", failed=True)) == []
    assert list(complaints("said\n17\n", failed=False)) == []
