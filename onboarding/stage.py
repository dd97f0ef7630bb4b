"""A deployed stage, addressed by the names that the Pulumi program gives to its resources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore.client import BaseClient
from botocore.config import Config

from onboarding.failure import Failure
from onboarding.session import isolated_session
from onboarding.stack_files import stack_file

API_STAGE = "live"
LONGEST_FUNCTION = 310
"""Seconds: a little more than any function of the stage may take."""


@dataclass(frozen=True)
class Stage:
    """`name` is the Pulumi stack's name. `endpoint_url` is the emulator's, None for AWS. `domain`: the API's
    own, if it has one."""

    name: str
    region: str
    session: boto3.Session = field(repr=False)
    endpoint_url: str | None = None
    domain: str | None = None

    @classmethod
    def named(cls, stack: str, root: Path) -> "Stage":
        """The stage of `Pulumi.<stack>.yaml` in `root`, with the AWS credentials of the environment.

        Raises Failure when the settings don't exist or the credentials are another account's.
        """
        settings = _settings(stack, root)
        account, region = settings["tollgate:account_id"], settings["tollgate:region"]
        session = boto3.Session(region_name=region)
        actual = session.client("sts").get_caller_identity()["Account"]
        if actual != account:
            raise Failure(
                f"The AWS credentials are of account {actual}, but the stack '{stack}' lives in {account}.",
                f"Take credentials of account {account} (AWS_PROFILE, aws sso login) and run it again.",
            )
        domain = ((settings.get("tollgate:edge") or {}).get("domain") or {}).get("name")
        return cls(stack, region, session, domain=domain)

    @property
    def api_url(self) -> str:
        """Where the API answers, without a slash at the end. Raises Failure before the first deployment."""
        if self.domain:
            return f"https://{self.domain}"
        apis = self.apigateway.get_rest_apis(limit=500)["items"]
        found = next((api["id"] for api in apis if api["name"] == self.physical_name("api")), None)
        if found is None:
            raise Failure(f"The stack '{self.name}' has no API yet.", "Deploy it: `pulumi up`.")
        return f"https://{found}.execute-api.{self.region}.amazonaws.com/{API_STAGE}"

    @classmethod
    def local(cls, description: Mapping[str, Any]) -> "Stage":
        """The laptop's stage. Of `description` (`.tollgate/local.json`) it reads `region`,
        `aws_endpoint_url`, `aws_access_key_id` and `aws_secret_access_key`."""
        region = description["region"]
        keys = description["aws_access_key_id"], description["aws_secret_access_key"]
        return cls("local", region, isolated_session(*keys, region), description["aws_endpoint_url"])

    def physical_name(self, noun: str) -> str:
        """The name of a table, secret, key alias, usage plan or API key of this stage."""
        return f"tollgate-{self.name}-{noun}"

    def kms_key(self, noun: str) -> str:
        """The alias of a KMS key, usable as its id."""
        return f"alias/{self.physical_name(noun)}"

    @cached_property
    def dynamodb(self) -> BaseClient:
        return self._client("dynamodb")

    @cached_property
    def kms(self) -> BaseClient:
        return self._client("kms")

    @cached_property
    def secretsmanager(self) -> BaseClient:
        return self._client("secretsmanager")

    @cached_property
    def apigateway(self) -> BaseClient:
        return self._client("apigateway")

    @cached_property
    def iam(self) -> BaseClient:
        return self._client("iam")

    @cached_property
    def sqs(self) -> BaseClient:
        return self._client("sqs")

    @cached_property
    def versions(self) -> BaseClient:
        """Lambda's versions and aliases."""
        return self._client("lambda")

    @cached_property
    def logs(self) -> BaseClient:
        return self._client("logs")

    @cached_property
    def functions(self) -> BaseClient:
        """For calls that last as long as the function: they aren't sent twice."""
        config = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=LONGEST_FUNCTION)
        return self.session.client("lambda", endpoint_url=self.endpoint_url, config=config)

    def _client(self, product: str) -> BaseClient:
        config = Config(retries={"mode": "standard"}, connect_timeout=5, read_timeout=20)
        return self.session.client(product, endpoint_url=self.endpoint_url, config=config)


def _settings(stack: str, root: Path) -> dict[str, Any]:
    path = stack_file(stack, root)
    settings = (yaml.safe_load(path.read_text()) or {}).get("config") or {}
    for key in ("tollgate:account_id", "tollgate:region"):
        if not isinstance(settings.get(key), str):
            raise Failure(f"{path.name} lacks the text value {key}.", "Set it with `pulumi config set`.")
    return settings
