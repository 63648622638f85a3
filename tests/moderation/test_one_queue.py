"""Whatever waits for a moderator stands in the one queue, and follows what is done to it by any other door."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.accounts.events import SignUpWaiting
from forum.accounts.models import Account, WaitingSignUp
from forum.accounts.sanction_models import Sanction
from forum.accounts.sanctioned import in_force_of
from forum.conversations import actions as conversations
from forum.conversations import queries as conversation_reads
from forum.conversations.models import Message
from forum.core import clock as time
from forum.core.events import emit
from forum.moderation import actions, queries
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case, Flag, Ruling
from forum.moderation.queries import appeals
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.posts.check import drifts
from forum.posts.models import Post
from forum.posts.powers import PeerNeeded
from forum.reporting import actions as reporting
from forum.reporting import grounds
from forum.reporting import queries as reports
from forum.suggestions import actions as suggesting
from forum.suggestions import queries as suggestions
from forum.suggestions.drafts import SuggestionDraft
from tests import cast
from tests.conversations import talk
from tests.holds import people as holds
from tests.machines.databases import writing
from tests.moderation.people import settle
from tests.moderation.test_queue import waiting
from tests.posts.people import enter


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


def held(place, words="Buy my pegs."):
    """Ann's words that wait, and their case."""
    holds.watch(place.session, "pegs")
    row = holds.start(place.session, place.board, place.ann, cast.words(words))
    return row, place.case("held")


def decide(place, who, act, case, **given):
    draft = DecisionDraft(
        **{"act": act, "subject_kind": case.subject_kind, "subject_id": case.subject_id}
        | {"rule": "spam", "facts": "It advertises.", "detected": "rules"}
        | given
    )
    actor = place.actor(who)
    return actions.decide(
        place.session, actor, draft, queries.case_for_update(place.session, actor, case.id), case.version
    )


# ── words that wait ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_held_words_wait_in_the_queue_and_are_turned_down_with_a_statement_which_is_taken_back(place):
    row, case = held(place)
    assert waiting(place, place.mo) == waiting(place, place.mia) == [case.id]
    decision = decide(place, place.mo, "reject", case)
    assert (row.state, row.why, case.outcome) == ("rejected", "It advertises.", "decided")
    assert (decision.rule, decision.detected, decision.account_id) == ("spam", "rules", place.ann.id)
    told = select(Notice.kind).where(Notice.recipient_id == place.ann.id)
    assert place.session.scalars(told.where(Notice.kind != "watching")).all() == ["held_rejected"]
    actions.undo(place.session, place.actor(place.mo), place.ruling(place.mo, decision.id), "It was a joke.")
    assert (row.state, case.closed_at) == ("held", None)
    assert waiting(place, place.mia) == [case.id]


def test_held_words_are_let_through_from_the_queue_and_wait_again_when_that_is_taken_back(place):
    row, case = held(place)
    decision = decide(place, place.mo, "release", case)
    assert (row.state, case.outcome, waiting(place, place.mia)) == ("released", "kept", [])
    post = place.session.get_one(Post, row.post_id)
    assert post.deleted_at is None
    actions.undo(place.session, place.actor(place.mia), place.ruling(place.mia, decision.id), "Look once more.")
    assert (row.state, post.deleted_at is None, waiting(place, place.mo)) == ("held", False, [case.id])
    decide(place, place.mia, "release", case)
    assert (row.state, row.post_id, post.deleted_at) == ("released", post.id, None)
    assert list(drifts(place.session)) == []


def test_held_words_leave_the_queue_by_any_other_door(place):
    row, case = held(place)
    version = case.version
    mine = holds.queries.held(place.session, place.actor(place.ann), row.id, lock=True)
    posts.withdraw_held(place.session, place.actor(place.ann), mine)
    assert (case.outcome, case.version > version, waiting(place, place.mo)) == ("withdrawn", True, [])
    row = holds.start(place.session, place.board, place.ben, cast.words("More pegs."))
    case = place.case("held")
    holds.decide(place.session, posts.reject, place.mo, row, "No.")
    assert (case.outcome, case.closed_by_id) == ("decided", place.mo.id)
    holds.decide(place.session, posts.undo_rejection, place.mo, row)
    assert waiting(place, place.mia) == [case.id]


def test_what_is_held_on_a_board_about_the_organization_its_own_moderator_only_proposes(place):
    place.board.is_feedback = True
    row, case = held(place)
    decision = decide(place, place.hana, "reject", case)
    assert (decision.state, row.state, case.concerns_host) == ("proposed", "held", True)
    actions.confirm(place.session, place.actor(place.mo), place.ruling(place.mo, decision.id))
    assert (row.state, case.outcome) == ("rejected", "decided")


# ── other wordings, reports ───────────────────────────────────────────────────────────────────────────────────────────


