"""A release is taken back on the laptop's own Lambda: what callers invoke answers as it did before."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from local.provisioning.target import SECRET_ACCESS_KEY
from ops.command import app
from tests.integration.local.project import ACCOUNT, REGION, Laptop

ALIAS = "live"
FUNCTIONS = ("payments", "refunds")
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
    ],
}

pytestmark = pytest.mark.xdist_group("laptop-rollback")


def package(answer: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        source = f"def handler(event, context):\n    return {answer!r}\n"
        archive.writestr(zipfile.ZipInfo("functions.py"), source)
    return content.getvalue()


class Stage:
    """The functions, deployed as the Pulumi program does it: code, version, alias."""

    def __init__(self, laptop: Laptop, state_dir: Path) -> None:
        self.client = laptop.target.client("lambda")
        self._role = laptop.target.client("iam").create_role(
            RoleName="any", AssumeRolePolicyDocument=json.dumps(TRUST)
        )["Role"]["Arn"]
        self._environment = {"TOLLGATE_STATE_DIR": str(state_dir), "COLUMNS": "200"}
        description = {
            "region": REGION,
            "aws_endpoint_url": laptop.target.endpoint,
            "aws_access_key_id": ACCOUNT,
            "aws_secret_access_key": SECRET_ACCESS_KEY,
        }
        (state_dir / "local.json").write_text(json.dumps(description))

    def first_release(self, answer: str) -> None:
        for function in FUNCTIONS:
            self.client.create_function(
                FunctionName=f"tollgate-local-{function}",
                Runtime="python3.13",
                Handler="functions.handler",
                Role=self._role,
                Code={"ZipFile": package(answer)},
            )
            self.client.create_alias(
                FunctionName=f"tollgate-local-{function}", Name=ALIAS, FunctionVersion=self._publish(function)
            )

    def release(self, answer: str, functions: tuple[str, ...] = FUNCTIONS) -> None:
        for function in functions:
            name = f"tollgate-local-{function}"
            self.client.update_function_code(FunctionName=name, ZipFile=package(answer))
            version = self._publish(function)
            self.client.update_alias(FunctionName=name, Name=ALIAS, FunctionVersion=version, Description="")

    def _publish(self, function: str) -> str:
        return self.client.publish_version(FunctionName=f"tollgate-local-{function}")["Version"]

    def answers(self) -> list[str]:
        """What callers get of each function."""
        names = [f"tollgate-local-{function}" for function in FUNCTIONS]
        invoked = [self.client.invoke(FunctionName=name, Qualifier=ALIAS) for name in names]
        return [json.loads(each["Payload"].read()) for each in invoked]

    def rollback(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ("rollback", *arguments), env=self._environment)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    laptop = Laptop.at(tmp_path / "laptop")
    with laptop.running():
        yield Stage(laptop, tmp_path)


def test_a_bad_release_is_taken_back_and_no_deployment_undoes_it_in_silence(stage: Stage) -> None:
    stage.first_release("good")
    stage.release("bad")
    assert stage.answers() == ["bad", "bad"]
    assert stage.rollback("--check").exit_code == 0

    looked = stage.rollback()
    assert looked.exit_code == 0, looked.output
    digest = hashlib.sha256(package("good")).hexdigest()[:12]
    assert f"tollgate rollback --package {digest} --run --stack local" in looked.output
    assert stage.answers() == ["bad", "bad"]

    assert stage.rollback("--run").exit_code == 0
    assert stage.answers() == ["good", "good"]
    refused = stage.rollback("--check")
    assert refused.exit_code == 1
    assert "tollgate rollback --lift --stack local" in refused.stderr
    assert f"Every function runs package {digest}" in stage.rollback("--run").stdout

    assert "Deployments go on" in stage.rollback("--lift").stdout
    assert stage.rollback("--check").exit_code == 0
    stage.release("mended")
    assert stage.answers() == ["mended", "mended"]


def test_a_deployment_that_died_half_way_is_taken_back_to_the_package_that_is_named(stage: Stage) -> None:
    stage.first_release("good")
    stage.release("bad", functions=FUNCTIONS[:1])
    unclear = stage.rollback()
    assert unclear.exit_code == 1
    good = hashlib.sha256(package("good")).hexdigest()
    assert good in unclear.stderr
    assert stage.rollback("--package", good[:8], "--run").exit_code == 0
    assert stage.answers() == ["good", "good"]
