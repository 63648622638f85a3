"""Whatever members flag and moderators decide, take back and answer, in whatever order: every counter, search result,
notice and read state is as a fresh computation says; and when all is taken back, as it was at the beginning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.boards.models import Board
from forum.core.errors import ForumError
from forum.moderation import actions, queries, subjects
from forum.moderation.appeal_models import Appeal
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case, Flag, Ruling
from forum.moderation.queries import appeals
from forum.notifications.models import Notice
from forum.notifications.queries.centre import centre
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.posts.check import drifts
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Topic
from forum.posts.queries.reading import first_unread
from forum.sanctions import actions as sanctions
from forum.search.operators import parse
from forum.search.queries import search
from tests import cast
from tests.machines.databases import undone
from tests.machines.proof import share

STEPS = (
    *("flag", "flag", "flag", "flag", "take back"),
    *("decide hide", "decide remove", "decide remove", "decide keep", "decide keep", "lock", "archive"),
    *("sanction", "sanction", "clear", "end early"),
    *("undo", "undo", "object", "object", "answer right", "answer right", "answer wrong", "reopen", "withdraw"),
)
SANCTIONS = (("warning", "", ""), ("withdrawn", "reply", "3"), ("suspension", "", "7"))
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.integers(0, 5))
MOVES = {"last_number", "fields_version", "fields_changed_at"}  # notes of what happened, and calendars, go on counting


class Court:
    """One solved question with a reader, members who flag, moderators who decide."""

    def __init__(self, session, clock):
        self.session, self.clock = session, clock
        self.board = cast.board(session, kind="question")
        self.members = [cast.member(session, name) for name in ("ann", "ben", "cyd", "dan", "eve")]
        self.moderators = [cast.moderator(session, name) for name in ("mo1", "mia", "moe")]
        self.author, self.reader = cast.member(session, "ada"), cast.member(session, "rea")
        self.author.headline, self.author.links = "I ask", [{"label": "Me", "url": "https://ada.example"}]
        self.topic = cast.topic(session, self.board, self.reader, "How do pegs hold?", "Tell me of pegs, please.")
        answer = cast.reply(session, self.topic, self.author, "Pegs hold by chalk.")
        cast.reply(session, self.topic, self.author, "And pegs hold by soap.")
        by_reader = cast.actor(session, self.reader)
        posts.accept_answer(session, by_reader, reads.post_for_update(session, by_reader, answer.id))
        posts.mark_read(session, by_reader, self.topic, answer.number)
        self.is_mended = False

    def do(self, verb: str, who: int, which: int) -> None:
        try:
            with self.session.begin_nested():
                if verb.startswith("decide "):
                    self.decide(who, which, verb.removeprefix("decide "))
                else:
                    getattr(self, verb.replace(" ", "_"))(who, which)
        except ForumError:
            pass  # no is an answer too, and it leaves nothing
        self.session.expire_all()
        self.clock.shift(timedelta(seconds=90))

    def actor(self, people, who):
        return cast.actor(self.session, people[who % len(people)])

    def post(self, which):
        ids = self.session.scalars(select(Post.id).where(Post.action == "").order_by(Post.id)).all()
        return subjects.load(self.session, "post", ids[which % len(ids)])

    def last(self, model, which, *where: Any):
        rows = self.session.scalars(select(model).where(*where).order_by(model.id.desc())).all()
        return rows[which % len(rows)] if rows else None

    def flag(self, who, which):
        actions.flag(self.session, self.actor(self.members, who), self.post(which), "unkind")

    def take_back(self, who, which):
        actions.take_flag_back(self.session, self.actor(self.members, who), self.post(which))

    def decide(self, who, which, act):
        subject = self.post(which)
        same = (Case.subject_kind == "post", Case.subject_id == subject.id, Case.kind == "flagged")
        case = self.last(Case, 0, *same, Case.closed_at.is_(None))
        draft = DecisionDraft(act, "post", subject.id, "unkind", "It calls somebody a fool.")
        actor = self.actor(self.moderators, who)
        actions.decide(self.session, actor, draft, case, case.version if case else 0)

    def lock(self, who, _which, act="lock"):
        draft = DecisionDraft(act, "topic", self.topic.id, "off_topic", "It went astray.")
        actions.decide(self.session, self.actor(self.moderators, who), draft)

    def sanction(self, who, which, act="sanction"):
        """The author is warned, kept from replying, or suspended, and may still object."""
        kind, right, duration = SANCTIONS[which % len(SANCTIONS)]
        params = {"kind": kind, "right": right, "duration": duration, "detected": "own"} if act == "sanction" else {}
        draft = DecisionDraft(act, "account", self.author.id, "unkind", "It calls names.", params=params)
        actions.decide(self.session, self.actor(self.moderators, who), draft)

    def clear(self, who, which):
        self.sanction(who, which, "clear")

    def end_early(self, who, which):
        found = self.last(Sanction, which, Sanction.lifted_at.is_(None))
        if found is not None:
            sanctions.lift(self.session, self.actor(self.moderators, who), found, "Enough.")

    def archive(self, who, which):
        self.lock(who, which, "archive")

    def undo(self, who, which):
        found = self.last(Ruling, which, Ruling.state == "in_force")
        if found is not None:
            actor = self.actor(self.moderators, who)
            actions.undo(self.session, actor, queries.decision_for_update(self.session, actor, found.id), "")

    def object(self, who, which):
        found = self.last(Ruling, which, Ruling.state == "in_force")
        if found is not None:
            people = self.members if found.act == "keep" else [self.author, self.reader]
            actor = self.actor(people, who)
            ruling = appeals.objected_for_update(self.session, actor, found.id)
            actions.appeal(self.session, actor, ruling, "It was right.")

    def answer_right(self, who, which):
        self.answer(who, which, "reversed")

    def answer_wrong(self, who, which):
        self.answer(who, which, "upheld")

    def answer(self, who, which, outcome):
        found = self.last(Appeal, which, Appeal.state == "open")
        if found is not None:
            case = appeals.appeal_case(self.session, found.id)
            actions.decide_appeal(
                self.session, self.actor(self.moderators, who), found, outcome, "I looked.", case.version
            )

    def reopen(self, who, which):
        found = self.last(Appeal, which, Appeal.state.in_(("upheld", "reversed")))
        if found is not None:
            actions.undo_appeal(self.session, self.actor(self.moderators, who), found)

    def withdraw(self, _who, which):
        found = self.last(Appeal, which, Appeal.state == "open")
        if found is not None:
            person = self.session.get_one(Account, found.account_id)
            actions.withdraw_appeal(self.session, cast.actor(self.session, person), found)

    def mend(self, _who, which):
        self.clock.shift(timedelta(minutes=11))
        subject, actor = self.post(which), cast.actor(self.session, self.author)
        words = cast.words(f"Pegs hold, they say. {subject.row.revision_count}")
        posts.edit_post(self.session, actor, subject.row, EditDraft(words, base=subject.row.revision_count))
        self.is_mended = True

    def take_all_back(self):
        while self.last(Appeal, 0, Appeal.state == "open") is not None:
            self.withdraw(0, 0)
        for _ in range(3):
            for found in self.session.scalars(
                select(Ruling).where(Ruling.state == "in_force").order_by(Ruling.id.desc())
            ).all():
                self.session.refresh(found)
                if found.state == "in_force":
                    actor = self.actor(self.moderators, 0)
                    actions.undo(self.session, actor, queries.decision_for_update(self.session, actor, found.id), "")
        for flag in self.session.scalars(select(Flag).where(Flag.verdict == "")).all():
            person = self.session.get_one(Account, flag.by_id)
            subject = subjects.load(self.session, flag.subject_kind, flag.subject_id)
            actions.take_flag_back(self.session, cast.actor(self.session, person), subject)
        self.session.flush()
        self.session.expire_all()

    # ── how it stands ─────────────────────────────────────────────────────────────────────────────────────────────────

    def seen(self) -> dict[str, Any]:
        """What the reader finds, hears of and has not read, as the forum says it."""
        actor = cast.actor(self.session, self.reader)
        found = search(self.session, actor, parse("pegs")).page.items
        return {
            "search": sum(len(one.hits) + one.more for one in found),
            "notices": sorted(line.opens for line in centre(self.session, actor).lines if "/t/" in line.opens),
            "unread": first_unread(self.session, actor, self.session.get_one(Topic, self.topic.id)),
        }

    def fresh(self) -> dict[str, Any]:
        """The same, reckoned from the rows alone."""
        topic = self.session.get_one(Topic, self.topic.id)
        rows = self.session.scalars(select(Post).where(Post.topic_id == topic.id, Post.action == "")).all()
        shown = [row for row in rows if row.deleted_at is None and row.hidden_at is None]
        listed = shown if topic.hidden_at is None and topic.deleted_at is None else []
        after = sorted(row.number for row in shown if row.number > 2)
        numbers = sorted(row.number for row in shown)
        return {
            "search": len(listed),
            "unread": after[0] if after else numbers[-1] if numbers else 1,
        }

    def rows(self) -> dict[str, Any]:
        """Everything that counts of the topic, its posts, the board and people."""
        self.session.flush()
        kept: dict[str, Any] = {}
        for model in (Topic, Post, Board, Account, Sanction):
            wanted = [column for column in model.__table__.columns if column.name not in MOVES]
            asked = select(*wanted).order_by(model.id)
            if model is Post:
                asked = asked.where(Post.action == "")
            kept[model.__tablename__] = [tuple(row) for row in self.session.execute(asked)]
        return kept

    def notices_in_sight(self) -> tuple[int, int]:
        """How many notices of posts the reader's bell and centre count, and how many there should be."""
        shown = (Post.deleted_at.is_(None), Post.hidden_at.is_(None), Topic.deleted_at.is_(None))
        asked = (
            select(func.count(Notice.fold.distinct()))
            .join(Post, Post.id == Notice.post_id)
            .join(Topic, Topic.id == Notice.topic_id)
            .where(Notice.recipient_id == self.reader.id, Notice.read_at.is_(None), *shown)
        )
        lines = centre(self.session, cast.actor(self.session, self.reader), "unread").lines
        return len([line for line in lines if "/t/" in line.opens]), self.session.scalar(asked) or 0


