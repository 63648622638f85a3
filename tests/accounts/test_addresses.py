"""E-mail addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts import addresses
from forum.core.errors import Invalid


@pytest.mark.parametrize(
    "email", ("ada@example.org", " ada.l+forum@mail.example.org ", "ädá@example.org", "a@bücher.example.org")
)
def test_addresses_of_people_are_taken(email):
    assert "@" in addresses.check(email)


@pytest.mark.parametrize(
    "email",
    ("", " ", "ada", "ada@", "@example.org", "ada@localhost", "a b@example.org", "ada@example.org, b@example.org",
     "ada@example.org\nBcc: x@example.org", "ada@[127.0.0.1]", "x" * 250 + "@example.org", "ada@exa_mple.org"),
)  # fmt: skip
def test_what_mail_cannot_be_sent_to_is_refused_in_words(email):
    with pytest.raises(Invalid) as refusal:
        addresses.check(email)
    assert refusal.value.field == "email"
    assert refusal.value.sentence


def test_capitals_and_the_two_ways_to_write_a_letter_make_no_other_address():
    assert addresses.key("ADA@Example.ORG") == addresses.key(" ada@example.org")
    assert addresses.key("a\u0308@example.org") == addresses.key("ä@example.org")
    assert addresses.key("a@BÜCHER.example.org") == addresses.key("a@xn--bcher-kva.example.org")


@given(st.text(max_size=300))
def test_anything_may_be_asked(text):
    assert len(addresses.key(text)) <= 3 * addresses.LONGEST
    assert addresses.is_address(text) in (True, False)
    addresses.veiled(text)


@given(st.emails())
def test_what_is_taken_is_taken_again_and_has_one_key(email):
    if addresses.is_address(email):
        kept = addresses.check(email)
        assert addresses.check(kept) == kept
        assert addresses.key(kept) == addresses.key(email)
        assert not set("\r\n") & set(kept)


def test_a_veiled_address_shows_its_owner_enough():
    assert addresses.veiled("ada@example.org") == "a•••@example.org"
