"""What moderators decide of a member holds them back from just that, until it ends, and from nothing else."""

from __future__ import annotations

import itertools
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts.queries import is_here
from forum.accounts.sanction_models import Sanction
from forum.accounts.sanctioned import is_held_back, is_sanctioned, is_suspended
from forum.conversations import actions as conversations
from forum.conversations.drafts import MessageDraft
from forum.core import clock as clocks
from forum.core.errors import Conflict, Invalid, InvalidFields, NotFound, ReadFirst, Refused, Sanctioned
from forum.notifications.models import Notice
from forum.permissions import HOUSE, RIGHTS, Act, allows
from forum.posts import check
from forum.sanctions import actions, queries
from forum.sanctions.drafts import SanctionDraft
from forum.sanctions.steps import STEPS, next_step
from tests import cast
from tests.machines.databases import writing

WHAT = [("warning", ""), *(("withdrawn", right) for right in RIGHTS), ("read_only", ""), ("suspension", "")]
# What each right is about: an act that goes with it, and only with it.
ACTS = {
    "start": Act.START_TOPIC,
    "reply": Act.REPLY,
    "flag": Act.REPORT_MESSAGE,
    "upload": Act.UPLOAD,
    "message": Act.START_CONVERSATION,
    "invite": Act.INVITE_PEOPLE,
}


def draft(kind="suspension", right="", **given):
    words = {"rule": "unkind", "facts": "You called Bo a fool.", "duration": "" if kind == "warning" else "3"}
    return SanctionDraft(kind=kind, right=right, **(words | given))


def impose(session, by, whom, kind="suspension", right="", **given):
    return actions.impose(session, cast.actor(session, by), whom, draft(kind, right, **given))


@pytest.fixture
def ada(session):
    return cast.member(session, "ada")


@pytest.fixture
def mo(session):
    return cast.moderator(session, "mo")


@pytest.fixture
def subjects(session, mo):
    """What ada could act on, by act."""
    board = cast.board(session)
    topic = cast.topic(session, board, mo)

    class Letter:
        author_id, is_note = mo.id, False

    return {Act.START_TOPIC: board, Act.REPLY: topic, Act.REPORT_MESSAGE: Letter()}


def may(session, person, subjects):
    """The rights that somebody can use now."""
    actor = cast.actor(session, person)
    return {right for right, act in ACTS.items() if allows(actor, act, subjects.get(act))}


# ── every kind, every verb ────────────────────────────────────────────────────────────────────────────────────────────


def test_each_kind_takes_what_it_says_and_nothing_else_and_ends_by_the_clock(session, mo, subjects, clock):
    for kind, right in WHAT:
        ada = cast.member(session)
        assert may(session, ada, subjects) == set(RIGHTS)
        row = impose(session, mo, ada, kind, right)
        shows = {"flag"}  # whoever only reads still shows what harms them
        left = set(RIGHTS) - {right} if right else shows
        assert may(session, ada, subjects) == left
        assert cast.actor(session, ada).withdrawn == ({right} if right else set())
        assert (row.role, row.since) == ("moderator", clocks.now())
        clock.shift(timedelta(days=3, seconds=1))
        assert may(session, ada, subjects) == (left if kind == "warning" else set(RIGHTS))


def test_revoking_lifting_and_reading_each_give_back_what_was_away(session, mo, subjects):
    for kind, right in WHAT:
        ada = cast.member(session)
        before = cast.actor(session, ada)
        row = impose(session, mo, ada, kind, right)
        number = row.id
        actions.revoke(session, cast.actor(session, mo), row)
        assert cast.actor(session, ada) == before
        assert session.get(Sanction, number) is None
        row = impose(session, mo, ada, kind, right)
        with pytest.raises(Invalid, match="Say why"):
            actions.lift(session, cast.actor(session, mo), row, " ")
        actions.lift(session, cast.actor(session, mo), row, "You explained it.")
        assert cast.actor(session, ada) == before
        with pytest.raises(Conflict):
            actions.lift(session, cast.actor(session, mo), row, "Again.")
        row = impose(session, mo, ada, kind, right)
        actions.acknowledge(session, cast.actor(session, ada), row)
        assert (cast.actor(session, ada) == before) == (kind == "warning")
        with pytest.raises(Refused):
            actions.acknowledge(session, cast.actor(session, mo), row)


def in_sql(session, person):
    now = clocks.now()
    asked = (is_sanctioned, is_suspended, is_held_back)
    one = select(*(ask(cast.Account.id, now) for ask in asked), is_here(now)).where(cast.Account.id == person.id)
    return [bool(value) for value in session.execute(one).one()]


def test_what_the_actor_knows_and_what_the_database_says_agree(session, mo, clock):
    for kind, right in WHAT:
        ada = cast.member(session)
        said = partial(in_sql, session, ada)
        assert said() == [False, False, False, True]
        impose(session, mo, ada, kind, right)
        actor = cast.actor(session, ada)
        assert said() == [bool(actor.restraints), actor.is_suspended, actor.only_reads, not actor.is_suspended]
        clock.shift(timedelta(days=4))
        assert said() == [kind == "warning", False, False, True]


