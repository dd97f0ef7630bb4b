"""What an account has, asked about resources whose creation nobody heard the end of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import boto3
import jmespath
from botocore.exceptions import ClientError

from ops.recovery.lookup import LOOKUPS, Lookup, Tagged
from ops.recovery.pending import Pending

KEY = "aws:kms/key:Key"
# How AWS's services begin or end their ways to say that something doesn't exist.
ABSENT = ("NotFound", "NoSuch", "NonExistent", "DoesNotExist", "404")


class Account(Protocol):
    """Raises botocore's errors for anything but a resource that doesn't exist."""

    def candidates(self, pending: Pending) -> list[str]:
        """The ids, as `pulumi import` takes them, of what may be this resource; those in the state left out.

        Raises KeyError for a type without a lookup.
        """
        ...


@dataclass(frozen=True)
class AwsAccount:
    """AWS itself. `account_id` has twelve digits; `stage` is what the tag `stage` says."""

    session: boto3.Session = field(repr=False)
    account_id: str
    stage: str

    def candidates(self, pending: Pending) -> list[str]:
        lookup = LOOKUPS[pending.type]
        region = str(pending.inputs.get("region") or self.session.region_name)
        try:
            found = (
                self._tagged(lookup, pending, region)
                if isinstance(lookup, Tagged)
                else self._named(lookup, pending, region)
            )
            return [identifier for identifier in found if identifier not in pending.known]
        except ClientError as error:
            if any(word in error.response["Error"]["Code"] for word in ABSENT):
                return []
            raise

    def _named(self, lookup: Lookup, pending: Pending, region: str) -> Iterator[str]:
        values = dict(pending.inputs) | {
            "account": self.account_id,
            "host": str(pending.inputs.get("url", "")).partition("://")[2],
        }
        client = self.session.client(lookup.service, region_name=region)
        answer = getattr(client, lookup.operation)(**_filled(lookup.parameters, values))
        if found := jmespath.search(_filled(lookup.found, values), answer):
            yield lookup.id.format_map(values | {"found": found})

    def _tagged(self, lookup: Tagged, pending: Pending, region: str) -> Iterator[str]:
        tags = {"application": "tollgate", "stage": self.stage, **(pending.inputs.get("tags") or {})}
        client = self.session.client("resourcegroupstaggingapi", region_name=region)
        filters = [{"Key": tag, "Values": [tags[tag]]} for tag in lookup.tags]
        for page in client.get_paginator("get_resources").paginate(
            TagFilters=filters, ResourceTypeFilters=[lookup.kind]
        ):
            for each in page["ResourceTagMappingList"]:
                identifier = each["ResourceARN"].rpartition("/")[2]
                if pending.type != KEY or self._is_key(identifier, pending, region):
                    yield identifier

    def _is_key(self, identifier: str, pending: Pending, region: str) -> bool:
        """All keys of a stage have the same tags. A key that is to be deleted isn't taken up again."""
        key = self.session.client("kms", region_name=region).describe_key(KeyId=identifier)["KeyMetadata"]
        return (
            key["Description"] == pending.inputs.get("description") and key["KeyState"] != "PendingDeletion"
        )


def _filled(template: Any, values: Mapping[str, Any]) -> Any:
    """The template with its `{names}` replaced, at any depth."""
    if isinstance(template, str):
        return template.format_map(values)
    if isinstance(template, dict):
        return {key: _filled(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(each, values) for each in template]
    return template
