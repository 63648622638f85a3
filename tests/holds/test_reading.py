"""Watched words in whatever dress: found where people read them, and nowhere else."""

from __future__ import annotations

import pytest

from forum.core.markup.rendering import rendered_here
from forum.core.markup.values import Job
from forum.holds.reading import Said, found, readable
from forum.holds.words import Action, Matcher, Watched

WORD = Watched("zholdword", Action.HOLD)


def patterns(text, *watched):
    said = Said("body", text, rendered_here(Job(None, text)).html)
    return [hit.watched.pattern for hits in found(Matcher(watched), [said]).values() for hit in hits]


@pytest.mark.parametrize(
    "text",
    [
        "zholdword",
        "zhold**word**",
        "zhold*word*",
        "zhold~~word~~",
        "zhold&#119;ord",
        "zhold&shy;word",
        "zhold&#8203;word",
        "zhold[word](https://x.example)",
        "zhоldword",  # a Cyrillic о
        "zhоld**word**",
        "1. x\n\n    zholdword",
    ],
)
def test_a_word_is_found_however_it_is_dressed(text):
    assert patterns(text, WORD) == ["zholdword"]


@pytest.mark.parametrize(
    "text",
    [
        "`zholdword`",
        "Text\n\n    zholdword",
        "```\nzholdword\n```",
        "https://zholdword.example/x",
        "[there](https://zholdword.example)",
        "zhold word",
        "zhold\n\nword",
    ],
)
def test_code_addresses_and_neighbours_are_no_words(text):
    assert patterns(text, WORD) == []


def test_look_alikes_with_a_star_and_in_a_phrase():
    words = Watched("back*lin*", Action.HOLD), Watched("cheap pills", Action.HOLD)
    assert patterns("My backlіnks", *words) == ["back*lin*"]
    assert patterns("cheар рills", *words) == ["cheap pills"]  # partly Cyrillic, then partly again


def test_words_of_one_alphabet_are_what_they_are():
    words = [Watched(word, Action.HOLD) for word in ("cop", "pop", "pocep", "op*", "on")]
    assert patterns("Сор и рор: росер, он, ор", *words) == []  # Russian letters that all look Latin
    assert patterns("Ορος, ον", *words) == []  # Greek
    assert patterns("сор", Watched("сор", Action.HOLD)) == ["сор"]


def test_what_cannot_be_blackened_is_told_to_moderators():
    censored = Watched("zholdword", Action.CENSOR)
    text = "zhold**word**"
    said = Said("body", text, rendered_here(Job(None, text)).html)
    assert [hit.watched.action for hit in found(Matcher([censored]), [said])["body"]] == [Action.FLAG]
    assert [hit.watched.action for hit in found(Matcher([censored]), [Said("body", "zholdword")])["body"]] == [
        Action.CENSOR
    ]


def test_blocks_part_words_and_inline_marks_do_not():
    html = "<p>one<b>two</b></p><ul><li>three</li><li>four</li></ul>five<br>six <code>seven</code> &amp; eight"
    assert readable(html).split() == ["onetwo", "three", "four", "five", "six", "&", "eight"]
