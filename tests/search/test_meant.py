"""What was probably meant by words that find nothing: only what this reader may read, the same on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.boards.models import TagSynonym
from forum.permissions import Actor
from forum.posts.models import Post
from forum.search.models import SearchMiss
from forum.search.operators import parse, written
from forum.search.queries import meant, search
from forum.search.slips import likeliest, slips
from tests import cast
from tests.machines.databases import reading, undone, writing


def proposed(session: Session, actor: Actor, line: str) -> str:
    asked = search(session, actor, parse(line))
    found = meant(session, actor, asked.asked) if not asked.count else None
    return written(found) if found is not None else ""


def test_a_slip_is_a_letter_too_few_too_many_another_or_two_that_changed_places():
    assert {"varnish"} <= slips("varnsh") & slips("vvarnish") & slips("varnosh") & slips("Vranish")
    assert "saite" in slips("Säitte")
    assert "that" not in slips("thta"), "such words stand everywhere and say nothing"
    for none in ("gut", "c++", "2024", "東京タワー", "saint-saëns", "x" * 21, ""):
        assert slips(none) == frozenset()


def test_of_several_words_the_one_of_most_topics_is_meant_as_people_write_it():
    texts = [(1, "Saite, saite, saite"), (2, "Seiten"), (3, "Die Seiten! Seiten"), (3, "seiten")]
    assert likeliest({"saite", "seiten"}, texts) == "Seiten"
    assert likeliest({"saite", "kante"}, [(1, "Die Saite, die Kante")]) == "Kante"
    assert likeliest({"saite"}, [(1, "Bogen")]) == ""


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("varnsih", "Varnish"),
        ("shelack", "shellack"),
        ("Strasze", "Straße"),
        ("varnsih fiddle", "Varnish fiddle"),
        ("varnsih board:bench order:newest", "Varnish board:bench order:newest"),
        ("varnsih @ada -lacquer", "Varnish -lacquer @ada"),
        ("fidlde in:title", "fiddle in:title"),
        ("varnish", ""),
        ("varnsih board:parlour", ""),
        ("shelack in:title", ""),
        ("varnsih cello", ""),
        ("varnsih quite-another", ""),
        ('"varnsih"', ""),
        ("zzzzzz", ""),
    ],
)
def test_a_slip_is_answered_with_a_line_that_finds_something(app, line, meant):
    with undone(app) as session:
        ada = cast.member(session, "ada")
        bench = cast.board(session, "bench")
        cast.topic(session, bench, ada, "Varnish for a fiddle", "Not shellack, which peels.")
        cast.topic(session, cast.board(session, "parlour"), ada, "A cello", "In the Straße.")
        assert proposed(session, cast.actor(session, None), line) == meant


def test_no_word_is_named_that_only_others_may_read(app):
    """Of a private board, of a hidden post, and beside a rarer word that everybody may read."""
    with undone(app) as session:
        ada, rena = cast.member(session, "ada"), cast.staff(session, "rena")
        bench, desk = cast.board(session, "bench"), cast.board(session, "desk", rights=cast.STAFF_ONLY)
        for _number in range(3):
            cast.topic(session, desk, rena, "Severance", "About the severance and the merger")
        cast.topic(session, bench, ada, "Mergers", "A mergen between boards")
        hidden = cast.topic(session, bench, ada, "Bow hair", "A libellous word")
        for post in session.scalars(select(Post).where(Post.topic_id == hidden.id)):
            post.hidden_at = cast.clock.now()
        session.flush()
        guest, member, staff = (cast.actor(session, one) for one in (None, ada, rena))
        for anybody in (guest, member):
            assert proposed(session, anybody, "severence") == ""
            assert proposed(session, anybody, "severence in:title") == ""
            assert proposed(session, anybody, "libelous") == ""
            assert proposed(session, anybody, "mergem") == "mergen"
        assert proposed(session, staff, "severence") == "severance"
        assert proposed(session, staff, "mergem") == "merger"


def test_a_slip_is_said_above_one_press_mends_it_and_it_is_no_wish(app, client):
    with writing(app) as session:
        cast.topic(session, cast.board(session, "bench"), cast.member(session, "ada"), "Varnish", "How many coats?")
    answer = client.get("/search?q=varnsih+board:bench")
    assert '<a href="/search?q=Varnish+board:bench">Did you mean Varnish?</a>' in answer.text
    answer.close()  # what is done after the answer
    with reading(app) as session:
        assert session.query(SearchMiss).count() == 0


def test_a_boards_own_name_offers_the_board_to_whoever_sees_it(app, client):
    with writing(app) as session:
        for slug, name in (("tuning", "Tuning table"), ("bench", "Äußere Werkbank"), ("desk", "Tuning desk")):
            cast.board(session, slug, name=name, rights=cast.STAFF_ONLY if slug == "desk" else None)
    for line in ("Tuning", "tuning+table", "table+tun", "tuning+table+zzz:1"):
        page = client.get(f"/search?q={line}").text.split('id="found"')[1]
        assert ('href="/b/tuning"' in page) == ("zzz" not in line), line
        assert "/b/desk" not in page
    assert 'href="/b/bench"' in client.get("/search?q=aussere").text.split('id="found"')[1]
    assert 'href="/b/tuning"' not in client.get("/search?q=tuning+board:bench").text.split('id="found"')[1]
    with writing(app) as session:
        cast.sign_in(client, session, cast.staff(session))
    assert 'href="/b/desk"' in client.get("/search?q=tuning").text.split('id="found"')[1]


def test_a_tag_is_offered_by_its_other_names_too(app, client):
    with writing(app) as session:
        tag = cast.tag(session, "french-polish", name="French polish")
        session.add(TagSynonym(slug="shellac-polish", name="Shellac polish", tag_id=tag.id))
    for line in ("french+polish", "French-Polish", "shellac+polish"):
        assert 'href="/tags/french-polish"' in client.get(f"/search?q={line}").text
