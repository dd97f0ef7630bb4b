"""Clients that the usual generators make of the contract: each makes, reads, captures and refunds a payment,
and reads an error."""

import subprocess
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.clients.conftest import CONTRACT, run

Pay = Callable[..., dict[str, Any]]


@pytest.fixture
def check(local: Mapping[str, Any]) -> Callable[[dict[str, Any]], None]:
    """That a client has seen what happened, and that it has happened."""

    def checked(seen: dict[str, Any]) -> None:
        transactions = requests.get(
            f"{local['simulator_url']}/_simulator/transactions",
            headers={"x-api-key": local["simulator_api_key"]},
            timeout=40,
        ).json()["data"]
        ours = [(each["kind"], each["amount"]) for each in transactions if each["order_id"] == seen["id"]]
        assert ("authorization", 4999) in ours
        assert ("capture", 4999) in ours
        assert sum(amount for _, amount in ours) == 4999 + 4999 + 1500
        assert datetime.fromisoformat(seen["created_at"]).tzinfo
        assert {**seen, "id": None, "created_at": None} == {
            "id": None,
            "made": "authorized",
            "read": "authorized",
            "created_at": None,
            "captured": 4999,
            "refund": "succeeded",
            "problem": "amount_exceeds_refundable",
        }

    return checked


Check = Callable[[dict[str, Any]], None]


@pytest.mark.toolchain
def test_a_client_by_openapi_python_client_pays(workshop: Path, python: Path, pay: Pay, check: Check) -> None:
    generator = python.with_name("openapi-python-client")
    settings = workshop / "python" / "openapi_python_client.yaml"
    options = ("--output-path", workshop / "tollgate_client", "--meta", "none", "--config", settings)
    run(generator, "generate", "--path", CONTRACT, *options)
    program = workshop / "python" / "with_openapi_python_client.py"
    check(pay(python, program, PYTHONPATH=str(workshop)))


@pytest.mark.toolchain("java", "mvn")
def test_a_python_client_by_openapi_generator_pays(
    workshop: Path, maven: Path, python: Path, pay: Pay, check: Check
) -> None:
    program = workshop / "python" / "with_openapi_generator.py"
    check(pay(python, program, PYTHONPATH=str(maven / "python")))


@pytest.mark.toolchain("java", "mvn")
def test_a_java_client_by_openapi_generator_pays(workshop: Path, maven: Path, pay: Pay, check: Check) -> None:
    check(pay("mvn", "--batch-mode", "--quiet", "exec:java", cwd=maven.parent))


@pytest.mark.toolchain("java", "mvn", "ruby")
def test_a_ruby_client_by_openapi_generator_pays(maven: Path, workshop: Path, pay: Pay, check: Check) -> None:
    # A gem is no command, so the marker can't ask for it. `.ci/run` installs it.
    if subprocess.run(["ruby", "-e", "require 'typhoeus'"], capture_output=True, check=False).returncode:
        pytest.skip("without ruby-typhoeus, which the generated client needs")
    program = workshop / "ruby" / "with_openapi_generator.rb"
    check(pay("ruby", f"-I{maven / 'ruby' / 'lib'}", program))


@pytest.mark.toolchain("java", "mvn", "npm", "node")
def test_a_typescript_client_by_openapi_generator_pays(
    maven: Path, node: Path, pay: Pay, check: Check
) -> None:
    (maven / "typescript").rename(node / "made" / "generator")
    check(pay("npm", "run", "--silent", "pay", "with_openapi_generator", cwd=node))


@pytest.mark.toolchain("npm", "node")
def test_a_client_by_openapi_typescript_and_openapi_fetch_pays(node: Path, pay: Pay, check: Check) -> None:
    run("npx", "openapi-typescript", CONTRACT, "-o", "made/schema.d.ts", cwd=node)
    check(pay("npm", "run", "--silent", "pay", "with_openapi_typescript", cwd=node))


@pytest.mark.toolchain("npm", "node")
def test_a_client_by_hey_api_pays(node: Path, pay: Pay, check: Check) -> None:
    run("npx", "openapi-ts", "-i", CONTRACT, "-o", "made/hey", "-c", "@hey-api/client-fetch", cwd=node)
    check(pay("npm", "run", "--silent", "pay", "with_hey_api", cwd=node))