@given(steps=st.lists(step, min_size=1, max_size=12))
@settings(max_examples=share(60))
def test_whatever_is_decided_all_agrees_and_taken_back_it_is_as_if_nothing_had_happened(app, clock, steps):
    with undone(app) as session:
        court = Court(session, clock)
        before, saw = court.rows(), court.seen()
        for verb, who, which in steps:
            court.do(verb, who, which)
        _agrees(court)
        court.take_all_back()
        _agrees(court)
        assert court.rows() == before
        assert court.seen() == saw


@given(steps=st.lists(st.one_of(step, st.tuples(st.just("mend"), st.just(0), st.integers(0, 5))), max_size=12))
@settings(max_examples=share(30))
def test_mended_or_not_all_agrees(app, clock, steps):
    with undone(app) as session:
        court = Court(session, clock)
        for verb, who, which in steps:
            court.do(verb, who, which)
        _agrees(court)


def _agrees(court: Court) -> None:
    court.session.flush()
    assert list(drifts(court.session)) == []
    imposed = set(court.session.scalars(select(Ruling.id).where(Ruling.act == "sanction", Ruling.state == "in_force")))
    assert set(court.session.scalars(select(Sanction.ruling_id))) == imposed
    seen = court.seen()
    assert {key: seen[key] for key in ("search", "unread")} == court.fresh()
    lines, there = court.notices_in_sight()
    assert lines == there
