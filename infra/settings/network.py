"""The addresses that a stage's functions have, and how much of the network is there more than once."""

from ipaddress import IPv4Network
from typing import Annotated, Literal

from msgspec import Meta, Struct

Zone = Annotated[str, Meta(pattern=r"^[a-z]$")]
# RFC 1918: addresses that are nobody's on the internet.
PRIVATE = tuple(IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
# The largest network that AWS makes, and the smallest whose sixteenths it still takes for subnets (/28).
LARGEST, SMALLEST = 16, 24


class NetworkPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """`cidr`: the stage's addresses, a private IPv4 network of /16 to /24 that nothing is peered with.

    `zones`: letters of availability zones, e.g. `[a, b]`. Subnets are numbered by the place in this list: add
    at its end, never in front. `endpoint_zones`: those of them that have a door of their own to AWS services,
    which is paid for by the hour; the others use a neighbour's. `nat`: one way out for all zones, which goes
    down with its zone, or one per zone. `firewall`: `dns` lets functions look up the processor's names and no
    others; with `network`, AWS Network Firewall also drops whatever leaves and isn't TLS to one of them.
    `firewall_zones`: those of `zones` that have an endpoint of it, which is paid for by the hour; the others
    get out through the first. Without, all have one.
    """

    cidr: str
    zones: Annotated[tuple[Zone, ...], Meta(min_length=2, max_length=3)]
    endpoint_zones: Annotated[tuple[Zone, ...], Meta(min_length=1)]
    nat: Literal["single", "per_zone"]
    firewall: Literal["dns", "network"]
    firewall_zones: tuple[Zone, ...] = ()

    def __post_init__(self) -> None:
        network = IPv4Network(self.cidr)
        if not LARGEST <= network.prefixlen <= SMALLEST:
            raise ValueError(f"`cidr` must have a prefix of /{LARGEST} to /{SMALLEST}")
        if not any(network.subnet_of(block) for block in PRIVATE):
            raise ValueError("`cidr` must be private (RFC 1918)")
        if len(set(self.zones)) != len(self.zones):
            raise ValueError("`zones` names a zone twice")
        if len(set(self.endpoint_zones)) != len(self.endpoint_zones) or not (
            set(self.endpoint_zones) <= set(self.zones)
        ):
            raise ValueError("`endpoint_zones` must be some of `zones`, each once")
        if len(set(self.firewall_zones)) != len(self.firewall_zones) or not (
            set(self.firewall_zones) <= set(self.zones)
        ):
            raise ValueError("`firewall_zones` must be some of `zones`, each once")
        if self.firewall_zones and self.firewall != "network":
            raise ValueError("`firewall_zones` is for the `firewall` `network`")

    @property
    def inspected_zones(self) -> tuple[Zone, ...]:
        """The zones that have an endpoint of Network Firewall."""
        return (self.firewall_zones or self.zones) if self.firewall == "network" else ()

    def inspected_zone(self, zone: Zone) -> Zone:
        """The zone whose endpoint sees what leaves `zone`, or `zone` where there is none."""
        return zone if zone in (self.inspected_zones or (zone,)) else self.inspected_zones[0]

    @property
    def nat_zones(self) -> tuple[Zone, ...]:
        """The zones that have a way out of their own."""
        exits = self.inspected_zones or self.zones
        return exits if self.nat == "per_zone" else exits[:1]

    def nat_zone(self, zone: Zone) -> Zone:
        """The zone through which `zone` gets out."""
        inspected = self.inspected_zone(zone)
        return inspected if inspected in self.nat_zones else self.nat_zones[0]
