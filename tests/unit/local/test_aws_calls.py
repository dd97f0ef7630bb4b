"""The log of the functions' calls: what it keeps, and that it says when it may lack something."""

from pathlib import Path

import pytest

from local import aws_calls
from local.aws_calls import AwsCall, CallLog, FullLogError, read_calls

READ = AwsCall("tollgate-local-audits", "dynamodb:GetItem", "arn:table", (), allowed=True)
OPEN = AwsCall(
    "tollgate-local-tokens", "kms:Decrypt", "arn:key", ("kms:EncryptionContext:merchant",), allowed=False
)


def test_calls_are_counted_by_kind(tmp_path: Path) -> None:
    log = CallLog(tmp_path / "calls")
    for call in (READ, OPEN, READ):
        log.record(call)
    log.write()
    assert read_calls(tmp_path / "calls") == {READ: 2, OPEN: 1}


def test_a_new_call_is_in_the_file_at_once(tmp_path: Path) -> None:
    CallLog(tmp_path / "calls").record(OPEN)
    assert list(read_calls(tmp_path / "calls")) == [OPEN]


def test_a_log_starts_empty(tmp_path: Path) -> None:
    CallLog(tmp_path / "calls").record(READ)
    CallLog(tmp_path / "calls")
    assert read_calls(tmp_path / "calls") == {}


def test_a_full_log_takes_no_new_call_and_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aws_calls, "LIMIT", 1)
    log = CallLog(tmp_path / "calls")
    for call in (READ, OPEN):
        log.record(call)
    assert len((tmp_path / "calls").read_text().splitlines()) == 1
    with pytest.raises(FullLogError, match="calls"):
        read_calls(tmp_path / "calls")
