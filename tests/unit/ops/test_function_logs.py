"""What `tollgate logs` shows of the functions' log groups."""

import json
from pathlib import Path

import pytest

from onboarding import Stage
from ops.function_logs import Entry, entries, line
from tests.examples import NOW
from tests.unit.ops.conftest import Tollgate
from tollgate.adapters.clock import SystemClock

GROUP = "/aws/lambda/tollgate-local-payments"


def entry(text: str) -> Entry:
    return Entry(NOW, "tollgate-local-payments", "s", 0, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            json.dumps(
                {"level": "INFO", "location": "x:1", "message": "answered", "status": 201, "client_id": None}
            ),
            "INFO answered status=201",
        ),
        (json.dumps({"level": "ERROR", "message": "failed", "at": ["a:1 b"]}), 'ERROR failed at=["a:1 b"]'),
        ("Traceback", "Traceback"),
        ("17", "17"),
    ],
)
def test_an_entry_is_one_line_for_people(text: str, shown: str) -> None:
    words = line(entry(text))
    assert words is not None
    assert words.endswith(f"  tollgate-local-payments  {shown}")


@pytest.mark.parametrize("text", ["START RequestId: r", "REPORT RequestId: r", json.dumps({"_aws": {}})])
def test_the_platforms_own_lines_and_metrics_are_left_out(text: str) -> None:
    assert line(entry(text)) is None


def test_entries_come_in_their_order(stage: Stage) -> None:
    now = SystemClock().now()  # CloudWatch takes nothing that is older than two weeks
    stage.logs.create_log_group(logGroupName=GROUP)
    for stream, at in (("b", 1_000), ("a", 2_000)):
        stage.logs.create_log_stream(logGroupName=GROUP, logStreamName=stream)
        events = [{"timestamp": now - at + each, "message": f"{stream}{each}"} for each in (0, 1)]
        stage.logs.put_log_events(logGroupName=GROUP, logStreamName=stream, logEvents=events)
    assert [each.text for each in entries(stage, [GROUP], now - 10_000, follow=False)] == [
        "a0",
        "a1",
        "b0",
        "b1",
    ]


def test_an_unknown_function_is_answered_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "local.json").write_text(json.dumps({"functions": {"payments": "p", "worker": "w"}}))
    answer = Tollgate(tmp_path)("logs", "--function", "nothing")
    assert answer.exit_code == 1
    assert "There is no function nothing.\nThere are: payments, worker." in answer.stderr