def suggest(place):
    actor = place.actor(place.ben)
    post = reads.post_for_update(place.session, actor, place.post.id)
    seen = suggestions.said_now(place.session, [post])[post.id].fingerprint
    return suggesting.suggest(
        place.session, actor, post, SuggestionDraft(cast.words("Somebody asks."), "It is kinder.", seen)
    )


def test_a_suggested_wording_waits_until_it_is_decided_by_whomever_and_again_when_that_is_taken_back(place):
    row = suggest(place)
    case = place.case("suggestion")
    assert (case.board_id, waiting(place, place.mo)) == (place.board.id, [case.id])
    by_author = place.actor(place.ada)
    found = suggestions.suggestion(place.session, by_author, row.id, lock=True)
    suggesting.decline(place.session, by_author, found, row.version, "")
    assert (case.outcome, case.closed_by_id, waiting(place, place.mo)) == ("kept", place.ada.id, [])
    suggesting.reopen(place.session, by_author, found, row.version)
    assert waiting(place, place.mo) == [case.id]
    suggesting.withdraw(place.session, place.actor(place.ben), row)
    assert (case.outcome, waiting(place, place.mo)) == ("withdrawn", [])


def test_the_organizations_moderator_does_not_decline_alone_what_would_change_words_about_it(place):
    row = suggest(place)
    place.post.concerns_host = True
    by_host = place.actor(place.hana)
    with pytest.raises(PeerNeeded):
        suggesting.decline(
            place.session, by_host, suggestions.suggestion(place.session, by_host, row.id, lock=True), row.version, ""
        )
    assert row.state == "open"


def report(place):
    said = grounds.Draft(
        subject_kind="post",
        subject_id=place.post.id,
        path=f"/p/{place.post.id}",
        ground="hate",
        reason="It calls for violence.",
        name="Nora",
        email="nora@elsewhere.example",
        good_faith=True,
        locale="en",
    )
    return reporting.report_illegal(place.session, place.actor(place.ben), said)


def test_a_report_of_illegal_content_waits_until_it_is_answered_and_a_peer_answers_what_is_about_the_host(place):
    place.post.concerns_host = True
    row = report(place)
    case = place.case("notice")
    assert (case.account_id, case.concerns_host, waiting(place, place.mo)) == (place.ada.id, True, [case.id])
    with pytest.raises(PeerNeeded):
        reporting.answer_report(place.session, place.actor(place.hana), row, "kept", "It is not.")
    by_mo = place.actor(place.mo)
    reporting.answer_report(
        place.session, by_mo, reports.report(place.session, by_mo, row.id, lock=True), "kept", "No."
    )
    assert (case.outcome, case.closed_by_id, waiting(place, place.mo)) == ("kept", place.mo.id, [])
    with pytest.raises(PeerNeeded):
        reporting.reopen_report(place.session, place.actor(place.hana), row)
    reporting.reopen_report(place.session, by_mo, row)
    assert waiting(place, place.mo) == [case.id]


# ── silence, and watched words ────────────────────────────────────────────────────────────────────────────────────────


def silenced(place, who):
    return sorted(row.right for row in in_force_of(place.session, who.id, time.now()))


def test_a_newcomer_flagged_by_three_members_writes_no_more_until_a_moderator_has_looked(place):
    newt = cast.newcomer(place.session, "newt")
    post = cast.reply(place.session, place.topic, newt, "Buy reeds.")
    for who in (place.ann, place.ben):
        place.flag(who, "spam", post)
    assert silenced(place, newt) == []
    case = place.flag(place.cy, "spam", post).case_id
    assert silenced(place, newt) == ["reply", "start"]
    rows = place.session.scalars(select(Sanction).where(Sanction.account_id == newt.id)).all()
    assert {(row.automated, row.role, row.rule, row.detected) for row in rows} == {(True, "house", "spam", "flags")}
    decision = place.decide(place.mo, "keep", place.session.get_one(Case, case), post=post)
    assert silenced(place, newt) == []
    actions.undo(place.session, place.actor(place.mo), place.ruling(place.mo, decision.id), "It was one after all.")
    assert silenced(place, newt) == ["reply", "start"]


def test_a_member_who_is_known_is_not_silenced_by_flags(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who, "spam")
    assert silenced(place, place.ada) == []


def test_watched_words_silence_their_author_and_ask_a_moderator_to_look(place):
    holds.watch(place.session, "casino", "silence")
    row = holds.start(place.session, place.board, place.ann, cast.words("A casino for all."))
    assert row.is_held
    assert silenced(place, place.ann) == ["reply", "start"]
    case = place.case()
    assert (case.subject_kind, case.subject_id, case.board_id) == ("account", place.ann.id, None)
    decide(place, place.mo, "keep", case)
    assert silenced(place, place.ann) == []