def test_whoever_is_held_back_reads_and_writes_to_the_moderators(session, mo, subjects):
    for kind, right in WHAT:
        ada = cast.member(session)
        impose(session, mo, ada, kind, right)
        actor = cast.actor(session, ada)
        assert allows(actor, Act.SEE_TOPIC, subjects[Act.REPLY])
        message = conversations.write_to_moderators(session, actor, MessageDraft(body=cast.words("Why is that?")))
        assert message.author_id == ada.id
        assert allows(actor, Act.EDIT_ACCOUNT, ada)
        assert allows(actor, Act.SEE_SANCTIONS, ada)


# ── what it says ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_refusal_says_what_and_until_when_and_by_which_rule(session, ada, mo, clock):
    topic = cast.topic(session, cast.board(session), mo)
    impose(session, mo, ada, "withdrawn", "reply")
    with pytest.raises(Sanctioned, match="do not reply until 5 March 2026") as refused:
        cast.reply(session, topic, ada)
    assert refused.value.rule == "unkind"
    impose(session, mo, ada, "read_only")
    with pytest.raises(Sanctioned, match="only read until 5 March 2026"):
        cast.reply(session, topic, ada)
    impose(session, mo, ada, "suspension", duration="open")
    with pytest.raises(Sanctioned, match="Your account is suspended, so"):
        cast.reply(session, topic, ada)


def test_a_warning_is_read_before_anything_else_is_written(session, ada, mo):
    topic = cast.topic(session, cast.board(session), mo)
    first, second = (impose(session, mo, ada, "warning", facts=words) for words in ("One.", "Two."))
    for row in (first, second):
        with pytest.raises(ReadFirst):
            cast.reply(session, topic, ada)
        assert queries.unread_warning(session, cast.actor(session, ada)) is row
        actions.acknowledge(session, cast.actor(session, ada), row)
    cast.reply(session, topic, ada)


def test_nothing_is_kept_without_rule_facts_and_duration(session, ada, mo):
    for wrong, fields in (
        ({"rule": ""}, {"rule"}),
        ({"facts": " "}, {"facts"}),
        ({"duration": ""}, {"duration"}),
        ({"duration": "2"}, {"duration"}),
        ({"kind": "banishment"}, {"what"}),
        ({"right": "reply"}, {"what"}),
        ({"kind": "withdrawn", "right": ""}, {"what"}),
        ({"kind": "withdrawn", "right": "reply", "duration": "open"}, {"duration"}),
        ({"kind": "read_only", "duration": "open"}, {"duration"}),
        ({"detected": "hearsay"}, {"detected"}),
        ({"facts": "x" * 4001}, {"facts"}),
        ({"rule": "", "facts": "", "duration": ""}, {"rule", "facts", "duration"}),
    ):
        with pytest.raises(InvalidFields) as refused:
            impose(session, mo, ada, **wrong)
        assert set(refused.value.fields) == fields
    assert session.query(Sanction).count() == 0


def test_the_same_thing_stands_once_and_the_next_suspension_is_longer(session, ada, mo, clock):
    assert [next_step(times) for times in range(7)] == [1, 3, 7, 30, None, None, None]
    for step in STEPS[:-1]:
        assert queries.record_of(session, cast.actor(session, mo), ada).next_days == step
        impose(session, mo, ada, "suspension", duration=str(step))
        with pytest.raises(Conflict):
            impose(session, mo, ada, "suspension")
        clock.shift(timedelta(days=31))
    assert queries.record_of(session, cast.actor(session, mo), ada).next_days is None


# ── who may ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_moderators_judge_members_and_administrators_everybody_but_themselves(session, ada, mo):
    bo, ana, adele = cast.moderator(session, "bo"), cast.administrator(session), cast.administrator(session)
    everybody = {"ada": ada, "mo": mo, "bo": bo, "ana": ana, "adele": adele}
    found = {
        (by, whom)
        for (by, judge), (whom, judged) in itertools.product(everybody.items(), everybody.items())
        if allows(cast.actor(session, judge), Act.SANCTION, queries.member(session, judged))
    }
    assert found == {
        ("mo", "ada"),
        ("bo", "ada"),
        *((by, whom) for by in ("ana", "adele") for whom in everybody if whom != by),
    }
    with pytest.raises(Refused):
        impose(session, ada, bo)
    with pytest.raises(Refused):
        impose(session, mo, mo)


def test_a_suspended_moderator_judges_nobody(session, ada, mo):
    cast.sanction(session, mo, "read_only", until=clocks.now() + timedelta(days=1))
    with pytest.raises(Sanctioned):
        impose(session, mo, ada)


def test_nobodys_account_is_not_sanctioned(session, mo):
    for nobody in (cast.placeholder(session, "old"), cast.member(session, deactivated_at=clocks.now())):
        with pytest.raises(Invalid, match="nobody’s account"):
            impose(session, mo, nobody)


