"""Whom a text calls."""

from __future__ import annotations

from forum.core.markup.rendering import rendered_here
from forum.core.markup.values import Job
from forum.posts.calls import Calls, calls


def called(source, *names):
    return calls(rendered_here(Job(None, source, names=frozenset(names))).html)


def test_a_mention_outside_code_and_quotations_calls():
    assert called("Hello @ada and `@bo`.", "ada", "bo") == Calls(names=frozenset({"ada"}))
    assert called("> Hello @ada\n\nNo.", "ada") == Calls()


def test_a_quotation_calls_the_post_it_quotes_and_nobody_in_it():
    source = "> [@ada](/p/12):\n>\n> I asked @bo, see [this](/p/9).\n\nYes."
    assert called(source, "ada", "bo") == Calls(quoted=frozenset({12}))


def test_a_link_to_a_post_is_a_link_and_to_a_member_is_none():
    assert called("See [there](/p/7) and [her](/u/ada).", "ada") == Calls(linked=frozenset({7}))


def test_words_without_links_call_nobody():
    assert called("Nothing here.") == Calls()
