"""A place with a spam account that did a little of everything, and what stands in its tables."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from forum.conversations.models import Conversation, Message
from forum.core import clock
from forum.core.db import db
from forum.gatherings.models import Attendance
from forum.importers.queries import old_topics, posts_without_affiliation
from forum.moderation.actions import removing
from forum.moderation.spam_models import SpamRemoval
from forum.polls import actions as polls
from forum.polls.check import RULES as OF_POLLS
from forum.posts import actions, queries
from forum.posts.check import drifts
from forum.search import check as links
from forum.stewardship import check as states
from tests import cast
from tests.conversations import talk
from tests.polls.people import polled, ready

# What the removal itself is: its own rows, the decision and what its owner is told, the log, jobs, blocks; and
# what a board is like, which is counted from the rows as of now (`check` holds it). Everything else is as it was.
OWN = {"spam_removals", "spam_parts", "rulings", "outbox", "deeds", "jobs", "blocks", "board_states", "board_hours"}
TOLD = ("decided", "shown_again", "objection_answered", "objection", "objection_was_right", "objection_reopened")
# An event that goes and comes back is a change of it: calendars follow the higher number.
FORWARD = {"topics": {"fields_version", "fields_changed_at"}}


def rows(session):
    """Every row of every table, but those."""
    session.flush()
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name not in OWN:
            left_out = FORWARD.get(table.name, set())
            columns = [column for column in table.columns if column.name not in left_out]
            asked = select(*columns)
            if table.name == "notices":
                asked = asked.where(table.c.kind.not_in(TOLD))
            found[table.name] = sorted(map(repr, session.execute(asked).all()))
    return found


def off(session):
    """What `flask --app app check` would find."""
    found = [*drifts(session, further=OF_POLLS), *links.drifts(session, old_topics)]
    return [*found, *states.drifts(session, clock.now(), posts_without_affiliation())]


def changed(before, after):
    """The tables that differ, each with its rows on both sides."""
    return {
        name: (sorted(set(was) - set(after[name])), sorted(set(after[name]) - set(was)))
        for name, was in before.items()
        if was != after[name]
    }


class Place:
    """Boards, members, a moderator, and spam."""

    def __init__(self, session):
        self.session = session
        young = {"created_at": clock.now() - timedelta(days=2)}
        self.ada, self.bo = cast.member(session, "ada"), cast.member(session, "bo")
        self.eli, self.mod = cast.moderator(session, "eli"), cast.moderator(session, "mod")
        links = [{"label": "Cheap", "url": "https://cheap.example"}]
        self.spam = cast.member(
            session, "spam", display_name="Cheap Gut", headline="Buy!", links=links, about_html="<p>Buy</p>", **young
        )
        self.talk = cast.board(session, "talk", kind="discussion")
        self.ask = cast.board(session, "ask", kind="question")
        self.ideas = cast.board(session, "ideas", kind="idea")
        cast.tag(session, "gut")

    def busy(self):
        """The spam account did a little of everything."""
        session, spam = self.session, self.spam
        question = cast.topic(session, self.ask, self.ada, "How do pegs stick?")
        answer = cast.reply(session, question, spam, "Buy cheap gut, @bo, zanzibar.")
        cast.reply(session, question, self.bo, "Chalk.")
        advert = cast.topic(session, self.talk, spam, "Cheap zanzibar gut", tags=("gut",))
        cast.reply(session, advert, self.bo, "Do not buy it.")
        cast.reply(session, advert, spam, "Buy it, @ada!")
        idea = cast.topic(session, self.ideas, self.bo, "A bench for everybody")
        poll = polled(session, self.talk, self.ada)
        self._as(spam, actions.vote, queries.topic_for_update, idea.id)
        self._as(spam, actions.have_too, queries.topic_for_update, question.id)
        bos = session.scalars(select(type(answer)).filter_by(topic_id=question.id, author_id=self.bo.id)).one()
        for kind in ("worked_for_me", "thanks"):
            self._as(spam, actions.react, queries.post_for_update, bos.id, kind)
        self._as(self.ada, actions.accept_answer, queries.post_for_update, answer.id)
        self._as(self.ada, actions.react, queries.post_for_update, answer.id, "worked_for_me")
        actor = cast.actor(session, spam)
        post, row = ready(session, actor, poll.id)
        polls.vote(session, actor, post, row, [row.options[0].id])
        session.add(Attendance(topic_id=advert.id, account_id=spam.id, answer="yes", turn=1, answered_at=clock.now()))
        about = talk.start(session, spam, "ada", words="Buy it.", title="Cheap gut")
        session.execute(update(Message).values(created_at=clock.now() - timedelta(minutes=1)))
        talk.say(session, spam, session.get(Conversation, about.id), "Buy it now.")
        talk.say(session, self.ada, session.get(Conversation, about.id), "No.")
        session.flush()
        session.expire_all()
        return self

    def _as(self, person, verb, find, id_, *more):
        actor = cast.actor(self.session, person)
        verb(self.session, actor, find(self.session, actor, id_), *more)

    def remove(self, by=None, whom=None, **given):
        actor = cast.actor(self.session, by or self.eli)
        made = removing.remove(self.session, actor, (whom or self.spam).id, "Advertising", **given)
        removal = self.session.get_one(SpamRemoval, made.before["removal"])
        self.session.expire_all()
        return removal

    def undo(self, removal, by=None):
        removal = removing.undo(self.session, cast.actor(self.session, by or self.mod), removal.id, "It was none")
        self.session.expire_all()
        return removal
