"""Resources by the names that the program gives them, whatever their ARNs are in an account."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from engine import Graph

KINDS = {
    "aws:cloudwatch/logGroup:LogGroup": "log-group",
    "aws:dynamodb/table:Table": "table",
    "aws:ec2/securityGroup:SecurityGroup": "security-group",
    "aws:ec2/subnet:Subnet": "subnet",
    "aws:iam/role:Role": "role",
    "aws:kms/key:Key": "key",
    "aws:lambda/function:Function": "function",
    "aws:secretsmanager/secret:Secret": "secret",
    "aws:sqs/queue:Queue": "queue",
}
# Of these a stage has several, and how many is a setting: what is true of one is true of all.
SEVERAL = ("key/signing", "secret/processor", "security-group/", "subnet/")


class Names:
    """`table/payments`, `table/payments/index/listing`, `key/wrapping`, … by ARN, and ARNs by such names."""

    def __init__(self, arns: Iterable[tuple[str, str, str]]) -> None:
        """`arns`: of each resource Pulumi's type, its name in the program, and its ARN."""
        self._names = {arn: f"{KINDS[kind]}/{name}" for kind, name, arn in arns if kind in KINDS}
        self._arns = {name: arn for arn, name in self._names.items()}

    @classmethod
    def of_graph(cls, graph: Graph) -> Names:
        """With the ARNs that the graph makes up."""
        return cls(
            (node.type, node.name, node.outputs["arn"]) for kind in KINDS for node in graph.of_type(kind)
        )

    @classmethod
    def of_laptop(cls, state_dir: Path) -> Names:
        """With the ARNs that things have in the laptop cloud."""
        state = json.loads((state_dir / "deployment.json").read_text(encoding="utf-8"))
        resources = (
            (urn.split("::"), made["outputs"].get("arn")) for urn, made in state["resources"].items()
        )
        return cls((urn[2].rpartition("$")[2], urn[3], arn) for urn, arn in resources if arn)

    def of(self, arn: str) -> str:
        """The resource's name, with what lies within it; without a resource of ours, what the ARN says."""
        whole = arn
        while whole and whole not in self._names:
            whole = whole[: max(whole.rfind("/"), whole.rfind(":"), 0)]
        if not whole:
            return arn.split(":", 5)[-1]
        within = re.sub(r"^/stream/.*", "/stream", arn[len(whole) :].replace(":", "/"))
        return self._names[whole] + within

    def arn(self, name: str) -> str:
        """The ARN of a resource itself, by its name."""
        return self._arns[name]

    def having(self, resource: str) -> list[str]:
        """The names that `group_of` groups under `resource`."""
        return sorted(name for name in self._arns if group_of(name) == resource)


def group_of(name: str) -> str:
    """The name under which a resource is measured: `key/signing-*` for each of the signing keys."""
    for several in SEVERAL:
        if name.startswith(several):
            return several + ("*" if several.endswith("/") else "-*")
    return name