# ── notes and the record ──────────────────────────────────────────────────────────────────────────────────────────────


def test_notes_are_for_moderators_but_not_for_partners_and_not_about_oneself(session, ada, mo):
    host = cast.join(session, cast.staff(session, "hella"), cast.Group.MODERATORS)
    partner = cast.join(session, cast.staff(session, "pat", cast.partner(session)), cast.Group.MODERATORS)
    actions.write_note(session, cast.actor(session, mo), ada, "Quarrels on Mondays.")
    for reader, sees in ((mo, True), (host, True), (partner, False), (ada, False)):
        notes = queries.record_of(session, cast.actor(session, reader), ada).notes
        assert ([note.words for note in notes or ()] == ["Quarrels on Mondays."]) is sees
    with pytest.raises(Refused):
        actions.write_note(session, cast.actor(session, partner), ada, "Mine.")
    actions.write_note(session, cast.actor(session, host), mo, "Hasty.")
    assert queries.record_of(session, cast.actor(session, mo), mo).notes is None
    with pytest.raises(Refused):
        queries.record_of(session, cast.actor(session, cast.staff(session, "sid")), ada)


def test_a_note_goes_within_the_hour_by_its_writer_and_later_by_an_administrator(session, ada, mo, clock):
    note = actions.write_note(session, cast.actor(session, mo), ada, "Quarrels on Mondays.")
    clock.shift(timedelta(minutes=61))
    with pytest.raises(Refused):
        actions.delete_note(session, cast.actor(session, mo), note)
    actions.delete_note(session, cast.actor(session, cast.administrator(session)), note)
    note = actions.write_note(session, cast.actor(session, mo), ada, "On Tuesdays.")
    with pytest.raises(Refused):
        actions.delete_note(session, cast.actor(session, cast.moderator(session)), note)
    actions.delete_note(session, cast.actor(session, mo), note)
    assert queries.record_of(session, cast.actor(session, mo), ada).notes == []


def test_only_the_member_and_moderators_find_the_page(session, ada, mo):
    for reader in (None, cast.member(session), cast.staff(session), cast.unconfirmed(session)):
        with pytest.raises(NotFound):
            queries.member_called(session, cast.actor(session, reader), "ada")
    for reader in (ada, mo, cast.administrator(session)):
        assert queries.member_called(session, cast.actor(session, reader), "ada") is ada


# ── who hears ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def kinds(session, person):
    return [notice.kind for notice in session.query(Notice).filter_by(recipient_id=person.id).order_by(Notice.id)]


def test_the_member_hears_of_it_and_of_its_end_although_suspended(session, ada, mo, clock):
    impose(session, mo, ada, "suspension", duration="1")
    assert kinds(session, ada) == ["sanctioned"]
    assert kinds(session, mo) == []
    actions.tell_over(session, HOUSE)
    clock.shift(timedelta(days=1))
    actions.tell_over(session, HOUSE)
    actions.tell_over(session, HOUSE)
    assert kinds(session, ada) == ["sanctioned", "sanction_over"]
    with pytest.raises(Refused):
        actions.tell_over(session, cast.actor(session, mo))


def test_the_place_itself_can_hold_somebody_back_and_says_that_no_person_did(session, ada):
    row = actions.impose(session, HOUSE, ada, draft("read_only", detected="rules", automated=True, duration="1"))
    assert (row.role, row.by_id, row.automated) == ("house", None, True)


# ── as if nothing had happened ────────────────────────────────────────────────────────────────────────────────────────

STEP = st.tuples(st.sampled_from(WHAT), st.sampled_from(["1", "7", "30"]))


@settings(max_examples=6)
@given(steps=st.lists(STEP, min_size=1, max_size=6), order=st.randoms())
def test_whatever_is_imposed_and_taken_back_leaves_everything_as_it_was(app, steps, order):
    with writing(app) as session:
        mo, ada = cast.moderator(session), cast.member(session)
        cast.reply(session, cast.topic(session, cast.board(session), mo), ada)
        mo_id, ada_id = mo.id, ada.id
        before = (cast.actor(session, ada), counters(session, ada), kinds(session, ada))
    with writing(app) as session:
        mo, ada = (session.get_one(cast.Account, one) for one in (mo_id, ada_id))
        standing = []
        for (kind, right), days in steps:
            try:
                standing.append(impose(session, mo, ada, kind, right, duration="" if kind == "warning" else days))
            except Conflict:
                assert any((row.kind, row.right) == (kind, right) for row in standing)
        assert {*cast.actor(session, ada).restraints} == {row.right or row.kind for row in standing}
        order.shuffle(standing)
        for row in standing:
            actions.revoke(session, cast.actor(session, mo), row)
        assert (cast.actor(session, ada), counters(session, ada), kinds(session, ada)) == before
        assert session.query(Sanction).filter_by(account_id=ada_id).count() == 0
        assert list(check.drifts(session)) == []


def counters(session, person):
    return person.topic_count, person.post_count, person.accepted_count, person.trust
