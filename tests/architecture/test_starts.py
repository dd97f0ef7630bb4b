"""What a function loads as it starts: each module is part of every cold start."""

import subprocess
import sys

import pytest

LOADED = """
import importlib, sys
importlib.import_module(f"tollgate.handlers.{sys.argv[1]}")
print(*sys.modules)
"""
NOWHERE = {"boto3", "s3transfer", "pydantic", "aws_xray_sdk", "requests"}
JWE = {"joserfc", "cryptography.x509"}


@pytest.mark.parametrize(
    ("function", "absent"),
    [
        ("payments", NOWHERE | JWE),
        ("worker", NOWHERE | JWE),
        ("authorizer", NOWHERE | {"joserfc"}),
        ("projector", NOWHERE | JWE),
    ],
)
def test_a_start_leaves_out_what_its_first_request_may_not_need(function: str, absent: set[str]) -> None:
    command = [sys.executable, "-c", LOADED, function]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert absent & set(loaded) == set()
