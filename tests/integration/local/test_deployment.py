from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from engine import ResourceError
from local.deployment import StateLostError
from local.errors import LocalCloudError
from tests.integration.local.project import Laptop, write_extensions_project, write_project

QUEUE = 'aws.sqs.Queue("orders", name="orders", opts=options)\n'

pytestmark = pytest.mark.xdist_group("laptop-deployment")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    laptop = Laptop.at(tmp_path_factory.mktemp("laptop"))
    with laptop.running():
        yield laptop


@pytest.fixture
def laptop(shared: Laptop) -> Iterator[Laptop]:
    """A running emulator to which nothing has been deployed."""
    yield shared
    shared.state_file.unlink(missing_ok=True)
    requests.post(f"http://127.0.0.1:{shared.port}/_ministack/reset", timeout=30).raise_for_status()


def queue_names(laptop: Laptop) -> list[str]:
    urls = laptop.target.client("sqs").list_queues().get("QueueUrls", [])
    return [url.rpartition("/")[2] for url in urls]


def test_unchanged_program_is_not_run_again(laptop: Laptop, tmp_path: Path) -> None:
    root = write_project(tmp_path, QUEUE)
    assert laptop.deploy(root) == ["running the Pulumi program", "1 created"]
    assert laptop.deploy(root) == ["nothing changed since the last start"]


def test_unchanged_resource_is_left_alone(laptop: Laptop, tmp_path: Path) -> None:
    laptop.deploy(write_project(tmp_path, QUEUE))
    root = write_project(tmp_path, QUEUE + 'aws.sqs.Queue("more", name="more", opts=options)\n')
    assert laptop.deploy(root)[-1] == "1 created, 1 unchanged"
    assert queue_names(laptop) == ["orders", "more"]


def test_exports_survive_a_run_that_is_skipped(laptop: Laptop, tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
queue = aws.sqs.Queue("orders", name="orders", opts=options)
pulumi.export("url", queue.url)
""",
    )
    first = laptop.deployment(root).deploy(print)
    assert first == laptop.deployment(root).deploy(print)
    assert first["url"].endswith("/orders")


def test_changed_resource_without_an_updater_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    laptop.deploy(write_project(tmp_path, QUEUE))
    root = write_project(
        tmp_path, 'aws.sqs.Queue("orders", name="orders", visibility_timeout_seconds=5, opts=options)\n'
    )
    with pytest.raises(ResourceError, match=r"'orders': visibilityTimeoutSeconds changed.*make clean-local"):
        laptop.deploy(root)


def test_removed_resource_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    laptop.deploy(write_project(tmp_path, QUEUE))
    with pytest.raises(LocalCloudError, match=r"gone from the program.*orders.*make clean-local"):
        laptop.deploy(write_project(tmp_path, ""))


def test_what_was_made_before_a_failure_is_not_made_again(laptop: Laptop, tmp_path: Path) -> None:
    broken = (
        'queue.url.apply(lambda url: aws.sqs.Queue("more", name="more", delay_seconds=1, opts=options))\n'
    )
    with pytest.raises(ResourceError):
        laptop.deploy(write_project(tmp_path, f"queue = {QUEUE}{broken}"))
    assert laptop.deploy(write_project(tmp_path, QUEUE))[-1] == "1 unchanged"


LEFTOVERS = {
    "an input": ('aws.sqs.Queue("orders", name="orders", delay_seconds=1, opts=options)', "delaySeconds"),
    "an input of a nested block": (
        """
aws.dynamodb.Table(
    "orders", name="orders", hash_key="id", attributes=[{"name": "id", "type": "S"}],
    ttl={"attribute_name": "expires_at", "enabled": True},
    import_table={"input_format": "CSV", "s3_bucket_source": {"bucket": "b"}}, opts=options,
)
""",
        "importTable",
    ),
    "a member of an OpenAPI document": (
        """
body = {"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {
    "x-amazon-apigateway-integration": {"type": "mock", "cacheKeyParameters": []}}}}}
