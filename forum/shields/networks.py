"""Network addresses, ranges of them and mail domains: what they are, and what may be blocked. Pure."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from forum.core.errors import Invalid
from forum.core.words import gettext as _

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# The part of an address that is kept when the rest is masked: a neighbourhood, not a household.
MASK = {4: 24, 6: 48}
# What is wider than this is a part of the world, not somebody who misbehaves.
WIDEST = {4: 8, 6: 16}
_MAPPED = IPv6Network("::ffff:0:0/96")
_DOMAIN = re.compile(r"^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$")


def plain(text: str) -> Address | None:
    """The address; one of IPv4 that came in the clothes of IPv6 is one of IPv4. None for anything else."""
    try:
        found = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def said(text: str) -> str:
    """The address as it is kept and compared; empty for what is none."""
    found = plain(text)
    return str(found) if found is not None else ""


def masked(text: str) -> str:
    """The neighbourhood of an address, /24 or /48, as it is kept; empty for what is no address."""
    found = plain(text)
    return str(ip_network((found, MASK[found.version]), strict=False)) if found is not None else ""


def is_in(text: str, network: str) -> bool:
    """Whether the address lies in the range, as `checked_range` wrote it."""
    found = plain(text)
    return found is not None and found in ip_network(network)


def lies_in(network: str, other: str) -> bool:
    """Whether all of a range lies in another, both as `checked_range` wrote them."""
    inner, outer = ip_network(network), ip_network(other)
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]


def checked_range(text: str, own: str) -> str:
    """The range as it is kept; raises Invalid for what is none, reaches too far, or would shut out who blocks it."""
    try:
        found: Network = ip_network(text.strip(), strict=False)
    except ValueError:
        raise Invalid(
            _("“%(text)s” is no range of addresses. One looks like 203.0.113.0/24 or 2001:db8::/48.", text=text[:80]),
            "value",
        ) from None
    if isinstance(found, IPv6Network) and found.subnet_of(_MAPPED):
        inner = IPv6Address(found.network_address).ipv4_mapped
        assert inner is not None, "it lies where IPv4 is mapped"
        found = IPv4Network((inner, found.prefixlen - _MAPPED.prefixlen))
    reaches_ipv4 = isinstance(found, IPv6Network) and found.overlaps(_MAPPED)
    if reaches_ipv4 or found.prefixlen < WIDEST[found.version]:
        raise Invalid(_("This range is too wide: /%(n)s is the widest.", n=WIDEST[found.version]), "value")
    if is_in(own, str(found)):
        raise Invalid(_("You are in this range yourself, at %(address)s.", address=said(own)), "value")
    return str(found)


def is_below(domain: str, other: str) -> bool:
    """Whether a mail domain is part of another."""
    return domain.endswith(f".{other}")


def checked_domain(text: str) -> str:
    """The mail domain as it is kept: small letters, an international one in its ASCII form; or Invalid."""
    typed = text.strip().lower().rpartition("@")[2].strip(".")
    found = ascii_domain(typed)
    if not _DOMAIN.match(found):
        raise Invalid(_("“%(domain)s” is not a mail domain. One looks like example.org.", domain=typed[:80]), "value")
    return found


def ascii_domain(domain: str) -> str:
    """The domain as mail servers compare it; empty where it cannot be one."""
    domain = domain.casefold().rstrip(".")
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def domains_above(email: str) -> list[str]:
    """The domain of a mail address and every one that it belongs to: a block of one is a block of all below it."""
    labels = ascii_domain(email.rpartition("@")[2]).split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
