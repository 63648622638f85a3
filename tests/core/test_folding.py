"""One spelling for all that people type alike, with nothing left for a database to interpret."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forum.core.folding import MOST_CHARACTERS, MOST_TOKENS, phrase, searchable, words
from tests.corpora import naughty_strings
from tests.machines.proof import share

TOKEN = re.compile("[a-z][a-z0-9]{0,199}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("Ćevapčići", "cevapcici"),
        ("Łódź", "lodz"),
        ("smørrebrød", "smorrebrod"),
        ("İstanbul", "istanbul"),
        ("ﬁne ２０２４", "fine 2024"),
        ("cafe\u0301", "café"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("co\u00adoperate", "cooperate"),
        (".NET", ".net"),
        ("C#", "c#"),
    ],
)
def test_what_people_type_alike_is_one(one, other):
    assert searchable(one) == searchable(other) != ""


def test_signs_of_programming_languages_stay_words():
    assert len({searchable(name) for name in ("c", "c++", "c#", ".net", "net")}) == 5
    assert searchable("c#minor #tag a+b 3.5") == "c minor tag a b n3 n5"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("東京", "東京タワー"),
        ("京", "東京"),
        ("タワー", "東京タワー"),
        ("京タワー", "東京タワーへ"),
        ("ワ", "東京タワー"),
        ("서울", "서울에서"),
    ],
)
def test_words_are_found_inside_scripts_without_spaces_or_with_endings(asked, text):
    wanted = phrase(asked)
    tokens = searchable(text).split()
    size = len(wanted.tokens)
    stretches = [tokens[place : place + size] for place in range(len(tokens))]
    ends = [stretch for stretch in stretches if stretch[:-1] == list(wanted.tokens[:-1]) and len(stretch) == size]
    assert any(
        end[-1] == wanted.tokens[-1] or (wanted.beginning and end[-1].startswith(wanted.tokens[-1])) for end in ends
    )


@given(st.text(max_size=200))
@example("1e5 0x1f ½ ﷺ \U0010ffff \u0301 𠮷野家")
def test_whatever_is_written_becomes_plain_tokens_that_read_the_same_again(text):
    tokens = searchable(text).split()
    assert all(TOKEN.fullmatch(token) for token in tokens)
    assert tokens == [token for word in words(text) for token in word.tokens]
    spans = [(word.start, word.end) for word in words(text)]
    assert spans == sorted(spans)
    assert searchable(text.upper().lower()).split() is not None


@settings(max_examples=share(500))
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_plain_english_takes_the_short_way_to_the_same_tokens(text):
    assert searchable(text + " é").split()[:-1] == searchable(text).split()


def test_strings_that_broke_other_programs_are_words_or_nothing():
    for line in naughty_strings():
        assert all(TOKEN.fullmatch(token) for token in searchable(line).split()), line


def test_no_text_is_longer_than_a_database_takes():
    assert len(searchable("東" * 40_000).split()) == MOST_TOKENS
    assert len(searchable("ё" * 39 + " " + ("щ" * 45 + " ") * 15_000)) <= MOST_CHARACTERS