aws.apigateway.RestApi("api", name="api", body=json.dumps(body), opts=options)
""",
        "/a.get.x-amazon-apigateway-integration.cacheKeyParameters",
    ),
}


@pytest.mark.parametrize(("program", "leftover"), LEFTOVERS.values(), ids=LEFTOVERS.keys())
def test_what_is_not_understood_is_refused_before_anything_is_made(
    laptop: Laptop, tmp_path: Path, program: str, leftover: str
) -> None:
    with pytest.raises(ResourceError, match=f"not understood.*{leftover}"):
        laptop.deploy(write_project(tmp_path, program))
    assert queue_names(laptop) == []
    assert laptop.target.client("dynamodb").list_tables()["TableNames"] == []
    assert laptop.target.client("apigateway").get_rest_apis()["items"] == []


def test_type_that_is_neither_made_nor_recorded_is_refused(laptop: Laptop, tmp_path: Path) -> None:
    root = write_project(
        tmp_path, 'aws.ec2.KeyPair("operators", public_key="ssh-ed25519 AAAA", opts=options)\n'
    )
    with pytest.raises(
        ResourceError, match=r"aws:ec2/keyPair:KeyPair 'operators'.*neither makes nor records"
    ):
        laptop.deploy(root)


def test_recorded_type_is_named(laptop: Laptop, tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        'aws.apigateway.Account("gateway", cloudwatch_role_arn="arn:aws:iam::1:role/r", opts=options)\n',
    )
    told = laptop.deploy(root)[-1]
    assert "1 recorded only (`tollgate graph --stack local --not-emulated` lists them)" in told


def test_changed_code_environment_and_policy_take_effect(laptop: Laptop, tmp_path: Path) -> None:
    root = write_extensions_project(tmp_path)
    laptop.deploy(root)
    program, account = root / "infra" / "__main__.py", root / "infra" / "account.py"
    program.write_text(program.read_text().replace("timeout=20", "timeout=21"))
    account.write_text(account.read_text().replace('"logs:*"', '"logs:*", "kms:*"'))
    # The role's policy, five functions, and the alias of each.
    assert "11 updated" in laptop.deploy(root)[-1]
    live = laptop.target.client("lambda").get_function_configuration(FunctionName="echo", Qualifier="live")
    assert (live["Version"], live["Timeout"]) == ("2", 21)
    policy = laptop.target.client("iam").get_role_policy(RoleName="functions", PolicyName="all")
    assert "kms:*" in json.dumps(policy["PolicyDocument"])


def test_changed_api_replaces_routes_and_gateway_responses(laptop: Laptop, tmp_path: Path) -> None:
    root = write_extensions_project(tmp_path)
    laptop.deploy(root)
    program = root / "infra" / "__main__.py"
    text = program.read_text()
    text = text.replace('"/echo": "echo"', '"/v2/echo": "echo"').replace(
        '"statusCode": 413', '"statusCode": 414'
    )
    deployment = 'rest_api=api.id, triggers={"body": "2"}, opts'
    program.write_text(text.replace("rest_api=api.id, opts", deployment))
    laptop.deploy(root)
    too_large = b" " * (10 * 1024 * 1024 + 1)
    assert requests.post(laptop.url("/v2/echo"), timeout=30).status_code == 200
    assert requests.post(laptop.url("/echo"), timeout=30).status_code == 403
    assert requests.post(laptop.url("/v2/echo"), data=too_large, timeout=30).status_code == 414


def test_state_of_another_generation_is_noticed(laptop: Laptop, tmp_path: Path) -> None:
    root = write_project(tmp_path, QUEUE)
    laptop.deploy(root)
    laptop.deployment(root).check_state()
    state: dict[str, Any] = json.loads(laptop.state_file.read_text())
    laptop.state_file.write_text(json.dumps({**state, "generation": "of-a-later-start"}))
    with pytest.raises(StateLostError):
        laptop.deployment(root).check_state()


def test_state_file_is_for_its_owner_only(laptop: Laptop, tmp_path: Path) -> None:
    laptop.deploy(write_project(tmp_path, QUEUE))
    assert laptop.state_file.stat().st_mode & 0o777 == 0o600


def test_setting_of_the_stack_file_counts_as_a_change(laptop: Laptop, tmp_path: Path) -> None:
    root = write_project(tmp_path, 'pulumi.export("size", config.require_int("size"))\n', {"small:size": 1})
    assert laptop.deployment(root).deploy(print) == {"size": 1}
    file = root / "Pulumi.local.yaml"
    settings = yaml.safe_load(file.read_text())
    settings["config"]["small:size"] = 2
    file.write_text(yaml.safe_dump(settings))
    assert laptop.deployment(root).deploy(print) == {"size": 2}
