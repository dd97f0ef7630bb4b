"""Where webhooks may be sent: TLS to public hosts, and on a laptop to the laptop itself."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

LONGEST_URL = 2000
HTTPS_PORT = 443
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Target:
    """`path`: with the query. `host_header`: as the request names the host."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        standard = HTTPS_PORT if self.secure else 80
        return self.host if self.port == standard else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Targets:
    """What may be called. `hosts`: public ones by name, None for all. `loopback`: the laptop itself, without
    TLS."""

    hosts: frozenset[str] | None
    loopback: bool = False


def target_of(url: str, allowed: Targets) -> Target:
    """Raises `ValueError` that says what is wrong."""
    if len(url) > LONGEST_URL or not url.isascii() or any(each <= " " or each == "\x7f" for each in url):
        raise ValueError(f"Must be a URL of at most {LONGEST_URL} characters, all of them ASCII.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("Must be a URL.") from None
    host = parts.hostname or ""
    if parts.username is not None or parts.password is not None or parts.fragment or "@" in parts.netloc:
        raise ValueError("Must have no user, password or fragment.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if allowed.loopback and host == LOOPBACK and parts.scheme == "http":
        return Target(False, host, port or 80, path)
    if parts.scheme != "https" or port not in {None, HTTPS_PORT}:
        raise ValueError("Must be https on port 443.")
    if not _public_name(host):
        raise ValueError("Must name a public host.")
    if allowed.hosts is not None and host not in allowed.hosts:
        raise ValueError("Must be at a host that the operator of Tollgate has listed.")
    return Target(True, host, HTTPS_PORT, path)


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet: neither private, link-local (where AWS has its
    metadata), shared, multicast nor reserved, also if IPv6 has such an IPv4 address inside."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1] or _nat64(found)
        if inner is not None:
            return _global(inner)
    return _global(found)


def _global(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _nat64(address: IPv6Address) -> IPv4Address | None:
    """RFC 6052's well-known prefix, 64:ff9b::/96."""
    packed = address.packed
    return IPv4Address(packed[12:]) if packed[:12] == bytes.fromhex("0064ff9b") + bytes(8) else None


def _public_name(host: str) -> bool:
    try:
        return is_public(host)
    except ValueError:
        local = host.endswith((".local", ".internal", ".localhost", ".arpa", ".test", ".invalid"))
        return "." in host.strip(".") and not local and host.rpartition(".")[2][:1].isalpha()
