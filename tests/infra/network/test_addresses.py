from ipaddress import IPv4Network
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from infra.network.addresses import TIERS, subnet_cidrs
from infra.settings.network import LARGEST, PRIVATE, SMALLEST


@st.composite
def networks(draw: st.DrawFn) -> IPv4Network:
    """Every network that the settings accept."""
    block = draw(st.sampled_from(PRIVATE))
    prefix = draw(st.integers(max(LARGEST, block.prefixlen), SMALLEST))
    places = 2 ** (prefix - block.prefixlen)
    place = draw(st.integers(0, places - 1))
    return IPv4Network((int(block.network_address) + place * 2 ** (32 - prefix), prefix))


ZONES = st.lists(st.sampled_from("abcdef"), min_size=2, max_size=3, unique=True)


def plan(network: IPv4Network, zones: list[str]) -> list[IPv4Network]:
    return [IPv4Network(cidr) for tier in TIERS for cidr in subnet_cidrs(str(network), tier, zones).values()]


@given(networks(), ZONES)
def test_subnets_fit_into_the_network_and_never_overlap(network: IPv4Network, zones: list[str]) -> None:
    subnets = plan(network, zones)
    assert len(subnets) == len(TIERS) * len(zones)
    assert all(subnet.subnet_of(network) for subnet in subnets)
    assert not [pair for pair in combinations(subnets, 2) if pair[0].overlaps(pair[1])]


@given(networks(), ZONES)
def test_every_subnet_has_a_size_that_aws_takes(network: IPv4Network, zones: list[str]) -> None:
    assert {16 <= subnet.prefixlen <= 28 for subnet in plan(network, zones)} == {True}


@given(networks(), ZONES)
def test_a_zone_that_is_added_at_the_end_moves_nobody(network: IPv4Network, zones: list[str]) -> None:
    for tier in TIERS:
        before, after = (subnet_cidrs(str(network), tier, some) for some in (zones[:-1], zones))
        assert before.items() <= after.items()
