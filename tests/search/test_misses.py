"""What was looked for in vain is kept as words, without who, and only where it is nobody's secret."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core import clock as clocks
from forum.permissions import HOUSE
from forum.search import actions
from forum.search.misses import term_of
from forum.search.models import SearchMiss
from forum.search.operators import parse
from tests import cast
from tests.machines.databases import writing


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Shellac flakes", "shellac flakes"),
        ('"French polish" board:bench', "french polish"),
        ("c++", "c++"),
        ("東京タワー", "東京タワー"),
        ("saint-saëns", "saint-saëns"),
        ("ada@example.org", ""),
        ("555 1234", ""),
        ("GB29NWBK60161331926819", ""),
        ("xKqRtZpw", ""),
        ("shellac @ada", ""),
        ("in:mine shellac", ""),
        ("https://example.org/reset/abc", ""),
        ("one two three four five six", ""),
        ("order:newest", ""),
        ("staus:open", ""),
        ("reed status:sold", ""),
        ("a" * 30, ""),
    ],
)
def test_only_plain_words_are_kept(line, kept):
    assert term_of(parse(line)) == kept


def test_missed_words_are_counted_and_an_administrator_reads_and_clears_them(app, client):
    for line in ("Shellac", "shellac", "ada@example.org", "555-1234", "staus:open", "resin board:nowhere", "tag:no"):
        client.get("/search", query_string={"q": line}).close()  # what is done after the answer
    with writing(app) as session:
        assert [(miss.term, miss.count) for miss in session.query(SearchMiss)] == [("shellac", 2)]
        fay = cast.administrator(session, "fay")
        cast.sign_in(client, session, fay)
    page = client.get("/admin/searches")
    assert "shellac" in page.text
    assert "2 times" in page.text
    client.submit("/admin/searches", {"term": "shellac"})
    with writing(app) as session:
        assert session.query(SearchMiss).count() == 0


def test_old_misses_are_forgotten(session):
    for days, term in ((1, "resin"), (91, "amber")):
        session.add(SearchMiss(term=term, count=1, last_at=clocks.now() - timedelta(days=days)))
    session.flush()
    actions.forget_old_misses(session, HOUSE)
    assert [miss.term for miss in session.query(SearchMiss)] == ["resin"]


def test_members_do_not_see_the_list(app, client):
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session))
    assert client.get("/admin/searches").status_code == 403
