from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine import (
    Applied,
    ConfigurationError,
    ProgramError,
    Provider,
    RecordingBackend,
    Resource,
    ResourceError,
    Secret,
    Unknown,
    up,
)
from tests.integration.local.project import ACCOUNT, REGION, write_project

QUEUE = "aws:sqs/queue:Queue"


def test_preview_registers_resources_but_knows_no_computed_output(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
queue = aws.sqs.Queue("orders", name="orders", opts=options)
pulumi.export("name", queue.name)
pulumi.export("arn", queue.arn)
""",
    )
    graph = up(root, "local")
    assert graph.one(QUEUE, "orders").inputs == {"name": "orders"}
    assert graph.exports == {"name": "orders", "arn": Unknown}


def test_recorded_run_leaves_nothing_unknown(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
queue = aws.sqs.Queue("orders", name="orders", opts=options)
pulumi.export("arn", queue.arn)
pulumi.export("id", queue.id)
""",
    )
    graph = up(root, "local", preview=False)
    assert graph.exports == {
        "arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:orders",
        "id": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/orders",
    }


def test_graph_tells_parents_dependencies_and_protection(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
class Orders(pulumi.ComponentResource):
    def __init__(self):
        super().__init__("small:orders:Orders", "orders", None, pulumi.ResourceOptions(providers=[provider]))
        self.dead = aws.sqs.Queue("dead", opts=pulumi.ResourceOptions(parent=self, protect=True))
        policy = self.dead.arn.apply(lambda arn: json.dumps({"deadLetterTargetArn": arn}))
        self.live = aws.sqs.Queue("live", redrive_policy=policy, opts=pulumi.ResourceOptions(parent=self))
        self.register_outputs({})

Orders()
""",
    )
    graph = up(root, "local", preview=False)
    orders = graph.one("small:orders:Orders", "orders")
    dead, live = graph.one(QUEUE, "dead"), graph.one(QUEUE, "live")
    assert dead.urn == "urn:pulumi:local::small::small:orders:Orders$aws:sqs/queue:Queue::dead"
    assert graph.children(orders.urn) == [dead, live]
    assert live.property_dependencies["redrivePolicy"] == (dead.urn,)
    assert (dead.protect, live.protect) == (True, False)


def test_secrets_stay_secret_in_inputs_outputs_and_exports(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
queue = aws.sqs.Queue("orders", policy=pulumi.Output.secret("hidden"), opts=options)
pulumi.export("policy", queue.policy)
""",
    )
    graph = up(root, "local", preview=False)
    assert graph.one(QUEUE, "orders").inputs["policy"] == Secret("hidden")
    assert graph.one(QUEUE, "orders").outputs["policy"] == Secret("hidden")
    assert graph.exports["policy"] == Secret("hidden")
    assert "hidden" not in repr(graph.nodes)


def test_backend_receives_known_and_open_values(tmp_path: Path) -> None:
    class Remembering(RecordingBackend):
        def __init__(self) -> None:
            self.seen: list[Resource] = []

        def apply(self, resource: Resource) -> Applied:
            self.seen.append(resource)
            return super().apply(resource)

    root = write_project(
        tmp_path, 'aws.sqs.Queue("orders", name=pulumi.Output.secret("hidden"), opts=options)\n'
    )
    backend = Remembering()
    up(root, "local", preview=False, backend=backend)
    assert [resource.inputs for resource in backend.seen] == [{"name": "hidden"}]
    assert backend.seen[0].provider == Provider(REGION, ACCOUNT)


def test_overrides_win_over_the_stack_file(tmp_path: Path) -> None:
    root = write_project(tmp_path, 'pulumi.export("port", config.require_int("port"))\n', {"small:port": 1})
    assert up(root, "local").exports == {"port": 1}
    assert up(root, "local", overrides={"small:port": "2"}).exports == {"port": 2}


