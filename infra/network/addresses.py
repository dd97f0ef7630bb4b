"""Which addresses each subnet has: arithmetic alone, so that nobody writes a subnet's addresses by hand."""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network

# What a subnet is for. A tier has four sixteenths of the network, one for each zone that it may ever have.
TIERS = ("isolated", "egress", "firewall", "public")
SIXTEENTHS = 4


def subnet_cidrs(cidr: str, tier: str, zones: Sequence[str]) -> Mapping[str, str]:
    """The tier's subnets by zone, none of which overlaps another of any tier.

    They depend on a zone's place in `zones` alone: a zone added at the end moves nobody.
    """
    sixteenths = list(IPv4Network(cidr).subnets(prefixlen_diff=SIXTEENTHS))
    first = TIERS.index(tier) * SIXTEENTHS
    return {zone: str(sixteenths[first + place]) for place, zone in enumerate(zones)}
