"""What was looked for is marked where it stands, and the text stays whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from forum.core.folding import phrase
from forum.search.highlights import excerpt, pieces

SOME = st.lists(st.sampled_from(["Straße", "gut", "東京タワー", "c++", "<b>", "&", "old varnish", "é"]), max_size=30)


def marked(found):
    return [piece.text for piece in found if piece.marked]


def test_words_are_marked_as_they_were_written():
    asked = [phrase("strasse"), phrase("var"), phrase("c++"), phrase("old glue", exact=True)]
    text = "Die STRAẞE, Varnish & c++, old glue; glue old"
    assert marked(pieces(text, asked)) == ["STRAẞE", "Varnish", "c++", "old glue"]


@given(SOME.map(" ".join) | st.text(max_size=300), SOME)
def test_the_pieces_of_a_text_are_the_text(text, asked):
    phrases = [one for one in map(phrase, asked) if one is not None]
    found = pieces(text, phrases)
    assert "".join(piece.text for piece in found) == text
    assert all(piece.text for piece in found)


@given(SOME.map(" ".join) | st.text(max_size=900), SOME)
def test_an_excerpt_is_short_and_shows_a_mark_where_there_is_one(text, asked):
    phrases = [one for one in map(phrase, asked) if one is not None]
    found = excerpt(text, phrases, 100)
    assert len("".join(piece.text for piece in found)) <= 104
    if marked(pieces(" ".join(text.split()), phrases)):
        assert marked(found)