def test_each_run_imports_the_programs_modules_anew(tmp_path: Path) -> None:
    root = write_project(tmp_path, 'import limits\npulumi.export("limit", limits.LIMIT)\n')
    limits = root / "infra" / "limits.py"
    limits.write_text("LIMIT = 1\n")
    assert up(root, "local").exports == {"limit": 1}
    limits.write_text("LIMIT = 'another'\n")
    assert up(root, "local").exports == {"limit": "another"}


def test_program_reads_the_account_of_its_provider(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
caller = aws.get_caller_identity(opts=pulumi.InvokeOptions(provider=provider))
pulumi.export("account", caller.account_id)
""",
    )
    assert up(root, "local").exports == {"account": ACCOUNT}


@pytest.mark.parametrize("preview", [True, False])
def test_program_error_has_the_programs_own_words(tmp_path: Path, preview: bool) -> None:
    root = write_project(tmp_path, 'raise pulumi.RunError("small:port: missing")\n')
    with pytest.raises(ProgramError, match=r"^small:port: missing$"):
        up(root, "local", preview=preview)


def test_error_of_python_itself_names_kind_and_place(tmp_path: Path) -> None:
    root = write_project(tmp_path, '{}["port"]\n')
    with pytest.raises(ProgramError, match=r"KeyError: 'port' \(__main__.py, line \d+\)"):
        up(root, "local")


def test_exception_in_an_apply_fails_the_run(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
queue = aws.sqs.Queue("orders", opts=options)
pulumi.export("arn", queue.arn.apply(lambda arn: 1 / 0))
""",
    )
    with pytest.raises(ProgramError, match="ZeroDivisionError"):
        up(root, "local", preview=False)


REFUSED = {
    "a URN used twice": (
        'aws.sqs.Queue("orders", opts=options)\naws.sqs.Queue("orders", opts=options)\n',
        "duplicate resource URN",
    ),
    "the default provider": ('aws.sqs.Queue("orders")\n', "default provider of 'aws' is disabled"),
    "a data source that nobody answers": (
        "aws.get_availability_zones(opts=pulumi.InvokeOptions(provider=provider))\n",
        "isn't answered without a cloud",
    ),
}


@pytest.mark.parametrize(("program", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_refuses(tmp_path: Path, program: str, reason: str) -> None:
    with pytest.raises(ResourceError, match=reason):
        up(write_project(tmp_path, program), "local")


def test_refuses_an_output_formatted_into_a_string(tmp_path: Path) -> None:
    root = write_project(
        tmp_path,
        """
queue = aws.sqs.Queue("orders", opts=options)
aws.sqs.Queue("more", name=f"after-{queue.name}", opts=options)
""",
    )
    with pytest.raises(ProgramError, match="__str__ on an Output"):
        up(root, "local")


def test_backend_failure_names_the_resource(tmp_path: Path) -> None:
    class Failing(RecordingBackend):
        def apply(self, resource: Resource) -> Applied:
            raise ValueError("no room")

        def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
            raise AssertionError(token)

    root = write_project(tmp_path, 'aws.sqs.Queue("orders", opts=options)\n')
    with pytest.raises(ResourceError, match=f"{QUEUE} 'orders': no room"):
        up(root, "local", preview=False, backend=Failing())


def test_missing_stack_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"Pulumi\.prod\.yaml not found"):
        up(write_project(tmp_path, ""), "prod")


def test_encrypted_value_needs_an_override(tmp_path: Path) -> None:
    root = write_project(
        tmp_path, 'pulumi.export("key", config.require("key"))\n', {"small:key": {"secure": "v1:abc"}}
    )
    with pytest.raises(ConfigurationError, match="small:key is encrypted"):
        up(root, "local")
    assert up(root, "local", overrides={"small:key": "open"}).exports == {"key": "open"}


def test_structured_configuration_arrives_as_json(tmp_path: Path) -> None:
    plans = {"standard": {"rate": 5}}
    root = write_project(
        tmp_path, 'pulumi.export("plans", config.require_object("plans"))\n', {"small:plans": plans}
    )
    assert up(root, "local").exports == {"plans": json.loads(json.dumps(plans))}
