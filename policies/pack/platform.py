"""Where and by whom the stack is deployed."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .aws import PROVIDER
from .declaring import CRITICAL, EVERY_AWS_RESOURCE, HIGH, MEDIUM, Resource, Violations, policy, words

PULUMI = "https://www.pulumi.com/docs/iac/concepts/resources/providers/"
CREDENTIALS = {
    "an access key of AWS": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a live key of a payment provider": re.compile(r"\b[sr]k_live_[0-9A-Za-z]{16,}"),
}
PLAIN_TEXT = {
    "aws:secretsmanager/secretVersion:SecretVersion": ("secretString", "secretBinary"),
    "aws:ssm/parameter:Parameter": ("value", "insecureValue"),
}


@policy(
    on=(PROVIDER, EVERY_AWS_RESOURCE),
    severity=HIGH,
    pci=["12.5.2"],
    remedy="Deploy to a region that is in scope, or add it to `regions` in `policies/config/<stack>.json`.",
    url="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
    settings={
        "regions": words(["eu-west-1", "eu-central-1"], "Regions where data may be."),
        "anywhere": words(
            [
                "aws:cloudwatch/eventRule:EventRule",
                "aws:cloudwatch/eventTarget:EventTarget",
                "aws:cloudwatch/logDelivery:LogDelivery",
                "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
                "aws:cloudwatch/logDeliverySource:LogDeliverySource",
                "aws:wafv2/webAcl:WebAcl",
                "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            ],
            "Types without data: what has no Region (IAM, CloudFront) is told and set up in us-east-1 only.",
        ),
    },
)
def region_is_allowed(resource: Resource, regions: list[str], anywhere: list[str]) -> Violations:
    """Everything is in a region where it may be."""
    region = resource.props.get("region")
    if region and region not in regions and resource.resource_type not in anywhere:
        yield f"{region} isn't among the allowed regions"


@policy(
    on=PROVIDER,
    severity=HIGH,
    pci=["6.5.3"],
    remedy="Set `allowed_account_ids` to the stack's account.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/provider/",
)
def provider_names_its_account(provider: Resource) -> Violations:
    """A stack can be deployed to one account only, whatever credentials are at hand."""
    accounts = provider.props.get("allowedAccountIds")
    listed = json.loads(accounts) if isinstance(accounts, str) else list(accounts or ())
    if len(listed) != 1:
        yield f"it may deploy to {len(listed) or 'any number of'} accounts"


@policy(
    on=EVERY_AWS_RESOURCE,
    severity=MEDIUM,
    pci=["6.5.3"],
    remedy="Pass `provider`, and set `pulumi:disable-default-providers`.",
    url=f"{PULUMI}#disabling-default-providers",
)
def no_default_provider(resource: Resource) -> Violations:
    """Every resource names its provider: the default one takes whatever account the environment has."""
    if resource.provider is None or resource.provider.name.startswith("default"):
        yield "it uses the default provider"


@policy(
    on=tuple(PLAIN_TEXT),
    severity=CRITICAL,
    pci=["8.6.2", "3.6.1.2"],
    remedy="Declare the container only, and put the value with a tool that doesn't keep it.",
    url="https://www.pulumi.com/docs/iac/concepts/secrets/",
)
def no_secret_in_state(resource: Resource) -> Violations:
    """No secret's value passes through the program: its state would be one more place to guard."""
    parameter = resource.resource_type == "aws:ssm/parameter:Parameter"
    if parameter and resource.props.get("type") != "SecureString":
        return
    for key in PLAIN_TEXT[resource.resource_type]:
        if resource.props.get(key):
            yield f"{key} is in the state"


@policy(
    on=(PROVIDER, EVERY_AWS_RESOURCE),
    severity=CRITICAL,
    pci=["8.6.2"],
    remedy="Take the value out of the program, and revoke it: it has been written down.",
    url="https://www.pulumi.com/docs/iac/concepts/secrets/",
)
def no_credentials_in_inputs(resource: Resource) -> Violations:
    """No input looks like a credential."""
    for path, text in _texts(resource.props, ""):
        yield from (f"{path} holds {what}" for what, shape in CREDENTIALS.items() if shape.search(text))


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key in value:
            yield from _texts(value[key], f"{path}.{key}".lstrip("."))
    elif isinstance(value, Sequence):
        for index, each in enumerate(value):
            yield from _texts(each, f"{path}.{index}")
