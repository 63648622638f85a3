"""What can be asked for, and that the line and the form of filters say one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.search.forms import filled
from forum.search.operators import MOST_WORDS, Asked, parse, written
from tests.corpora import naughty_strings
from tests.machines.proof import share

PARTS = (
    *("varnish", "Straße", "c++", '"old varnish"', "-plywood", '-"cheap glue"', "@ada", "@", "-", '"'),
    *(
        "board:workbench",
        'board:"Tuning table"',
        "board:",
        "tag:gut",
        "tag:#gut",
        "in:title",
        "in:MINE",
        "in:title|unread",
    ),
    *("status:solved", "status:sold", "has:image", "has:code", "intent:answer", "by:staff", "by:me"),
    *("after:2025", "before:2025-06", "after:2025-02-30", "order:newest", "order:odd"),
    *("from:ada", "from:2024", "title:gut", "title:-gut", 'title:"old varnish"', "title:c#", "by:@bo", "tags:gut"),
    *("https://example.org/a:b", "12:30", "re:zero", "x:@y:-z", "東京", "- :", "status:open status:"),
)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("@ada @bo", "authors", ("ada", "bo")),
        ('board:bench board:"Tuning table"', "boards", ("bench", "Tuning table")),
        ("tag:#gut tag:wire", "tags", ("gut", "wire")),
        ("in:title|mine in:unread", "places", ("title", "mine", "unread")),
        ("status:solved", "states", ("solved",)),
        ("has:image has:link", "has", ("image", "link")),
        ("intent:answer", "intents", ("answer",)),
        ("by:peers", "by", "peers"),
        ("from:ada author:@bo user:cy", "authors", ("ada", "bo", "cy")),
        ('category:bench forum:"Tuning table"', "boards", ("bench", "Tuning table")),
        ("tags:gut label:#wire", "tags", ("gut", "wire")),
        ("title:varnish", "places", ("title",)),
        ("intitle:varnish peel", "words", ("varnish", "peel")),
        ('title:"old varnish"', "exact", ("old varnish",)),
        ("from:2025-06", "after", date(2025, 6, 1)),
        ("since:2025", "after", date(2025, 1, 1)),
        ("until:2025", "before", date(2025, 1, 1)),
        ("sort:newest", "order", "newest"),
        ("after:2025-6", "after", date(2025, 6, 1)),
        ("before:2025", "before", date(2025, 1, 1)),
        ("order:replies", "order", "replies"),
        ('"old varnish" peel', "exact", ("old varnish",)),
        ('peel -plywood -"cheap glue"', "without", ("plywood", "cheap glue")),
    ],
)
def test_every_operator_is_understood(line, field, value):
    assert getattr(parse(line), field) == value
    assert parse(line).notes == ()


def test_what_is_no_operator_stays_text_and_a_word_that_one_does_not_take_is_left_out():
    asked = parse("colour:red status:sold after:spring https://example.org 12:30")
    assert asked.words == ("colour", "red", "https://example.org", "12:30")
    told = [note.sentence.split("”")[0] for note in asked.notes]
    assert told == ["There is no “colour:", "“status:", "“after:"]


@pytest.mark.parametrize(
    ("order", "meant"),
    [("latest", "newest"), ("New", "newest"), ("old", "oldest"), ("active", "activity"), ("best", "relevance")],
)
def test_an_order_may_be_called_as_elsewhere(order, meant):
    assert parse(f"reed order:{order}") == parse(f"reed order:{meant}")


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("staus:open", "status:open"),
        ("staus:opn", "status:open"),
        ("status:opened", "status:open"),
        ("is:unread", "in:unread"),
        ("sort:latst", "order:latest"),
        ("order:lates", "order:latest"),
        ("order:views", ""),
        ("bord:bench", "board:bench"),
        ("by:ada", "@ada"),
        ("autor:ada", ""),
        ("re:zero", ""),
        ("C:windows", ""),
    ],
)
def test_a_slip_is_answered_with_what_was_probably_meant(part, instead):
    (note,) = parse(f"old {part} reed").notes
    assert (note.instead, note.line) == (instead, f"old {instead} reed" if instead else "")
    assert instead == "" or parse(note.line).notes == ()


@pytest.mark.parametrize("number", ("0", "0" * 11 + "199999999999999999", "9" * 300, "²", "-1"))
def test_a_topics_number_that_is_none_is_left_out(number):
    assert parse(f"topic:{number}").topic is None


def test_only_so_many_words_are_looked_for():
    asked = parse(" ".join(f"word{n}" for n in range(40)))
    assert len(asked.words) == MOST_WORDS
    assert len(asked.notes) == 1


def test_an_order_alone_asks_for_nothing():
    assert parse("order:newest -x").is_empty
    assert parse("… ?! --").is_empty
    assert not parse("status:solved").is_empty


@given(st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join) | st.text(max_size=80))
def test_a_line_written_again_means_the_same(line):
    asked = replace(parse(line), notes=())
    assert parse(written(asked)) == asked


@settings(max_examples=share(500))
@given(st.lists(st.sampled_from(PARTS), max_size=5).map(" ".join))
def test_the_form_that_shows_a_line_gives_it_back(line):
    asked = replace(parse(line), notes=())
    one = {
        "board": "".join(asked.boards[:1]),
        "author": "".join(asked.authors[:1]),
        "status": "".join(asked.states[:1]),
        "place": "".join(asked.places[:1]),
        "has": "".join(asked.has[:1]),
        "by": asked.by,
        "after": str(asked.after or ""),
        "before": str(asked.before or ""),
        "order": asked.order,
    }
    again = filled(line, one)
    assert (again.words, again.by, again.after, again.order) == (asked.words, asked.by, asked.after, asked.order)
    assert again.boards == asked.boards[:1]
    assert filled(line, {}) == Asked(
        asked.words, asked.exact, asked.without, tags=asked.tags, intents=asked.intents, notes=parse(line).notes
    )


def test_strings_that_broke_other_programs_are_understood_somehow():
    for line in naughty_strings():
        assert parse(written(parse(line))).phrases == parse(line).phrases, line
