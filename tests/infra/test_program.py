"""The program as a whole."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine import Graph, Node, Provider, RecordingBackend, Secret, up
from engine.errors import ProgramError
from tests.infra.graphs import FUNCTIONS, STACKS, Graphs
from tests.stacks import PROJECT

PROVIDER = "pulumi:providers:aws"
EXPORTS = {
    "account_id",
    "api_id",
    "api_url",
    "functions",
    "keys",
    "log_groups",
    "queues",
    "region",
    "secrets",
    "stage",
    "tables",
    "usage_plans",
}


class ForeignAccount(RecordingBackend):
    """A cloud whose credentials belong to another account than the stage."""

    def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
        return {**super().invoke(token, arguments, provider), "accountId": "999999999999"}


def test_credentials_of_another_account_are_refused(package: Path) -> None:
    with pytest.raises(ProgramError, match=r"belongs to account 222222222222.*belong to 999999999999"):
        up(
            PROJECT,
            "dev",
            preview=False,
            backend=ForeignAccount(),
            overrides={"tollgate:package": str(package)},
        )


def test_a_wrong_setting_stops_the_program_before_anything_is_made(package: Path) -> None:
    overrides = {"tollgate:package": str(package), "tollgate:durability": "eternal"}
    with pytest.raises(ProgramError, match=r"Pulumi\.dev\.yaml is not usable:\n  tollgate:durability: "):
        up(PROJECT, "dev", overrides=overrides)


def test_every_resource_uses_the_stages_own_provider(graph: Graph) -> None:
    (provider,) = graph.of_type(PROVIDER)
    assert provider.inputs["region"] == graph.exports["region"]
    for node in graph.nodes.values():
        if node.custom and node is not provider:
            assert node.provider.startswith(f"{provider.urn}::")


def test_every_resource_belongs_to_a_component(graph: Graph) -> None:
    components = {node.urn for node in graph.nodes.values() if node.type.startswith("tollgate:")}
    for node in graph.nodes.values():
        if node.custom and node.type != PROVIDER:
            parents = {node.parent, graph.nodes[node.parent].parent}
            assert parents & components


def test_only_copies_of_backups_and_what_is_global_are_in_another_region(graph: Graph) -> None:
    elsewhere = {
        (node.type, node.inputs["region"]) for node in graph.nodes.values() if "region" in node.inputs
    }
    elsewhere -= {(PROVIDER, graph.exports["region"])}
    assert elsewhere <= {
        ("aws:backup/vault:Vault", "eu-central-1"),
        ("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "eu-central-1"),
        ("aws:backup/vaultPolicy:VaultPolicy", "eu-central-1"),
        ("aws:cloudwatch/eventRule:EventRule", "us-east-1"),
        ("aws:cloudwatch/eventTarget:EventTarget", "us-east-1"),
        ("aws:cloudwatch/logDelivery:LogDelivery", "us-east-1"),
        ("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination", "us-east-1"),
        ("aws:cloudwatch/logDeliverySource:LogDeliverySource", "us-east-1"),
        ("aws:kms/alias:Alias", "eu-central-1"),
        ("aws:kms/key:Key", "eu-central-1"),
        ("aws:wafv2/webAcl:WebAcl", "us-east-1"),
        ("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "us-east-1"),
    }


@pytest.mark.parametrize("stack", STACKS)
def test_a_preview_shows_all_that_is_made(graphs: Graphs, stack: str) -> None:
    assert graphs(stack, preview=True).nodes.keys() == graphs(stack).nodes.keys()


def test_exports_are_what_the_command_and_the_laptop_rely_on(graph: Graph) -> None:
    exports = graph.exports
    assert exports.keys() - {"domain_target", "card_fields_url", "card_fields_target"} == EXPORTS
    assert exports["stage"] == "live"
    assert set(exports["functions"]) == set(FUNCTIONS)
    assert set(exports["tables"]) == {
        "payments",
        "vault",
        "clients",
        "sessions",
        "audits",
        "events",
        "webhooks",
    }
    assert set(exports["queues"]) == {"operations", "operations_dead"}
    assert set(exports["secrets"]) == {"card_keys", "processors"}
    assert set(exports["keys"]) == {"wrapping", "cursor", "signing"}
    assert len(exports["log_groups"]) == len(FUNCTIONS) + 3


def test_no_secret_value_enters_the_programs_state(graph: Graph) -> None:
    held = [value for node in graph.nodes.values() for value in node.inputs.values()]
    assert not [value for value in held if isinstance(value, Secret)]


def test_the_program_warns_of_nothing(graph: Graph) -> None:
    assert [line.message for line in graph.logs] == []


NAMES = ("name", "bucket", "policyName", "ruleName", "workgroup", "vaultName", "roleName")
# Named within another resource.
WITHIN = {
    "aws:appautoscaling/policy:Policy",
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:lambda/alias:Alias",
    "aws:route53/record:Record",
    "aws:s3/bucketObjectv2:BucketObjectv2",
}


def test_no_two_resources_of_a_kind_have_the_same_name(graph: Graph) -> None:
    named = Counter(
        (node.type, key, node.inputs[key], node.inputs.get("region"))
        for node in graph.nodes.values()
        for key in NAMES
        if key in node.inputs and node.type not in WITHIN and len(_names(node)) == 1
    )
    assert [name for name, count in named.items() if count > 1] == []


def _names(node: Node) -> list[str]:
    return [key for key in NAMES if key in node.inputs]
