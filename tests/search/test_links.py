"""A topic says where it is linked from, to whoever may read what links to it."""

from __future__ import annotations

from dataclasses import replace

from forum.posts import actions, queries
from forum.posts.drafts import EditDraft, ReplyDraft
from forum.posts.models import Post
from forum.search.links import linked
from forum.search.queries import linked_from
from tests import cast


def test_links_into_the_forum_are_told_from_others():
    html = (
        '<p><a class="quote-by" href="/p/7">x</a> <a href="/t/3-glue?page=2#post-21">y</a> <a href="/t/4">z</a>'
        '<a href="https://example.org/t/9">no</a> <a href="/t/99999999999">no</a> <a href="/tags/gut">no</a>'
        "&lt;a href=&quot;/t/8&quot;&gt;</p>"
    )
    assert linked(html) == ({3, 4}, {7})


def linking(to):
    words = cast.words(f"See there {to}")
    return replace(words, rendered=replace(words.rendered, html=f'<p><a href="{to}">there</a></p>'))


def test_a_topic_is_linked_from_others_until_the_link_is_taken_out(session):
    ada, rena = cast.member(session), cast.staff(session)
    board, desk = cast.board(session), cast.board(session, rights=cast.STAFF_ONLY)
    known = cast.topic(session, board, ada, "About glue")
    asking, secret = cast.topic(session, board, ada, "Asking"), cast.topic(session, desk, rena, "A secret plan")
    opening = session.query(Post).filter_by(topic_id=known.id).one()
    with cast.unhurried():
        reply = actions.reply(session, cast.actor(session, ada), asking, ReplyDraft(linking(f"/p/{opening.id}")))
        actions.reply(session, cast.actor(session, rena), secret, ReplyDraft(linking(f"/t/{known.id}-about-glue")))
        actions.reply(session, cast.actor(session, ada), known, ReplyDraft(linking(f"/t/{known.id}")))
    everybody, staff = cast.actor(session, None), cast.actor(session, rena)
    assert [found.title for found in linked_from(session, everybody, known)] == ["Asking"]
    assert [found.title for found in linked_from(session, staff, known)] == ["A secret plan", "Asking"]
    by_ada = cast.actor(session, ada)
    post = queries.post_for_update(session, by_ada, reply.id)
    actions.edit_post(session, by_ada, post, EditDraft(cast.words("Never mind"), base=0))
    assert linked_from(session, everybody, known) == []
