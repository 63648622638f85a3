"""What moderators decide of members is a decision like any other: whom it concerns reads why and objects, somebody who
took no part answers, and what was wrong is as if it had never been. A flagged profile is emptied, or its owner held
back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.accounts.sanctioned import restraints_of
from forum.core import clock as clocks
from forum.core.errors import Conflict, InvalidFields, Refused
from forum.mail.models import OutboxMessage
from forum.moderation import actions, queries, subjects
from forum.moderation.actions import removing
from forum.moderation.actions.silencing import flag_words, silence
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Flag, Ruling
from forum.moderation.operations import CLEAR, SANCTION
from forum.moderation.queries.records import records
from forum.moderation.subjects import ACCOUNT
from forum.notifications.models import Notice
from forum.openness import figures
from forum.openness.asking import Wanted
from forum.openness.quarters import quarter_of
from forum.openness.queries import log
from forum.permissions import GUEST, HOUSE, Group
from forum.sanctions import actions as sanctions
from tests import cast
from tests.machines.databases import reading, writing
from tests.moderation.people import settle
from tests.moderation.test_appealing import answer, object_to, told
from tests.posts.people import enter

SUSPENSION = {"kind": "suspension", "right": "", "duration": "7", "detected": "own"}
PROFILE = {
    "display_name": "Fools!",
    "headline": "Only fools ask",
    "about_source": "Fools.",
    "about_html": "<p>Fools.</p>",
}


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


def decide(place, who, whom, act=SANCTION, case=None, **params) -> Ruling:
    given = (SUSPENSION | params) if act == SANCTION else {}
    draft = DecisionDraft(act, ACCOUNT, whom.id, "unkind", "It calls everybody a fool.", params=given)
    return actions.decide(place.session, place.actor(who), draft, case, case.version if case else 0)


def flag_profile(place, whom, *by) -> None:
    for who in by:
        subject = subjects.load(place.session, ACCOUNT, whom.id)
        actions.flag(place.session, place.actor(who), subject, "unkind", "Look at it.")


def held_back(place, whom) -> set[str]:
    return set(restraints_of(place.session, whom.id, clocks.now()))


def rows(place) -> list[tuple[str, object]]:
    """The sanctions that stand in the table, with their ends."""
    return [(row.kind, row.until) for row in place.session.scalars(select(Sanction).order_by(Sanction.id))]


# ── objecting to a sanction ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_suspended_member_objects_and_somebody_who_took_no_part_undoes_it_as_if_it_had_never_been(place):
    decision = decide(place, place.mo, place.ada)
    (row,) = place.session.scalars(select(Sanction)).all()
    assert (row.ruling_id, decision.until, held_back(place, place.ada)) == (decision.id, row.until, {"suspension"})
    assert told(place, place.ada) == ["sanctioned"]
    notice = place.session.scalars(select(Notice).where(Notice.kind == "sanctioned")).one()
    assert notice.url == f"/decisions/{decision.id}"
    made = object_to(place, place.ada, decision)
    with pytest.raises(Refused, match="took part"):
        answer(place, place.mo, made)
    answer(place, place.mia, made)
    assert (held_back(place, place.ada), rows(place), decision.state) == (set(), [], "undone")
    assert told(place, place.ada) == ["objection_answered"]
    assert records(place.session, place.actor(place.mia), [], place.ada.id)[place.ada.id].decided == 0
    mails = select(OutboxMessage.cause).where(OutboxMessage.account_id == place.ada.id).order_by(OutboxMessage.id)
    assert place.session.scalars(mails).all() == ["sanction", "objection_answered"]


def test_an_answer_that_was_wrong_imposes_it_again_for_the_time_that_would_be_left(place, clock):
    decision = decide(place, place.mo, place.ada)
    before = rows(place)
    for _ in range(2):
        clock.shift(timedelta(days=1))
        made = object_to(place, place.ada, decision)
        answer(place, place.mia, made)
        assert rows(place) == []
        clock.shift(timedelta(days=1))
        actions.undo_appeal(place.session, place.actor(place.mia), made)
        assert (rows(place), held_back(place, place.ada), decision.state) == (before, {"suspension"}, "in_force")


def test_what_ended_early_or_was_read_stays_so_when_a_wrong_answer_is_taken_back(place):
    ended, read = decide(place, place.mo, place.ada), decide(place, place.mo, place.ada, kind="warning", duration="")
    row, warning = place.session.scalars(select(Sanction).order_by(Sanction.id)).all()
    sanctions.lift(place.session, place.actor(place.mo), row, "You explained it.")
    sanctions.acknowledge(place.session, cast.actor(place.session, place.ada), warning)
    assert (ended.state, read.state) == ("in_force", "in_force")
    for decision in (ended, read):
        made = object_to(place, place.ada, decision)
        answer(place, place.mia, made)
        actions.undo_appeal(place.session, place.actor(place.mia), made)
    row, warning = place.session.scalars(select(Sanction).order_by(Sanction.id)).all()
    assert (row.lift_reason, row.lifted_at is None, warning.acknowledged_at is None) == (
        "You explained it.",
        False,
        False,
    )
    assert held_back(place, place.ada) == set()


def test_it_is_not_imposed_again_where_the_same_was_decided_meanwhile(place):
    decision = decide(place, place.mo, place.ada)
    made = object_to(place, place.ada, decision)
    answer(place, place.mia, made)
    decide(place, place.mo, place.ada)
    with pytest.raises(Conflict, match="stands already"):
        actions.undo_appeal(place.session, place.actor(place.mia), made)


def test_of_a_moderator_administrators_answer(place):
    admin, other = (cast.join(place.session, cast.member(place.session, name), Group.ADMINISTRATORS) for name in "xy")
    made = object_to(place, place.mo, decide(place, admin, place.mo))
    with pytest.raises(Refused, match="administrators answer"):
        answer(place, place.mia, made)
    answer(place, other, made)
    assert held_back(place, place.mo) == set()


def test_a_draft_without_all_fields_says_at_once_all_that_it_lacks(place):
    draft = DecisionDraft(SANCTION, ACCOUNT, place.ada.id, "", " ", params=SUSPENSION | {"duration": ""})
    with pytest.raises(InvalidFields) as refused:
        actions.decide(place.session, place.actor(place.mo), draft)
    assert set(refused.value.fields) == {"rule", "facts", "duration"}


# ── a flagged profile ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("act", [SANCTION, CLEAR])
def test_whoever_flagged_a_profile_hears_that_something_was_done_and_of_an_objection_the_opposite(place, act):
    flag_profile(place, place.ada, place.ann, place.ben)
    case = place.case()
    decision = decide(place, place.mo, place.ada, act, case)
    verdicts = select(Flag.verdict)
    assert (case.outcome, set(place.session.scalars(verdicts))) == ("decided", {"right"})
    assert told(place, place.ann)[-1] == "flag_right"
    made = object_to(place, place.ada, decision)
    answer(place, place.mia, made)
    assert (case.outcome, set(place.session.scalars(verdicts))) == ("kept", {"wrong"})
    actions.undo_appeal(place.session, place.actor(place.mia), made)
    assert (case.outcome, set(place.session.scalars(verdicts))) == ("decided", {"right"})
    actions.undo(place.session, place.actor(place.mo), place.ruling(place.mo, decision.id), "Too quick.")
    assert (case.closed_at, set(place.session.scalars(verdicts)), rows(place)) == (None, {""}, [])


def test_an_emptied_profile_comes_back_exactly_and_what_its_owner_wrote_anew_stays(place):
    said = PROFILE | {
        "about_version": 3,
        "links": [{"label": "x", "url": "https://x.example"}],
        "avatar_key": "a/b.png",
    }
    for name, value in said.items():
        setattr(place.ada, name, value)
    place.session.flush()

    def profile():
        place.session.expire_all()
        return {name: getattr(place.ada, name) for name in said}

    decision = decide(place, place.mo, place.ada, CLEAR)
    assert not any(profile().values())
    assert told(place, place.ada) == ["decided"]
    place.ada.headline = "I ask, too"
    actions.undo(place.session, place.actor(place.mo), place.ruling(place.mo, decision.id), "Too quick.")
    assert profile() == said | {"headline": "I ask, too"}
    with pytest.raises(Refused):
        decide(place, place.mo, place.mo, CLEAR)
    with pytest.raises(Refused):
        decide(place, place.mo, place.mia, CLEAR)


def test_a_silence_ends_when_its_author_is_left_in_peace_and_stays_when_something_is_decided(place):
    for act, left in (("keep", set()), (CLEAR, {"start", "reply"})):
        newt = cast.newcomer(place.session)
        silence(place.session, HOUSE, newt, "other", "You wrote words after which a moderator looks first.", "rules")
        flag_words(place.session, HOUSE, subjects.load(place.session, ACCOUNT, newt.id), "loans")
        draft = DecisionDraft(act, ACCOUNT, newt.id, "other", "It sells loans.")
        case = place.case()
        actions.decide(place.session, place.actor(place.mo), draft, case, case.version)
        assert held_back(place, newt) == left


def test_a_flagged_account_that_is_removed_as_spam_answers_its_flags_and_waits_again_when_it_is_given_back(place):
    newt = cast.newcomer(place.session, "newt")
    flag_profile(place, newt, place.ann)
    case = place.case()
    made = removing.remove(place.session, place.actor(place.mo), newt.id, "It sells loans.")
    assert (case.outcome, told(place, place.ann)[-1]) == ("decided", "flag_right")
    removing.undo(place.session, place.actor(place.mo), made.before["removal"], "It was another one.")
    assert (case.closed_at, place.session.scalars(select(Flag.verdict)).all()) == (None, [""])


# ── the record, and what everybody reads ──────────────────────────────────────────────────────────────────────────────


def test_the_record_counts_sanctions_with_and_without_a_decision(place):
    decide(place, place.mo, place.ada, kind="warning", duration="")
    cast.sanction(place.session, place.ben, "warning", role="moderator")
    cast.sanction(place.session, place.ann, "warning", role="import")
    found = records(place.session, place.actor(place.mo), [place.ben.id, place.ann.id], place.ada.id)
    assert [found[who.id].decided for who in (place.ada, place.ben, place.ann)] == [1, 1, 0]


def test_each_stands_once_in_public_whatever_became_of_it(place, clock):
    session, quarter = place.session, quarter_of(clocks.now())
    taken_back, twice, stays = (decide(place, place.mo, who) for who in (place.ann, place.ada, place.ben))
    actions.undo(session, place.actor(place.mo), place.ruling(place.mo, taken_back.id), "Too quick.")
    made = object_to(place, place.ada, twice)
    answer(place, place.mia, made)
    clock.shift(timedelta(minutes=1))
    actions.undo_appeal(session, place.actor(place.mia), made)

    def lines():
        clock.shift(timedelta(days=1))
        return sorted((line.source, line.act, line.state, line.how) for line in log(session, GUEST, Wanted()).lines)

    suspended, gone = ("sanction", "suspension", "in_force", ""), ("revoked", "suspension", "undone", "undo")
    assert lines() == [gone, suspended, suspended]
    answer(place, place.mia, made)
    again = ("appeal", "reversed", "in_force", "")
    assert lines() == [again, ("revoked", "suspension", "undone", "appeal"), gone, suspended]
    tables = {table.key: table.rows for table in figures.report(session, quarter)}
    assert tables["decisions"]["all"][0] == 0
    assert tables["sanctions"]["suspension"][0] == 1
    assert (tables["objections"]["made"][0], tables["objections"]["reversed"][0]) == (1, 1)
    assert stays.state == "in_force"


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_moderator_comes_from_the_queue_decides_and_goes_on_to_the_next(app, client, clock):
    with writing(app) as session:
        place = settle(session)
        for whom in (place.ada, place.ben):
            flag_profile(place, whom, place.ann)
        second, first = place.case().id, place.case().id - 1
        for name, value in PROFILE.items():
            setattr(session.get_one(Account, place.ada.id), name, value)
    enter(app, client, "momo")
    item = client.get(f"/moderation/cases/{first}").text
    for words in ("Empty the profile", "Warn them, or hold them back", "Remove as spam", "no decision against them"):
        assert words in item, words
    page = f"/u/ada/moderation?case={first}&version=1"
    assert "whoever flagged it hears" in client.get(page).text
    fields = {"what": "warning", "rule": "unkind", "facts": "Your headline calls people fools.", "duration": "1"}
    answered = client.submit(page, fields, form="sanction")
    assert (answered.status_code, answered.location) == (303, f"/moderation/cases/{second}")
    assert "Undo" in client.get(answered.location).text
    item = client.get(f"/moderation/cases/{first}").text
    for words in ("1 decision against them", "Warning, to be read before writing on"):
        assert words in item, words
    # Nothing waits there any more: this is decided of the member alone.
    late = client.post("/u/ada/moderation", data=client.held(page, "facts") | fields | {"detected": "own"})
    assert late.location == "/u/ada/moderation"
    client.submit("/moderation/decided", {"why": "Too quick."}, form="undo-1")
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(Sanction)) == 1
        assert queries.open_case_of(
            session, cast.actor(session, session.get_one(Account, place.mo.id)), ACCOUNT, place.ada.id
        )


def test_the_member_reads_the_statement_and_the_second_moderator_that_it_was_decided_already(app, client, clock):
    with writing(app) as session:
        place = settle(session)
        flag_profile(place, place.ada, place.ann)
        case = place.case()
        held = case.id, case.version
    enter(app, client, "momo")
    page = f"/u/ada/moderation?case={held[0]}"
    fields = {"what": "suspension", "rule": "unkind", "facts": "You call people fools.", "duration": "3"}
    sent = client.held(page, "facts") | fields | {"detected": "flags"}
    assert client.submit(page, fields, form="sanction").status_code == 303
    refused = client.post("/u/ada/moderation", data=sent)
    assert (refused.status_code, "Somebody else has dealt with this" in refused.text) == (409, True)
    assert "You call people fools." in refused.text
    enter(app, client, "ada")
    shown = client.get("/u/ada/moderation").text
    assert "/decisions/1" in shown
    statement = client.get("/decisions/1").text
    for words in ("Your account is suspended", "You call people fools.", "In force.", "Why it was wrong"):
        assert words in statement, words
    clock.shift(timedelta(days=4))
    statement = client.get("/decisions/1").text
    assert ("It is over." in statement, "Why it was wrong" in statement) == (True, True)
