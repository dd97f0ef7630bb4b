"""The calls that the AWS provider makes for a type of resource, and on what, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ANY = "*"


@dataclass(frozen=True)
class Calls:
    """Operations of an AWS service, by its IAM prefix; in each list they are separated by spaces.

    `resource`: see `bootstrap.calls.arns`; `*` for operations that know no narrower one. `read` shows how a
    resource is set up, never what it holds: it is allowed on all resources unless `reads_bound`, since most
    reads know no narrower one. `carrying`: IAM's condition keys that a call has, with their values.
    `given`: the input without which none of these calls is made.
    """

    service: str
    resource: str
    create: str = ""
    read: str = ""
    update: str = ""
    delete: str = ""
    carrying: Mapping[str, str] = field(default_factory=dict)
    given: str = ""
    reads_bound: bool = False

    def of(self, operation: str) -> list[str]:
        """IAM's actions of `create`, `read`, `update` or `delete`."""
        return [f"{self.service}:{name}" for name in getattr(self, operation).split()]


OPERATIONS = ("create", "read", "update", "delete")


def passing(role: str, service: str) -> Calls:
    """Handing a role of the stage, named by the input `role`, to an AWS service."""
    return Calls(
        "iam",
        f"{{{role}:arn:aws:iam::ACCOUNT:role/NAMED*}}",
        create="PassRole",
        update="PassRole",
        carrying={"iam:PassedToService": f"{service}.amazonaws.com"},
        given=role,
    )


def linked(service: str) -> Calls:
    """Having a service make its own role, once to an account, when it is first used."""
    return Calls(
        "iam",
        "arn:aws:iam::{account}:role/aws-service-role/*",
        create="CreateServiceLinkedRole",
        carrying={"iam:AWSServiceName": f"{service}.amazonaws.com"},
    )
