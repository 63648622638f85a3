"""Nobody reads a conversation who does not take part: whatever happened before, for everybody, on both databases."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts.actions.membership import enter_group, leave_group
from forum.conversations import actions, queries
from forum.conversations.models import Conversation, Message, MessageReport
from forum.conversations.queries import visible
from forum.core import clock
from forum.core.errors import ForumError, NotFound
from forum.permissions import Act, allows
from forum.uploads import queries as uploads
from forum.uploads.models import Upload, UploadUse
from tests import cast
from tests.conversations.talk import ask, letter, say, start

NAMES = ("ada", "bo", "cleo", "mod", "root")
WHO = st.sampled_from(NAMES)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("start"), WHO, WHO),
        st.tuples(st.just("group"), WHO, WHO),
        st.tuples(st.just("moderators"), WHO, WHO),
        st.tuples(st.just("say"), WHO, st.integers(0, 3)),
        st.tuples(st.just("invite"), WHO, WHO, st.integers(0, 3), st.booleans()),
        st.tuples(st.just("leave"), WHO, st.integers(0, 3)),
        st.tuples(st.just("in"), WHO, WHO),
        st.tuples(st.just("out"), WHO, WHO),
        st.tuples(st.just("report"), WHO, st.integers(0, 3)),
    ),
    min_size=3,
    max_size=14,
)


class Model:
    """Who may read what, said without SQL."""

    def __init__(self):
        self.kinds, self.seats, self.messages, self.group = [], [], [], {"bo"}

    def sees(self, name, index):
        """The message ids of one conversation that a person may read."""
        by_office = self.kinds[index] == "moderators" and name in ("mod", "root")
        if by_office or (self.kinds[index] == "group" and name in self.group):
            return set(self.messages[index])
        after = self.seats[index].get(name)
        return set() if after is None else set(self.messages[index][after:])


class World:
    """The same steps through the verbs; what they refuse did not happen in the model either."""

    def __init__(self, session):
        self.session, self.model, self.made, self.words, self.pictures = session, Model(), [], count(), {}
        makers = {"mod": cast.moderator, "root": cast.administrator}
        self.people = {name: makers.get(name, cast.member)(session, name) for name in NAMES}
        self.circle = cast.group(session, "Circle", written_to_by="members")
        cast.join(session, self.people["bo"], self.circle.id)

    def step(self, what, *args):
        try:
            getattr(self, what)(*args)
        except ForumError:
            self.session.flush()
        self._catch_up()

    def _catch_up(self):
        for index, about in enumerate(self.made):
            rows = select(Message.id).where(Message.conversation_id == about.id).order_by(Message.number)
            self.model.messages[index] = list(self.session.scalars(rows))
            for message_id in self.model.messages[index]:
                self._show_a_picture_in(message_id)

    def _show_a_picture_in(self, message_id):
        if message_id not in self.pictures.values():
            upload = Upload(
                token=f"{message_id:024x}",
                kind="image",
                key=f"uploads/{message_id}.png",
                size=1,
                name="bow.png",
                media_type="image/png",
                created_at=clock.now(),
                touched_at=clock.now(),
            )
            self.session.add(upload)
            self.session.flush()
            self.session.add(UploadUse(upload_id=upload.id, place="message", place_id=message_id))
            self.session.flush()
            self.pictures[upload.id] = message_id

    def _new(self, about, kind, **seats):
        if about.id not in {one.id for one in self.made}:
            self.made.append(about)
            self.model.kinds.append(kind)
            self.model.messages.append([])
            self.model.seats.append(seats)

    def _some(self, index):
        if not self.made:
            raise NotFound
        return index % len(self.made)

    def start(self, who, other):
        about = start(self.session, self.people[who], other, words=f"Words {next(self.words)}")
        self._new(about, "private", **{who: 0, other: 0})

    def group(self, who, _other):
        about = start(self.session, self.people[who], words=f"Words {next(self.words)}", group="circle")
        self._new(about, "group", **{who: 0})

    def moderators(self, who, other):
        draft = letter(f"Words {next(self.words)}")
        actor = cast.actor(self.session, self.people[who])
        message = (
            actions.write_to_moderators(self.session, actor, draft)
            if who == other
            else actions.write_to_member(self.session, actor, self.people[other], draft)
        )
        self._new(self.session.get(Conversation, message.conversation_id), "moderators", **{other: 0})

    def say(self, who, index):
        say(self.session, self.people[who], self.made[self._some(index)], f"Words {next(self.words)}")

    def invite(self, who, other, index, whole):
        index = self._some(index)
        before = self.made[index].last_number
        ask(self.session, actions.invite, self.people[who], self.made[index], self.people[other], whole=whole)
        self.model.seats[index][other] = 0 if whole else before

    def leave(self, who, index):
        index = self._some(index)
        ask(self.session, actions.leave, self.people[who], self.made[index])
        del self.model.seats[index][who]

    def report(self, who, index):
        index = self._some(index)
        ids = self.model.sees(who, index)
        if ids:
            actor = cast.actor(self.session, self.people[who])
            message, seen = queries.message(self.session, actor, max(ids))
            actions.report_message(self.session, actor, message, seen, "Look at this.")

    def out(self, who, _other):
        leave_group(self.session, self.circle.id, self.people[who].id)
        self.model.group.discard(who)

    def __getattr__(self, name):
        return self.enter if name == "in" else super().__getattribute__(name)

    def enter(self, who, _other):
        enter_group(self.session, self.circle.id, self.people[who].id)
        self.model.group.add(who)


@pytest.fixture
def unhurried(monkeypatch):
    monkeypatch.setattr("forum.conversations.actions.writing.check_sending", lambda *_: None)


@settings(max_examples=40)
@given(steps=STEPS)
def test_everybody_reads_exactly_what_is_theirs(app, unhurried, steps):
    from tests.machines.databases import undone

    with undone(app) as session:
        world = World(session)
        for what, *args in steps:
            world.step(what, *args)
        session.flush()
        for name in (*NAMES, None):
            agree(session, world, name)
            opens_the_pictures_of_what_is_read(session, world, name)


def agree(session, world, name):
    actor = cast.actor(session, world.people[name] if name else None)
    for index, about in enumerate(world.made):
        theirs = world.model.sees(name, index) if name else set()
        rows = select(Message.id).join(Message.conversation).where(Message.conversation_id == about.id)
        assert set(session.scalars(rows.where(visible.messages(actor)))) == theirs, (name, world.model.kinds[index])
        has_place = bool(theirs) or (name is not None and name in world.model.seats[index])
        found = session.scalar(select(Conversation.id).where(Conversation.id == about.id, visible.conversations(actor)))
        assert (found is not None) == has_place
        of_any = select(Conversation.id).where(
            Conversation.id == about.id, visible.seen_by(Conversation.id, actor.account_id or 0)
        )
        assert session.scalar(of_any) == found, "statements without an actor say the same"
        if has_place:
            seen = queries.conversation(session, actor, about.id)
            assert allows(actor, Act.SEE_CONVERSATION, seen)
            page = queries.conversation_page(session, actor, about.id)
            assert {message.id for message in page.messages.items} <= theirs
        else:
            with pytest.raises(NotFound):
                queries.conversation_page(session, actor, about.id)
    if name in ("mod", "root"):
        for report in session.query(MessageReport).all():
            numbers = [message.number for message in evidence(session, actor, report)]
            assert len(numbers) <= 5
            assert max(numbers, default=0) - min(numbers, default=0) <= 4
    else:
        for report in session.query(MessageReport).all():
            assert evidence(session, actor, report) == []


def evidence(session, actor, report):
    """What somebody reads because of a report; nothing, where it is not theirs to deal with."""
    try:
        return queries.evidence(session, actor, report.id).messages
    except ForumError:
        return []


def opens_the_pictures_of_what_is_read(session, world, name):
    """A picture opens for whoever reads a message that shows it, by a seat or by a report, and for nobody else."""
    actor = cast.actor(session, world.people[name] if name else None)
    theirs = set()
    for index in range(len(world.made)):
        theirs |= world.model.sees(name, index) if name else set()
    if name in ("mod", "root"):
        for report in session.query(MessageReport).all():
            theirs |= {message.id for message in evidence(session, actor, report)}
    readable = {"message": queries.readable(actor)}
    opened = set(session.scalars(select(Upload.id).where(uploads.visible(actor, readable))))
    assert {world.pictures[upload_id] for upload_id in opened} == theirs, name
