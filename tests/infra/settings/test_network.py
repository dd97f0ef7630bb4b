"""The section `network`, and the processor's hosts."""

from pathlib import Path

import pytest

from infra.settings.reading import InvalidSettingsError
from tests.infra.settings.stack_file import (
    NETWORK,
    SIMULATOR,
    read,
)


@pytest.mark.parametrize(
    ("environment", "api_url"),
    [("uat", "https://api.uat.payroc.com/v1"), ("production", "https://api.payroc.com/v1")],
)
def test_a_processor_environment_stands_for_payrocs_hosts(root: Path, environment: str, api_url: str) -> None:
    settings = read(root, processor_accounts={"main": {"environment": environment}})
    assert settings.processor_accounts["main"].hosts().api_url == api_url


def test_a_processor_account_may_name_hosts_of_its_own(root: Path) -> None:
    settings = read(root, processor_accounts={"simulator": SIMULATOR}, network=NETWORK | {"firewall": "dns"})
    assert settings.processor_accounts["simulator"].hosts().identity_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    "hosts",
    [
        SIMULATOR,
        {"api_url": "https://api.example:8443/v1", "identity_url": "https://identity.example"},
        {"api_url": "https://api.example/v1", "identity_url": "http://identity.example"},
    ],
)
def test_a_firewall_that_lets_out_https_alone_refuses_a_processor_without_it(
    root: Path, hosts: dict[str, str]
) -> None:
    with pytest.raises(InvalidSettingsError, match=r"tollgate:network: `firewall`.* unlike simulator"):
        read(root, processor_accounts={"simulator": hosts})


def test_hosts_are_named_without_port_and_path(root: Path) -> None:
    account = {"api_url": "https://API.example:443/v1", "identity_url": "https://identity.example"}
    settings = read(root, processor_accounts={"own": account, "uat": {"environment": "uat"}})
    assert settings.processor_hosts == {
        "api.example",
        "identity.example",
        "api.uat.payroc.com",
        "identity.uat.payroc.com",
    }


def test_a_network_may_be_as_small_or_as_large_as_aws_takes(root: Path) -> None:
    for cidr in ("10.0.0.0/16", "172.31.0.0/16", "192.168.7.0/24"):
        assert read(root, network=NETWORK | {"cidr": cidr}).network.cidr == cidr


@pytest.mark.parametrize(("nat", "zones"), [("single", ("b",)), ("per_zone", ("b", "c"))])
def test_a_zone_without_a_way_out_uses_the_first_ones(root: Path, nat: str, zones: tuple[str, ...]) -> None:
    changed = {"zones": ["b", "c"], "endpoint_zones": ["b"], "nat": nat, "firewall": "dns"}
    network = read(root, network=NETWORK | changed).network
    assert network.nat_zones == zones
    assert [network.nat_zone(zone) for zone in ("b", "c")] == ["b", zones[-1]]


@pytest.mark.parametrize(
    ("changed", "inspected", "ways_out"),
    [
        ({"firewall": "dns", "nat": "per_zone"}, (), ["b", "c"]),
        ({"nat": "per_zone"}, ("b", "c"), ["b", "c"]),
        ({"nat": "per_zone", "firewall_zones": ["c"]}, ("c",), ["c", "c"]),
        ({"nat": "single"}, ("b", "c"), ["b", "b"]),
    ],
)
def test_a_zone_without_a_firewall_gets_out_through_one_that_has(
    root: Path, changed: dict[str, object], inspected: tuple[str, ...], ways_out: list[str]
) -> None:
    network = read(root, network=NETWORK | {"zones": ["b", "c"], "endpoint_zones": ["b"]} | changed).network
    assert network.inspected_zones == inspected
    assert [network.nat_zone(zone) for zone in ("b", "c")] == ways_out
    if inspected:
        assert {network.inspected_zone(zone) for zone in ("b", "c")} == set(inspected)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"firewall": "none"}, "Invalid enum value 'none'"),
        ({"firewall": "dns", "firewall_zones": ["a"]}, "is for the `firewall` `network`"),
        ({"firewall_zones": ["a", "a"]}, "some of `zones`, each once"),
        ({"firewall_zones": ["c"]}, "some of `zones`, each once"),
    ],
)
def test_a_firewall_that_could_not_be_is_refused(root: Path, changed: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidSettingsError, match=reason):
        read(root, network=NETWORK | changed)
