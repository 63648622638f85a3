"""Which passwords are good enough, and how they are kept."""

from __future__ import annotations

import gzip
import time
import unicodedata
from contextlib import suppress

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.accounts import passwords
from forum.core.errors import Invalid
from tests.corpora import shared

GOOD = "seven quiet herons"


def reason(password, **about):
    with pytest.raises(Invalid) as refused:
        passwords.check_password(password, **about)
    assert refused.value.field == "password"
    return refused.value.sentence


def is_refused(password):
    try:
        passwords.check_password(password)
    except Invalid:
        return True
    return False


@pytest.mark.parametrize(
    "password",
    [GOOD, "Grüße aus Köln!", "пять тихих цапель", "x9$kQ!mm2v", "🌿🌱🍃🌾🌵🌲🌳🌴🎋🎍", "a" + "b c d e f" * 14],
)
def test_good_passwords_pass(password):
    passwords.check_password(password, name="ada", email="ada@example.org")


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("", "at least 10"),
        ("short one", "at least 10"),
        ("x y z " * 22, "at most 128"),
        ("aaaaaaaaaaaa", "repeats"),
        ("abababababab", "repeats"),
        ("abcdefghijkl", "repeats"),
        ("9876543210", "repeats"),
        ("Password123", "common"),
        ("QWERTYUIOP", "common"),
        ("fine but \ud800", "stored"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password, word):
    assert word in reason(password)


@pytest.mark.parametrize(
    "password",
    [
        "ada-lovelace",
        "ADA-Lovelace",
        "ada-lovelace2024!",
        "ada@example.org",
        "ada-lovelaceada-lovelace",
        "countess.ada",
        " ada-lovelace ",
    ],
)
def test_a_password_is_not_what_others_know_of_its_owner(password):
    email = "countess.ada@example.org" if "countess" in password else "ada@example.org"
    assert "your name or address" in reason(password, name="ada-lovelace", email=email)


def test_every_common_password_is_refused():
    path = shared("data", "corpora", "passwords", "django-common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        common = [line.rstrip("\n") for line in lines]
    assert len(common) > 19_000
    assert [password for password in common if not is_refused(password) or not is_refused(password.upper())] == []


@given(st.text(max_size=9))
def test_what_is_too_short_is_never_enough(password):
    if len(unicodedata.normalize("NFKC", password)) < passwords.SHORTEST:
        assert is_refused(password)


@given(st.text(min_size=passwords.LONGEST * 4 + 1))
@settings(max_examples=20)
def test_what_is_too_long_is_refused_quickly(password):
    assert is_refused(password)


@given(st.text(max_size=200), st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_taken_or_refused_in_words(password, name, email):
    with suppress(Invalid):
        passwords.check_password(password, name=name, email=email)


@given(st.text(st.characters(), max_size=140), st.text(max_size=20))
@settings(max_examples=8, deadline=None)
def test_the_right_password_opens_and_another_does_not(password, other):
    hashed = passwords.hash_password(password)
    assert passwords.verify(hashed, password)
    if unicodedata.normalize("NFKC", other) != unicodedata.normalize("NFKC", password):
        assert not passwords.verify(hashed, other)


def test_two_keyboards_agree_on_an_accent():
    assert passwords.verify(passwords.hash_password("cafe\u0301 au lait"), "caf\u00e9 au lait")


def test_the_hash_is_argon2id_with_the_owasp_costs_and_a_salt_of_its_own(real_hasher, monkeypatch):
    monkeypatch.setattr(passwords, "hasher", real_hasher)
    one, other = passwords.hash_password(GOOD), passwords.hash_password(GOOD)
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert not passwords.needs_rehash(one)


def test_a_hash_with_other_costs_still_opens_and_asks_to_be_renewed():
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    assert passwords.verify(old, GOOD)
    assert passwords.needs_rehash(old)


@pytest.mark.parametrize("hashed", [None, "", "!", "not a hash", "$argon2id$v=19$m=1"])
def test_an_account_without_a_password_opens_to_nobody(hashed):
    assert not passwords.verify(hashed, GOOD)
    assert not passwords.verify(hashed, "")
    assert hashed is None or passwords.needs_rehash(hashed)


def test_a_stranger_cannot_tell_by_the_clock_whether_there_is_an_account():
    def seconds(hashed):
        spans = []
        for _ in range(5):
            start = time.perf_counter()
            passwords.verify(hashed, "a guess of somebody")
            spans.append(time.perf_counter() - start)
        return min(spans)

    real = seconds(passwords.hash_password(GOOD))
    assert all(real / 3 < seconds(nobody) < real * 3 for nobody in (None, "", "!"))
