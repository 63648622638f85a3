"""A topic says where it is linked from, to whoever may read what links to it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete

from forum.importers.queries import old_topics
from forum.posts import actions, queries
from forum.posts.drafts import EditDraft, ReplyDraft
from forum.posts.models import Post
from forum.search import check
from forum.search.links import linked
from forum.search.models import TopicLink
from forum.search.queries import linked_from
from tests import cast


def test_links_into_the_forum_are_told_from_others():
    html = (
        '<p><a class="quote-by" href="/p/7">x</a> <a href="/t/3-glue?page=2#post-21">y</a> <a href="/t/4">z</a>'
        '<a href="https://example.org/t/9">no</a> <a href="/t/99999999999">no</a> <a href="/tags/gut">no</a>'
        '<a href="/t/caf%C3%A9/12/3">old</a> <a href="/t/-/13">old</a> <a href="/t/14/2#x">old</a>'
        "&lt;a href=&quot;/t/8&quot;&gt;</p>"
    )
    assert linked(html) == ({3, 4}, {7}, {("café", 12), ("-", 13), ("", 14)})


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


def test_links_that_were_not_kept_or_lead_nowhere_any_more_are_found_and_set_right(session):
    ada = cast.member(session)
    board = cast.board(session)
    known, other = cast.topic(session, board, ada, "About glue"), cast.topic(session, board, ada, "About resin")
    asking = cast.topic(session, board, ada, "Asking")
    with cast.unhurried():
        reply = actions.reply(session, cast.actor(session, ada), asking, ReplyDraft(linking(f"/t/{known.id}")))
    session.execute(delete(TopicLink))
    session.add(TopicLink(from_post_id=reply.id, to_topic_id=other.id))
    session.flush()
    wrong = [("topic_links", reply.id, [other.id], [known.id])]
    for repair, found in ((False, wrong), (True, wrong), (False, [])):
        off = check.drifts(session, old_topics, repair=repair)
        assert [(drift.what, drift.row_id, drift.stored, drift.expected) for drift in off] == found
    assert [found.title for found in linked_from(session, cast.actor(session, None), known)] == ["Asking"]
