"""Addresses, ranges and domains, as attackers and tired moderators type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import Invalid
from forum.shields import networks

ELSEWHERE = "198.51.100.7"


def test_an_address_in_the_clothes_of_ipv6_is_the_address_that_it_is():
    assert networks.said("::ffff:203.0.113.9") == "203.0.113.9"
    assert networks.said("::FFFF:cb00:7109") == "203.0.113.9"
    assert networks.masked("::ffff:203.0.113.9") == "203.0.113.0/24"
    assert networks.said("fe80::1%eth0") == "fe80::1"
    assert networks.masked("2001:db8:7:1::5") == "2001:db8:7::/48"
    for nonsense in ("", "unknown", "203.0.113", "010.0.0.1", "203.0.113.9:80", "a" * 9999):
        assert (networks.said(nonsense), networks.masked(nonsense)) == ("", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("203.0.113.7/24", "203.0.113.0/24"),
        (" 203.0.113.7 ", "203.0.113.7/32"),
        ("2001:DB8:7::1/48", "2001:db8:7::/48"),
        ("::ffff:203.0.113.0/120", "203.0.113.0/24"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("2001::/16", "2001::/16"),
    ],
)
def test_a_range_is_kept_as_it_is_compared(typed, kept):
    assert networks.checked_range(typed, ELSEWHERE) == kept


@pytest.mark.parametrize(
    "typed",
    "|everybody|0.0.0.0/0|10.0.0.0/7|::/0|2000::/3|::ffff:0:0/96|::ffff:10.0.0.0/103|1.2.3.4/33|203.0.113.0/24 or so|"
    "/24|203.0.113.0/-1|::ffff:203.0.113.0/24".split("|"),
)
def test_what_is_no_range_or_half_the_world_is_refused(typed):
    with pytest.raises(Invalid):
        networks.checked_range(typed, ELSEWHERE)


@pytest.mark.parametrize("own", ["203.0.113.9", "::ffff:203.0.113.9"])
def test_nobody_shuts_themselves_out(own):
    with pytest.raises(Invalid, match="yourself"):
        networks.checked_range("203.0.113.0/24", own)
    with pytest.raises(Invalid, match="yourself"):
        networks.checked_range("::ffff:203.0.113.0/120", own)


@given(st.ip_addresses(), st.integers(0, 128))
def test_every_address_lies_in_its_own_range_and_in_no_other(address, prefix):
    prefix = min(prefix, address.max_prefixlen)
    try:
        kept = networks.checked_range(f"{address}/{prefix}", "")
    except Invalid:
        return
    assert networks.is_in(str(address), kept)
    assert networks.checked_range(kept, "") == kept


def test_a_block_of_a_domain_is_one_of_all_below_it_and_of_no_other():
    assert networks.domains_above("ann@mx.Trash.example") == ["mx.trash.example", "trash.example"]
    assert "trash.example" not in networks.domains_above("ann@nottrash.example")
    assert "trash.example" not in networks.domains_above("trash.example@fine.example")
    assert networks.domains_above("ann@bücher.example") == ["xn--bcher-kva.example"]
    assert networks.domains_above("nonsense") == []
    assert networks.checked_domain(" @Trash.Example. ") == "trash.example"
    assert networks.checked_domain("ann@bücher.example") == "xn--bcher-kva.example"
    for nonsense in ("", "com", "no domain", "1.2.3.4", "-.example", "x" * 300 + ".example"):
        with pytest.raises(Invalid):
            networks.checked_domain(nonsense)
