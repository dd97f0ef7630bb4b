"""What a changed setting does to a running stage, as the CLI plans it; what is replaced is named."""

import zipfile
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
import yaml

from tests.engine.conftest import NewStack
from tests.engine.stacks import Run, Stack
from tests.stacks import PROJECT

pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]

SETTINGS = yaml.safe_load((PROJECT / "Pulumi.dev.yaml").read_text())["config"]
EDGE, NETWORK, ARCHIVE, CAPACITY, PLANS = (
    SETTINGS[f"tollgate:{name}"] for name in ("edge", "network", "archive", "capacity", "usage_plans")
)
# The stage has a key more than its file says, so that one can be retired, and no card fields, so that it can
# do without a domain.
RUNNING: dict[str, Any] = {"tollgate:signing_keys": ["first", "second"], "tollgate:card_fields": None}
WITHOUT_DOMAIN = {"tollgate:edge": {key: value for key, value in EDGE.items() if key != "domain"}}
FUNCTIONS = """
    authorizer identity tokens payments refunds checkout audits events webhooks projector publisher
    deliverer sweeper worker reconciler
""".split()
PAYING = ("checkout", "payments", "reconciler", "refunds", "worker")


class Plan(NamedTuple):
    """What is done to what, as "Type name". `replaced`: with the inputs that ask for it."""

    created: AbstractSet[str] = frozenset()
    updated: AbstractSet[str] = frozenset()
    replaced: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    deleted: AbstractSet[str] = frozenset()


def of(kind: str, *names: str) -> set[str]:
    return {f"{kind} {name}" for name in names}


def told(*functions: str) -> set[str]:
    """Functions that may or are told something else: a new version, to which the alias moves."""
    return of("RolePolicy", *functions) | of("Function", *functions) | of("Alias", *functions)


DOMAIN = of("DomainName", "api") | of("BasePathMapping", "api") | of("Record", "A", "AAAA")
A_DEPLOYMENT = {"Deployment api": ("triggers",)}
CHANGES: Mapping[str, tuple[Mapping[str, Any], Plan]] = {
    "a signing key is added": (
        {"tollgate:signing_keys": ["first", "second", "third"]},
        Plan(
            created=of("Key", "signing-third") | of("Alias", "signing-third"),
            updated=told("authorizer", "identity"),
        ),
    ),
    "a signing key is retired": (
        {"tollgate:signing_keys": ["second"]},
        Plan(
            updated=told("authorizer", "identity"),
            deleted=of("Key", "signing-first") | of("Alias", "signing-first"),
        ),
    ),
    "a zone is added": (
        {"tollgate:network": {**NETWORK, "zones": ["a", "b", "c"]}},
        Plan(
            created={
                each
                for name in ("egress-c", "isolated-c")
                for each in (f"Subnet {name}", f"RouteTable {name}", f"RouteTableAssociation {name}")
            }
            | of("Route", "egress-c"),
            updated=of("VpcEndpoint", "s3", "dynamodb") | of("NetworkAcl", "https") | told(*FUNCTIONS),
        ),
    ),
    "the package is another": (
        {"tollgate:package": "ANOTHER"},
        Plan(
            updated=of("Function", *FUNCTIONS) | of("Alias", *FUNCTIONS),
            replaced={"BucketObjectv2 package": ("key",)},
        ),
    ),
    "an account at the processor is added": (
        {
            "tollgate:processor_accounts": {
                **SETTINGS["tollgate:processor_accounts"],
                "payroc-west": {"environment": "uat"},
            }
        },
        Plan(
            created=of("Secret", "processor-payroc-west"),
            updated=told(*PAYING),
        ),
    ),
    "limits are raised": (
        {
            "tollgate:throttle": {"rate": 2000, "burst": 4000},
            "tollgate:usage_plans": {**PLANS, "high": {"rate": 1000, "burst": 2000}},
            "tollgate:edge": {**EDGE, "requests_per_minute": 120000},
            "tollgate:capacity": {
                **CAPACITY,
                "tables": {
                    **CAPACITY["tables"],
                    "payments": {"mode": "on_demand", "maximum": {"reads": 900, "writes": 900}},
                },
            },
        },
        Plan(
            updated=of("WebAcl", "firewall")
            | of("Table", "payments")
            | of("MethodSettings", "live")
            | of("UsagePlan", "high")
        ),
    ),
    "records are kept longer": (
        {"tollgate:log_retention_days": 90, "tollgate:archive": {**ARCHIVE, "expire_after_days": 120}},
        Plan(
            updated=of("LogGroup", *FUNCTIONS)
            | of("LogGroup", "access", "execution", "firewall", "flow-logs", "heartbeats", "log-delivery")
            | of("LogGroup", "dns-firewall", "trail")
            | of("BucketLifecycleConfiguration", "access-logs", "archive")
            | of("CatalogTable", "logs")
            | of("Rule", "cw-loggroup-retention-period-check")
        ),
    ),
    "the domain is given up": (
        WITHOUT_DOMAIN,
        Plan(updated=of("RestApi", "api") | of("Stage", "live"), replaced=A_DEPLOYMENT, deleted=DOMAIN),
    ),
}


@pytest.fixture(scope="module")
def stage(new_stack: NewStack) -> Stack:
    """A running dev."""
    stack = new_stack("", "dev")
    deployed = stack.up(changed=RUNNING)
    assert deployed.code == 0, deployed.output
    return stack


@pytest.fixture(scope="module")
def another_package(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("package") / "another.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tollgate/__init__.py", "# of the next release")
    return str(path)


def planned(run: Run) -> Plan:
    """What AWS would be asked for: not for components, nor for the provider."""
    assert run.code == 0, run.output
    steps = [step for step in run.changing() if step.type.startswith("aws:")]
    named = {op: {_name(step.type, step.name) for step in steps if step.op == op} for op in OPS}
    replaced = {_name(step.type, step.name): step.keys for step in steps if step.op == "replace"}
    return Plan(named["create"], named["update"], replaced, named["delete"])


OPS = ("create", "update", "delete")


def _name(kind: str, name: str) -> str:
    return f"{kind.rpartition(':')[2]} {name}"


@pytest.mark.parametrize(("changed", "plan"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_planned_as_it_is_meant(
    stage: Stack, another_package: str, changed: Mapping[str, Any], plan: Plan
) -> None:
    settings = {key: another_package if value == "ANOTHER" else value for key, value in changed.items()}
    assert planned(stage.preview(changed={**RUNNING, **settings})) == plan


def test_a_domain_is_added_to_a_stage_that_runs(stage: Stack) -> None:
    """The last one here: it takes the domain away. AWS's own name is closed by the new deployment only."""
    without = stage.up(changed={**RUNNING, **WITHOUT_DOMAIN})
    assert without.code == 0, without.output
    assert planned(stage.preview(changed=RUNNING)) == Plan(
        created=DOMAIN, updated=of("RestApi", "api") | of("Stage", "live"), replaced=A_DEPLOYMENT
    )