def test_watched_words_are_flagged_by_nobody_and_weigh_nothing(place):
    holds.watch(place.session, "loans", "flag")
    post = holds.answer(place.session, place.topic, place.ann, cast.words("Loans for pegs."))
    case = place.case()
    flag = place.session.scalars(select(Flag).where(Flag.case_id == case.id)).one()
    assert (flag.by_id, flag.weight, case.weight, post.hidden_at) == (None, 0.0, 0.0, None)
    assert "loans" in flag.words
    place.decide(place.mo, "keep", case, post=post)
    assert (case.outcome, flag.verdict, post.flag_count) == ("kept", "wrong", 0)


# ── who looks after a board by appointment; what its page shows ───────────────────────────────────────────────────────


def test_every_kind_of_case_has_its_page(app, client):
    with writing(app) as session:
        place = settle(session)
        newt = cast.newcomer(session, "newt")
        post = cast.reply(session, place.topic, newt, "Buy reeds.")
        _, case = held(place)
        pages = {case.id: ["Buy my pegs.", "Do not post it"]}
        suggest(place)
        pages[place.case("suggestion").id] = ["It is kinder.", "Take it over"]
        report(place)
        pages[place.case("notice").id] = ["It calls for violence.", "It was taken away"]
        for who in (place.ann, place.ben, place.cy):
            place.flag(who, post=post)
        pages[place.case().id] = ["/u/newt/moderation", "Does not reply"]
    enter(app, client, "momo")
    for id_, said in pages.items():
        body = client.get(f"/moderation/cases/{id_}").text
        for words in said:
            assert words in body, (id_, words)
    assert client.get("/moderation").status_code == 200


# ── every answer has its opposite, in the sentence that tells of it ───────────────────────────────────────────────────


def wait_to_join(place):
    dan = cast.unconfirmed(place.session, "dan", waiting_since=time.now())
    place.session.add(WaitingSignUp(account_id=dan.id, words="May I?", since=time.now()))
    place.session.flush()
    emit(place.session, SignUpWaiting(dan.id))


def show_a_message(place):
    about = talk.start(place.session, place.ann, place.ben.name)
    id_ = place.session.scalars(select(Message.id).where(Message.conversation_id == about.id)).one()
    by_ben = place.actor(place.ben)
    conversations.report_message(
        place.session, by_ben, *conversation_reads.message(place.session, by_ben, id_), reason="Rude."
    )


def object_to(place):
    decision = place.decide(place.mia)
    by_ada = place.actor(place.ada)
    actions.appeal(
        place.session, by_ada, appeals.objected_for_update(place.session, by_ada, decision.id), "It was a joke."
    )


def propose(place):
    place.post.concerns_host = True
    place.decide(place.hana)


def act_at_once(place):
    place.post.concerns_host = True
    place.decide(place.hana, emergency="It names a child.")


ASKING = {
    "suggestion": (suggest, ("accept", "decline")),
    "notice": (report, ("removed", "limited", "kept")),
    "appeal": (object_to, ("upheld", "reversed")),
    "sign_up": (wait_to_join, ("approve", "decline")),
    "message": (show_a_message, ("dealt", "nothing")),
    "proposal": (propose, ("confirm", "refuse")),
    "review": (act_at_once, ("confirm", "refuse")),
}


def as_it_is(session):
    """What an answer might change."""
    session.expire_all()
    written = [(row.id, row.source, row.deleted_at is None) for row in session.scalars(select(Post).order_by(Post.id))]
    cases = [(row.id, row.kind, row.outcome, row.closed_at) for row in session.scalars(select(Case).order_by(Case.id))]
    rulings = [(row.id, row.state, row.review_by) for row in session.scalars(select(Ruling).order_by(Ruling.id))]
    people = [(row.name, row.waiting_since) for row in session.scalars(select(Account).order_by(Account.id))]
    return written, cases, rulings, people


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind, (_, keys) in ASKING.items() for key in keys])
def test_an_answer_is_taken_back_by_the_undo_beside_it_and_all_is_as_before(client, clock, uncounted, kind, key):
    app = client.application
    with writing(app) as session:
        place = settle(session)
        ASKING[kind][0](place)
        if (kind, key) == ("notice", "removed"):  # it is said once it is so
            cast.remove(session, place.mo, place.post)
        case_id = place.case(kind).id
        before = as_it_is(session)
    enter(app, client, "momo")
    page = f"/moderation/cases/{case_id}"
    given = {"words": "I looked at it."} if "words" in client.held(page, "version") else {}
    assert client.submit(page, {**given, "answer": key}, form="answer").status_code == 303
    with writing(app) as session:
        assert as_it_is(session) != before
        assert session.get_one(Case, case_id).closed_at is not None
    assert client.submit("/moderation", form="take-back").status_code == 303
    assert "Taken back: it waits again." in client.get(page).text
    with writing(app) as session:
        assert as_it_is(session) == before
        assert list(drifts(session)) == []
    assert client.post(f"{page}/take-back", data=client.held(page, "version")).status_code == 303
    assert "Somebody thought again about it meanwhile." in client.get(page).text
