"""Two at the same moment: a member is recognized once, and hears of everything in one message."""

from __future__ import annotations

from functools import partial

from forum.posts.queries import post_for_update
from forum.recognition import actions
from forum.recognition.models import Recognition, ThankYou, ThankYouMessage
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.recognition.people import WORDS, Workshop


def together(app, *works):
    """Each in a transaction of its own, all at once; what was refused."""

    def run(work):
        with writing(app) as session:
            work(session)

    return [refusal for refusal in at_once(*(partial(run, work) for work in works)) if refusal]


def test_of_two_recognizers_at_the_same_moment_one_recognizes(app):
    with writing(app) as session:
        shop = Workshop(session)
        elsewhere = cast.topic(session, cast.board(session), shop.ben)
        tried = [
            (shop.actor(shop.rae), shop.writes(shop.pia).id),
            (shop.actor(shop.hal), shop.writes(shop.pia, elsewhere).id),
        ]

    def by(actor, post_id):
        return lambda session: actions.recognize(session, actor, post_for_update(session, actor, post_id), WORDS)

    refused = together(app, *(by(*one) for one in tried))
    with reading(app) as session:
        assert (session.query(Recognition).count(), len(refused)) == (1, 1)
        assert session.query(ThankYou).count() == 1


def test_four_who_thank_at_the_same_moment_stand_in_one_message(app):
    from forum.posts import actions as posts

    with writing(app) as session:
        shop = Workshop(session)
        topics = [cast.topic(session, cast.board(session), shop.ben) for _ in range(4)]
        tried = [(shop.actor(cast.member(session)), shop.writes(shop.pia, topic).id) for topic in topics]

    def by(actor, post_id):
        return lambda session: posts.react(session, actor, post_for_update(session, actor, post_id), "thanks")

    assert together(app, *(by(*one) for one in tried)) == []
    with reading(app) as session:
        assert (session.query(ThankYouMessage).count(), session.query(ThankYou).count()) == (1, 4)
