"""One test per gap of ministack that the emulator closes."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from local.emulator.environments import MOST_PER_FUNCTION
from tests.integration.local.project import API_ID, Laptop, eventually, write_extensions_project
from tests.together import together

BURST = 64

pytestmark = pytest.mark.xdist_group("laptop-emulator")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    root = write_extensions_project(tmp_path_factory.mktemp("project"))
    laptop = Laptop.at(tmp_path_factory.mktemp("laptop"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_PROFILE", "of-the-developer")
        patch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        with laptop.running():
            laptop.deploy(root)
            yield laptop


def post(laptop: Laptop, path: str, **arguments: Any) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.post(laptop.url(path), timeout=30, **arguments)


def add_caller(laptop: Laptop, key: str, plan: str) -> dict[str, str]:
    """The headers of a caller whose usage plan is `plan`."""
    gateway = laptop.target.client("apigateway")
    plans = {item["name"]: item["id"] for item in gateway.get_usage_plans()["items"]}
    key_id = gateway.create_api_key(name=key, value=key, enabled=True)["id"]
    gateway.create_usage_plan_key(usagePlanId=plans[plan], keyId=key_id, keyType="API_KEY")
    return {"Authorization": f"Bearer {key}"}


def test_api_answers_at_the_root_of_its_own_port(laptop: Laptop) -> None:
    assert post(laptop, "/echo").status_code == 200


def test_caller_cannot_choose_the_address_that_functions_see(laptop: Laptop) -> None:
    response = post(laptop, "/echo", headers={"X-Forwarded-For": "203.0.113.9"})
    assert response.json()["address"] == "127.0.0.1"


def test_functions_see_every_line_of_a_header(laptop: Laptop) -> None:
    lines = http.client.HTTPConnection("127.0.0.1", laptop.front_port, timeout=30)
    lines.putrequest("POST", "/echo")
    for value in ("respond-async", "wait=10"):
        lines.putheader("Prefer", value)
    lines.putheader("Content-Length", "0")
    lines.endheaders()
    seen = json.load(lines.getresponse())
    lines.close()
    assert seen["lines"]["prefer"] == ["respond-async", "wait=10"]
    assert seen["headers"]["prefer"] == "wait=10"


def test_functions_see_the_path_as_the_caller_does(laptop: Laptop) -> None:
    assert post(laptop, "/echo").json()["path"] == "/echo"


def test_a_functions_challenge_is_renamed(laptop: Laptop) -> None:
    headers = post(laptop, "/echo").headers
    assert headers["x-amzn-Remapped-WWW-Authenticate"] == "Bearer"
    assert "WWW-Authenticate" not in headers


def test_media_types_are_made_binary_and_text_again_one_by_one(laptop: Laptop) -> None:
    gateway = laptop.target.client("apigateway")

    def patched(op: str, *media_types: str) -> list[str]:
        paths = [f"/binaryMediaTypes/{each.replace('/', '~1')}" for each in media_types]
        patches = [{"op": op, "path": path} for path in paths]
        return gateway.update_rest_api(restApiId=API_ID, patchOperations=patches).get("binaryMediaTypes", [])

    def arrives_as_bytes() -> bool:
        answer = post(laptop, "/echo", data=b"\xff", headers={"Content-Type": "image/png"})
        return answer.json()["as_bytes"]

    assert patched("add", "image/png", "text/csv") == ["image/png", "text/csv"]
    assert arrives_as_bytes()
    assert patched("remove", "image/png") == ["text/csv"]
    assert not arrives_as_bytes()
    patched("remove", "text/csv")


def test_functions_see_nothing_of_the_developers_environment(laptop: Laptop) -> None:
    environment = post(laptop, "/echo").json()["environment"]
    assert "AWS_REGION" in environment
    assert not {"AWS_PROFILE", "HTTP_PROXY"} & set(environment)


def test_authorizer_chooses_the_usage_plan(laptop: Laptop) -> None:
    narrow = add_caller(laptop, "k" * 20, "narrow")
    statuses = [post(laptop, "/guarded", headers=narrow).status_code for _ in range(3)]
    assert statuses == [200, 429, 429]


def test_callers_own_api_key_does_not_choose_the_usage_plan(laptop: Laptop) -> None:
    add_caller(laptop, "w" * 20, "wide")
    narrow = add_caller(laptop, "n" * 20, "narrow")
    headers = {**narrow, "x-api-key": "w" * 20}
    assert [post(laptop, "/guarded", headers=headers).status_code for _ in range(2)] == [200, 429]


def test_caller_without_a_plan_is_refused(laptop: Laptop) -> None:
    response = post(laptop, "/guarded", headers={"Authorization": "Bearer unknown-to-every-plan"})
    assert response.status_code == 403


def test_usage_key_is_hidden_from_the_function(laptop: Laptop) -> None:
    seen = post(laptop, "/guarded", headers=add_caller(laptop, "h" * 20, "wide")).json()
    assert "x-api-key" not in seen["headers"]
    assert "h" * 20 not in str(seen["authorizer"])


def test_failed_function_is_answered_by_the_gateway_response(laptop: Laptop) -> None:
    response = post(laptop, "/crash", data="now")
    assert response.status_code >= 500
    assert response.json() == {"code": "DEFAULT_5XX"}


def test_integration_timeout_is_answered_by_its_gateway_response(laptop: Laptop) -> None:
    response = post(laptop, "/slow")
    assert (response.status_code, response.json()) == (504, {"code": "INTEGRATION_TIMEOUT"})


def test_body_over_ten_megabytes_is_refused(laptop: Laptop) -> None:
    response = post(laptop, "/echo", data=b" " * (10 * 1024 * 1024 + 1))
    assert (response.status_code, response.json()) == (413, {"code": "REQUEST_TOO_LARGE"})


def test_function_that_raises_keeps_its_process(laptop: Laptop) -> None:
    before = post(laptop, "/crash").json()
    assert post(laptop, "/crash", data="now").status_code >= 500
    assert post(laptop, "/crash").json() == before


def test_burst_with_a_fresh_token_asks_the_authorizer_once(laptop: Laptop) -> None:
    token = add_caller(laptop, "b" * 20, "wide")
    answers = together([partial(post, laptop, "/guarded", headers=token)] * BURST)
    assert {answer.status_code for answer in answers} == {200}
    dynamodb = laptop.target.client("dynamodb")
    key = {"id": {"S": token["Authorization"]}}
    assert dynamodb.get_item(TableName="copies", Key=key)["Item"]["deliveries"] == {"N": "1"}


def test_burst_is_answered_by_a_bounded_number_of_processes(laptop: Laptop) -> None:
    answers = together([partial(post, laptop, "/echo")] * BURST)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["process"] for answer in answers}) <= MOST_PER_FUNCTION


def test_stream_record_that_a_consumer_reports_failed_is_delivered_again(laptop: Laptop) -> None:
    dynamodb = laptop.target.client("dynamodb")
    item = {"id": {"S": "first"}, "fails_first": {"BOOL": True}}
    dynamodb.put_item(TableName="source", Item=item)

    def delivered_twice() -> bool:
        copy = dynamodb.get_item(TableName="copies", Key={"id": {"S": "first"}}).get("Item", {})
        return copy.get("deliveries", {}).get("N") == "2"

    assert eventually(delivered_twice)


def test_secret_without_a_value_is_not_found(laptop: Laptop) -> None:
    manager = laptop.target.client("secretsmanager")
    with pytest.raises(manager.exceptions.ResourceNotFoundException):
        manager.get_secret_value(SecretId="empty")
    manager.put_secret_value(SecretId="empty", SecretString="now there")
    assert manager.get_secret_value(SecretId="empty")["SecretString"] == "now there"


PARENT = """
import sys, threading
from pathlib import Path
from local.emulator import Emulator, EmulatorSettings

port, front_port = map(int, sys.argv[2:])
emulator = Emulator.spawn(
    EmulatorSettings(Path(sys.argv[1]), port, front_port, "a1b2c3d4", "live", "111111111111", "eu-west-1")
)
emulator.wait_until_ready()
print(emulator.pid, flush=True)
threading.Event().wait()
"""


def test_emulator_saves_its_state_and_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    laptop = Laptop.at(tmp_path)
    arguments = [str(laptop.directory), str(laptop.port), str(laptop.front_port)]
    parent = subprocess.Popen([sys.executable, "-c", PARENT, *arguments], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    with parent.stdout:
        emulator = int(parent.stdout.readline())
    laptop.target.client("sqs").create_queue(QueueName="kept")
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    eventually(lambda: not is_running(emulator))
    with laptop.running():
        queues = laptop.target.client("sqs").list_queues()["QueueUrls"]
    assert [url.rpartition("/")[2] for url in queues] == ["kept"]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").exists() else True
