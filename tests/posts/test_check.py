"""What counters mean, and that whatever people do in whatever order leaves every one of them right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, func, select, update

from forum.accounts.models import Account
from forum.boards.models import Board, Tag
from forum.core import clock as clocks
from forum.core.db import UtcDateTime
from forum.core.errors import ForumError, NotFound
from forum.organization.voices import Voice
from forum.permissions import HOUSE
from forum.posts import actions, ideas, queries
from forum.posts.actions.importing import ImportedPost, ImportedTopic, import_topics
from forum.posts.check import RULES, drifts
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Topic
from forum.posts.powers import Ground
from tests import cast
from tests.machines.databases import undone
from tests.machines.proof import share

STEPS = (
    *("start", "reply", "reply", "reply", "soft reply"),
    *("edit", "delete", "delete", "undelete", "undelete", "accept", "accept", "withdraw", "restore"),
    *("lock", "unlock", "pin", "archive", "unarchive", "react", "import", "bring hidden"),
    *("hide", "hide", "show", "remove", "put back"),
    *("work", "work", "unwork", "too", "not too", "vote", "vote", "unvote", "state", "merge", "merge", "unmerge"),
    *("confirm", "confirm", "unconfirm", "doubt", "still true", "outdated", "outdated"),
)
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 7), st.integers(0, 7), st.integers(0, 7))


class Community:
    """Two boards, six people, and one verb after another, each by somebody who may or may not."""

    def __init__(self, session):
        self.session = session
        self.people = [
            cast.member(session, "ada"),
            cast.member(session, "bo"),
            cast.member(session, "cleo"),
            cast.staff(session, "dora"),
            cast.moderator(session, "eli"),
            cast.administrator(session, "fay"),
        ]
        self.boards = [cast.board(session, kind="question"), cast.board(session, kind="discussion")]
        self.boards.append(cast.board(session, kind="idea"))
        self.tags = [cast.tag(session, "one"), cast.tag(session, "two")]
        self.begun = clocks.now() - timedelta(days=1)

    def do(self, verb, who, which, what):
        person = self.people[who % len(self.people)]
        actor = cast.actor(self.session, person)
        try:
            with self.session.begin_nested():
                getattr(self, verb.replace(" ", "_"))(person, actor, which, what)
        except ForumError:
            pass  # no is an answer too, and it leaves nothing
        self.session.expire_all()

    def posts(self, actor, which):
        ids = self.session.scalars(select(Post.id).order_by(Post.id)).all()
        assert ids
        return queries.post_for_update(self.session, actor, ids[which * 5 % len(ids)])

    def topics(self, actor, which):
        ids = self.session.scalars(select(Topic.id).order_by(Topic.id)).all()
        return queries.topic_for_update(self.session, actor, ids[which % len(ids)])

    def start(self, person, _actor, which, what):
        cast.topic(
            self.session, self.boards[which % 3], person, tags=[("one",), ("two",), ("one", "two"), ()][what % 4]
        )

    def reply(self, person, actor, which, _what):
        cast.reply(self.session, self.topics(actor, which), person)

    def soft_reply(self, person, actor, which, _what):
        cast.reply(self.session, self.topics(actor, which), person, voice=Voice("thank", "official", "recognizer"))

    def edit(self, _person, actor, which, what):
        post = self.posts(actor, which)
        draft = EditDraft(
            body=cast.words("Another wording. " * (what + 1) * 3),
            base=post.revision_count,
            tags=(("two",), None)[what % 2] if post.is_opening else None,
        )
        actions.edit_post(self.session, actor, post, draft)

    def restore(self, _person, actor, which, _what):
        post = self.posts(actor, which)
        for revision in queries.revisions(self.session, post)[:1]:
            actions.restore_revision(self.session, actor, post, revision, cast.words(revision.source))

    def delete(self, _person, actor, which, _what):
        actions.delete_post(self.session, actor, self.posts(actor, which))

    def remove(self, _person, actor, which, _what):
        actions.remove_post(self.session, actor, self.posts(actor, which), Ground("spam"))

    def hide(self, _person, actor, which, _what):
        actions.hide_post(self.session, actor, self.posts(actor, which), Ground("spam"))

    def show(self, _person, actor, which, _what):
        actions.show_post(self.session, actor, self.posts(actor, which))

    def put_back(self, _person, actor, which, _what):
        actions.restore_post(self.session, actor, self.posts(actor, which))

    def undelete(self, _person, actor, which, _what):
        actions.undelete_post(self.session, actor, self.posts(actor, which))

    def accept(self, _person, actor, which, _what):
        actions.accept_answer(self.session, actor, self.posts(actor, which))

    def withdraw(self, _person, actor, which, _what):
        actions.withdraw_answer(self.session, actor, self.posts(actor, which))

    def lock(self, _person, actor, which, _what):
        actions.lock(self.session, actor, self.topics(actor, which))

    def unlock(self, _person, actor, which, _what):
        actions.unlock(self.session, actor, self.topics(actor, which))

    def archive(self, _person, actor, which, _what):
        actions.archive(self.session, actor, self.topics(actor, which))

    def unarchive(self, _person, actor, which, _what):
        actions.unarchive(self.session, actor, self.topics(actor, which))

    def pin(self, _person, actor, which, _what):
        until = clocks.now() + timedelta(days=3)
        actions.pin(self.session, actor, self.topics(actor, which), scope="board", until=until)

    def react(self, _person, actor, which, _what):
        actions.react(self.session, actor, self.posts(actor, which), "thanks")

    def work(self, _person, actor, which, _what):
        actions.react(self.session, actor, self.posts(actor, which), "worked_for_me")

    def unwork(self, _person, actor, which, _what):
        actions.unreact(self.session, actor, self.posts(actor, which), "worked_for_me")

    def too(self, _person, actor, which, _what):
        actions.have_too(self.session, actor, self.topics(actor, which))

    def not_too(self, _person, actor, which, _what):
        actions.have_no_more(self.session, actor, self.topics(actor, which))

    def vote(self, _person, actor, which, _what):
        actions.vote(self.session, actor, self.topics(actor, which))

    def unvote(self, _person, actor, which, _what):
        actions.unvote(self.session, actor, self.topics(actor, which))

    def state(self, _person, actor, which, what):
        why = cast.words("Because it is so.")
        actions.change_state(self.session, actor, self.topics(actor, which), ideas.STATES[what % 7], why)

    def merge(self, _person, actor, which, what):
        pair, why = (self.topics(actor, which), self.topics(actor, what)), cast.words("They ask for the same.")
        actions.merge_idea(self.session, actor, *pair, why, why)

    def unmerge(self, _person, actor, which, _what):
        topic, why = self.topics(actor, which), cast.words("They do not.")
        if topic.duplicate_of_id is not None:
            target = queries.topic_for_update(self.session, actor, topic.duplicate_of_id)
            actions.unmerge_idea(self.session, actor, topic, target, why)

    def confirm(self, _person, actor, which, _what):
        actions.confirm_answer(self.session, actor, self.posts(actor, which))

    def unconfirm(self, _person, actor, which, _what):
        actions.withdraw_confirmation(self.session, actor, self.posts(actor, which))

    def answers(self, actor, which):
        """Posts that stand under their question, so that there is something to doubt."""
        standing = select(Topic.answer_post_id).where(Topic.answer_post_id.is_not(None)).order_by(Topic.id)
        ids = self.session.scalars(standing).all()
        if not ids:
            raise NotFound
        return queries.post_for_update(self.session, actor, ids[which % len(ids)])

    def doubt(self, _person, actor, which, _what):
        actions.doubt(self.session, actor, self.answers(actor, which), "It is done otherwise now.")

    def still_true(self, _person, actor, which, _what):
        actions.say_still_true(self.session, actor, self.answers(actor, which))

    def outdated(self, _person, actor, which, _what):
        actions.say_outdated(self.session, actor, self.answers(actor, which))

    def bring_hidden(self, _person, _actor, which, what):
        self.bring(which, what, hidden=True)

    def import_(self, which, what):
        self.bring(which, what)

    def bring(self, which, what, *, hidden=False):
        authors = [self.people[(which + turn) % len(self.people)].id for turn in range(what + 1)]
        at = [self.begun + timedelta(minutes=turn) for turn in range(what + 1)]
        posts = [
            ImportedPost(
                number=turn * 2 + 1,
                author_id=author if turn != 3 else None,
                created_at=at[turn],
                body=cast.words(f"Brought {turn}"),
                action="closed" if turn == 4 else "",
                hidden_at=at[turn] if hidden and turn in (0, what) else None,
                deleted_at=at[turn] if turn == 2 and which % 2 else None,
            )
            for turn, author in enumerate(authors)
        ]
        topic = ImportedTopic(
            board_id=self.boards[which % 2].id,
            author_id=authors[0],
            title="Brought along",
            created_at=at[0],
            posts=posts,
            tag_ids=[self.tags[0].id, self.tags[0].id],
            accepted_number=posts[-1].number if which % 2 == 0 and what else None,
            accepted_at=at[-1],
            deleted_at=at[-1] if which == 5 else None,
        )
        import_topics(self.session, HOUSE, [topic])


setattr(Community, "import", lambda self, _person, _actor, which, what: self.import_(which, what))


@given(steps=st.lists(step, min_size=1, max_size=25))
@settings(max_examples=share(400))
@example(steps=[("bring hidden", 0, 0, 0), ("reply", 0, 1, 0)])
def test_whatever_people_do_every_counter_and_pointer_agrees(app, steps):
    with undone(app) as session:
        community = Community(session)
        community.do("start", 0, 0, 0)
        for verb, who, which, what in steps:
            community.do(verb, who, which, what)
        session.flush()
        assert list(drifts(session)) == [], steps


@pytest.fixture
def scene(session):
    """A solved question with a tag, two answers and an edit, on a board."""
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    board = cast.board(session, kind="question")
    cast.tag(session, "reeds")
    topic = cast.topic(session, board, ada, tags=("reeds",))
    answer = cast.reply(session, topic, bo)
    cast.reply(session, topic, ada)
    moderator = cast.actor(session, cast.moderator(session, "eli"))
    post = queries.post_for_update(session, moderator, answer.id)
    actions.accept_answer(session, moderator, post)
    actions.edit_post(session, moderator, post, EditDraft(body=cast.words("Said otherwise."), base=0))
    session.flush()
    assert list(drifts(session)) == []
    return session


LATER = clocks.now() + timedelta(days=1)


def _wrong(kind):
    return LATER if isinstance(kind, UtcDateTime) else "Somebody" if isinstance(kind, String) else 77


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.what)
def test_a_broken_value_is_found_and_set_right(scene, rule):
    model, key = rule.column.class_, rule.column.key
    row_id = scene.scalar(select(func.max(model.id)).where(rule.column.is_not(None)))
    row_id = row_id or scene.scalar(select(func.max(model.id)))
    right = scene.scalar(select(rule.column).where(model.id == row_id))
    scene.execute(update(model).where(model.id == row_id).values({key: _wrong(rule.column.type)}))
    found = [drift for drift in drifts(scene) if drift.what == rule.what]
    assert [drift.row_id for drift in found] == [row_id]
    if rule.column is not Topic.accepted_post_id:  # which answer it was, only the pointer knew
        assert found[0].expected == right
    assert list(drifts(scene, repair=True)) != []
    scene.expire_all()
    assert list(drifts(scene)) == []


def test_wrong_faces_are_found_and_set_right(scene):
    scene.execute(update(Topic).values(face_ids=[]))
    assert [drift.what for drift in drifts(scene)] == ["topics.face_ids"]
    list(drifts(scene, repair=True))
    scene.expire_all()
    assert list(drifts(scene)) == []
    assert len(scene.scalars(select(Topic.face_ids)).one()) == 2


def test_looking_changes_nothing(scene):
    scene.execute(update(Board).values(post_count=77))
    assert len(list(drifts(scene))) == len(list(drifts(scene))) == 1


def test_what_hangs_on_a_mended_value_is_mended_with_it(scene):
    """A lost answer is off in its topic, and only then in its author's count."""
    scene.execute(update(Post).where(Post.number == 2).values(deleted_at=clocks.now()))
    what = {drift.what for drift in drifts(scene, repair=True)}
    assert what >= {"topics.accepted_post_id", "topics.post_count", "accounts.accepted_count", "boards.post_count"}
    scene.expire_all()
    assert list(drifts(scene)) == []
    assert scene.scalar(select(Account.accepted_count).where(Account.name == "bo")) == 0
    assert scene.scalar(select(Tag.topic_count)) == 1
