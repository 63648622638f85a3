"""What members may be called, and which names are too alike."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forum.accounts import names
from forum.core.errors import Invalid
from tests.corpora import shared

ASCII_NAMES = st.from_regex(
    r"[A-Za-z0-9]+([-_][A-Za-z0-9]+){0,3}", fullmatch=True, alphabet=st.characters(codec="ascii")
)
ANY_NAMES = st.one_of(st.text(max_size=30), ASCII_NAMES, st.text("аbΒ1l-_.ａé́ि京ー \u200b", max_size=24))


def acceptable(name):
    try:
        names.check(name)
    except Invalid:
        return False
    return True


def reason(name):
    with pytest.raises(Invalid) as refused:
        names.check(name)
    assert refused.value.field == "name"
    return refused.value.sentence


def can_stand_in_a_name(text):
    return all(acceptable(f"ab{c}") or acceptable(f"{c}{c}{c}") for c in text)


@pytest.mark.parametrize(
    "name",
    [
        "ada",
        "Ada-Lovelace",
        "quill_fern",
        "x2y",
        "José",
        "Ольга",
        "Μαρία",
        "نور-علي",
        "רחל",
        "नेहा",
        "น้ำฝน",
        "김철수",
        "ゆきこ",
        "カトー",
        "Mariko東京",
        "李小龙2",
        "Ærøskøbing",
        "Nguyễn",
        "ᏣᎳᎩ",
    ],
)
def test_people_of_many_languages_keep_their_names(name):
    assert names.check(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("", "Choose"),
        ("ab", "at least 3"),
        ("a" * 21, "at most 20"),
        ("a b c", "spaces"),
        ("ada!", "!"),
        ("bob.smith", "."),
        ("-ada", "begins"),
        ("ada_", "ends"),
        ("a__b", "in a row"),
        ("a-_b", "in a row"),
        ("12345", "letter"),
        ("1-2-3", "letter"),
        ("ａda", "plainly"),
        ("a\u200bda", "invisible"),
        ("аdmin", "mixes"),
        ("Ωmega", "mixes"),
        ("adm😀n", "😀"),
        ("ΝΟΑ", "Latin"),
        ("Admin", "kept"),
        ("Admln", "kept"),
        ("m0derator", "kept"),
        ("rnoderator", "kept"),
        ("mod_erator", "kept"),
        ("िनह", "mark"),
    ],
)
def test_a_name_is_refused_with_the_rule_it_breaks(name, word):
    assert word in reason(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ada", "ADA"),
        ("ada-b", "ada_b"),
        ("paypal", "paypaI"),
        ("bill", "bi11"),
        ("bob", "b0b"),
        ("mona", "rnona"),
        ("wendy", "vvendy"),
        ("рора", "popa"),
        ("straße", "STRASSE"),
        ("ａda", "ada"),
        ("josé", "jose\u0301"),
        ("вов", "bob"),
    ],
)
def test_names_that_look_alike_share_a_key(one, other):
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("nick", "vick"), ("jose", "josé"), ("ada", "adam"), ("ada", "ada-2"), ("abc", "a-bc"), ("hans", "hаns2")],
)
def test_names_that_differ_to_the_eye_have_different_keys(one, other):
    assert names.fold(one) != names.fold(other)


def test_no_two_latin_letters_or_digits_are_taken_for_each_other_but_the_known_ones():
    keys: dict[str, str] = {}
    for c in "abcdefghijklmnopqrstuvwxyz0123456789":
        keys[names.fold(c)] = keys.get(names.fold(c), "") + c
    assert sorted(alike for alike in keys.values() if len(alike) > 1) == ["il1", "o0"]


@given(ANY_NAMES)
@example("ΐŐ\u0345")
def test_folding_a_key_changes_nothing(name):
    assert names.fold(names.fold(name)) == names.fold(name)


@given(ANY_NAMES)
def test_the_size_of_letters_makes_no_difference(name):
    assert names.fold(name.casefold()) == names.fold(name)


@given(ANY_NAMES)
def test_a_name_that_is_taken_as_it_is_stays_the_same_when_checked_again(name):
    if acceptable(name):
        stored = names.check(name)
        assert names.check(stored) == stored
        assert names.SHORTEST <= len(stored) <= names.LONGEST
        assert unicodedata.is_normalized("NFC", stored)
        assert not names.is_reserved(stored)


@given(ANY_NAMES, st.integers(0, 4))
@example("", 0)
@example("admin", 1)
@example("12345", 0)
@example("ᗷᗷᗷ", 0)
@example("ВОВ-ΝΟΑ", 2)
@example("ि" * 40, 0)
def test_a_foreign_name_becomes_one_of_ours_always_the_same(name, crowd):
    known: set[str] = set()
    for _ in range(crowd + 1):
        ours = names.from_foreign(name, lambda n: names.fold(n) in known)
        assert names.check(ours) == ours
        assert names.fold(ours) not in known
        assert ours == names.from_foreign(name, lambda n: names.fold(n) in known)
        known.add(names.fold(ours))


@given(ANY_NAMES)
def test_an_acceptable_foreign_name_stays(name):
    if acceptable(name):
        assert names.from_foreign(name, lambda _: False) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("foreign", "ours"),
    [
        ("bob.smith", "bob-smith"),
        ("J.", "J-2"),
        ("admin", "admin-2"),
        ("_x_", "x-2"),
        ("O'Neil", "O-Neil"),
        ("12345", "member-12345"),
        ("💥", "member-2"),
        ("ab", "ab-2"),
        ("x..y", "x-y"),
        ("a" * 30, "a" * 20),
        ("ｆｏｏbar", "foobar"),
        ("Björn.K", "Björn-K"),
        ("two words", "two-words"),
    ],
)
def test_foreign_names_change_by_one_rule(foreign, ours):
    assert names.from_foreign(foreign, lambda _: False) == ours


def test_the_second_of_two_like_names_gets_a_number_and_the_third_the_next():
    taken = {names.fold("bob-smith"), names.fold("bob-smith-2")}
    assert names.from_foreign("Bob.Smith", lambda n: names.fold(n) in taken) == "Bob-Smith-3"


def test_a_long_taken_name_makes_room_for_its_number():
    taken = {names.fold("a" * 20)}
    assert names.from_foreign("a" * 20, lambda n: names.fold(n) in taken) == "a" * 18 + "-2"


def test_nobody_can_take_a_name_of_the_public_lists():
    listed = {
        name
        for file in sorted(shared("data", "corpora", "usernames").glob("*.json"))
        for name in json.loads(file.read_text(encoding="utf-8"))
    }
    assert len(listed) > 800
    assert [name for name in sorted(listed) if acceptable(name)] == []


def test_look_alikes_of_the_unicode_table_share_a_key():
    """Small letters and digits must agree. Capitals may part where their small letters do: see `check`."""
    table = json.loads(shared("data", "corpora", "unicode", "confusables.json").read_text(encoding="utf-8"))
    pairs = {(a, entry["c"]) for a, alike in table.items() for entry in alike}
    fitting = [(a, b) for a, b in sorted(pairs) if can_stand_in_a_name(a + b)]
    assert len(fitting) > 300
    apart = [(a, b) for a, b in fitting if names.fold(a) != names.fold(b)]
    assert [(a, b) for a, b in apart if (a + b).casefold() == a + b] == []
    assert len(apart) < 80


@given(st.sampled_from("АВЕКМНОРСТХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"), st.integers(3, 8))
def test_nobody_disguises_a_latin_name_in_foreign_capitals(capital, times):
    name = capital * times
    latin = {
        "А": "A",
        "В": "B",
        "Е": "E",
        "К": "K",
        "М": "M",
        "Н": "H",
        "О": "O",
        "Р": "P",
        "С": "C",
        "Т": "T",
        "Х": "X",
    }
    latin |= dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
    assert not acceptable(name) or names.fold(name) == names.fold(latin[capital] * times)
