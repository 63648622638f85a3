"""Whose account was removed as spam is told why, and objects; somebody who took no part answers, and if they are right
everything is as it was before, also when the simple way back is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum.accounts.models import Account
from forum.core import clock as clocks
from forum.core.errors import Gone, Refused
from forum.mail.models import OutboxMessage
from forum.moderation import actions
from forum.moderation.actions import removing
from forum.moderation.models import Case, Ruling
from forum.moderation.queries import appeals
from forum.moderation.spam import actions as spammers
from forum.moderation.spam_models import SpamRemoval
from forum.notifications.models import Notice
from forum.permissions import HOUSE, Group, Right
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.moderation.spam import Place, changed, off, rows
from tests.posts.people import enter

HALF_A_YEAR = timedelta(days=183)
# What an objection and its answer are.
TALK = {"appeals", "cases"}


def object_to(place, decision_id):
    spam = cast.actor(place.session, place.session.get_one(Account, place.spam.id))
    found = appeals.objected_for_update(place.session, spam, decision_id)
    return actions.appeal(place.session, spam, found, "I sell nothing: I only asked.").id


def answer(place, who, appeal_id, outcome="reversed"):
    actor = cast.actor(place.session, who)
    case = select(Case.version).where(Case.subject_kind == "appeal", Case.closed_at.is_(None))
    made = appeals.appeal_for_update(place.session, actor, appeal_id)
    actions.decide_appeal(place.session, actor, made, outcome, "So it is.", place.session.scalars(case).one())
    place.session.expire_all()


def told(place):
    """Notices and mails to the owner."""
    kinds = select(Notice.kind).where(Notice.recipient_id == place.spam.id, Notice.url.like("/decisions/%"))
    causes = select(OutboxMessage.cause).where(OutboxMessage.account_id == place.spam.id).order_by(OutboxMessage.id)
    return place.session.scalars(kinds).all(), place.session.scalars(causes).all()


@pytest.mark.parametrize("days", [1, 100])
def test_the_owner_is_told_objects_and_gets_everything_back_as_it_was(session, clock, days):
    place = Place(session).busy()
    before = {name: there for name, there in rows(session).items() if name not in TALK}
    removal = place.remove()
    assert told(place) == (["decided"], ["decision"])
    mail = session.scalars(select(OutboxMessage)).all()[-1]
    for words in ("about your account", "removed as spam", "Advertising", "/decisions/1", "a person", "2026"):
        assert words in f"{mail.subject} {mail.text}", words
    clock.shift(timedelta(days=days))
    made = object_to(place, removal.ruling_id)
    with pytest.raises(Refused, match="took part"):
        answer(place, place.eli, made)
    answer(place, place.mod, made)
    assert changed(before, rows(session)) == {}
    assert off(session) == []
    assert (session.get_one(SpamRemoval, removal.id).state, session.get_one(Ruling, 1).undone_how) == (
        "undone",
        "appeal",
    )
    assert told(place) == (["objection_answered"], ["decision", "objection_answered"])


def test_an_answer_that_was_wrong_removes_it_again(session, clock):
    place = Place(session).busy()
    before = {name: there for name, there in rows(session).items() if name not in TALK}
    removal = place.remove()
    made = object_to(place, removal.ruling_id)
    answer(place, place.mod, made)
    clock.shift(timedelta(days=1))
    mod = cast.actor(session, place.mod)
    actions.undo_appeal(session, mod, appeals.appeal_for_update(session, mod, made))
    again = session.scalars(select(SpamRemoval).where(SpamRemoval.state == "done")).one()
    assert (again.id != removal.id, again.ruling_id) == (True, removal.ruling_id)
    session.expire_all()
    answer(place, place.mod, made)
    left = {name: (was, now) for name, (was, now) in changed(before, rows(session)).items() if name != "board_states"}
    assert left == {}


def test_whoever_takes_it_back_within_seven_days_says_why_and_later_only_an_objection_does(session, clock):
    place = Place(session).busy()
    removal = place.undo(place.remove())
    assert told(place) == (["shown_again"], ["decision", "decision_undone"])
    assert "It was none" in session.scalars(select(OutboxMessage)).all()[-1].text
    removal = place.remove()
    clock.shift(timedelta(days=7, minutes=1))
    with pytest.raises(Gone, match="An objection still can"):
        place.undo(removal)
    assert session.get_one(SpamRemoval, removal.id).state == "done"


def test_what_is_needed_to_give_it_back_is_kept_while_an_objection_waits(session, clock):
    place = Place(session).busy()
    removal = place.remove()
    clock.shift(HALF_A_YEAR - timedelta(days=1))
    made = object_to(place, removal.ruling_id)
    clock.shift(timedelta(days=30))
    spammers.forget_removed(session, HOUSE, clocks.now())
    assert session.get_one(SpamRemoval, removal.id).state == "done"
    answer(place, place.mod, made, "upheld")
    spammers.forget_removed(session, HOUSE, clocks.now())
    session.expire_all()
    assert session.get_one(SpamRemoval, removal.id).state == "forgotten"
    assert session.get_one(Account, place.spam.id).email is None


def test_nobody_writes_to_an_address_that_was_never_confirmed(session):
    place = Place(session)
    session.execute(update(Account).where(Account.id == place.spam.id).values(confirmed_at=None))
    removal = place.remove()
    place.undo(removal)
    assert told(place)[1] == []


def test_who_answers_gives_back_what_stands_on_boards_that_they_do_not_see(session):
    place = Place(session)
    keepers = cast.group(session)
    cellar = cast.board(
        session,
        "cellar",
        rights={Group.MEMBERS: [Right.SEE, Right.START], keepers.id: [Right.SEE, Right.MODERATE]},
    )
    advert = cast.topic(session, cellar, place.spam).id
    removal = place.remove(by=cast.join(session, place.eli, keepers.id))
    answer(place, place.mod, object_to(place, removal.ruling_id))
    assert session.scalars(select(Post.deleted_at).where(Post.topic_id == advert)).all() == [None]


def test_each_of_many_accounts_has_a_decision_of_its_own(session):
    place = Place(session)
    others = [cast.newcomer(session) for _ in range(2)]
    for whom in (place.spam, *others):
        place.remove(whom=whom)
    decided = session.execute(select(Ruling.act, Ruling.account_id).order_by(Ruling.id)).all()
    assert [tuple(one) for one in decided] == [("spam", whom.id) for whom in (place.spam, *others)]


def test_the_owner_signs_in_reads_why_and_objects_and_a_moderator_answers(app, client):
    with writing(app) as session:
        place = Place(session).busy()
        place.remove()
    enter(app, client, "spam")
    assert "The moderators decided about what you wrote" in client.get("/notices").text
    assert "/decisions/1" in client.get("/u/spam/moderation").text
    page = client.get("/decisions/1").text
    for words in ("removed as spam", "Advertising", "A moderator came across it", "a person", "Why it was wrong"):
        assert words in page, words
    with reading(app) as session:
        posts = session.scalars(
            select(Post.id).join(Account, Account.id == Post.author_id).where(Account.name == "spam")
        )
        assert {client.get(f"/p/{post_id}/decision").location for post_id in posts} == {"/decisions/1"}
    assert client.submit("/decisions/1", {"words": "I only asked."}, form="object").status_code == 303
    enter(app, client, "eli")
    assert "You took part in this" in client.get("/decisions/1").text
    assert "/decisions/1" in client.get("/moderation/spam/1").text
    enter(app, client, "mod")
    assert "I only asked." in client.get("/moderation").text
    fields = {"outcome": "reversed", "words": "So it is."}
    assert client.submit("/decisions/1", fields, form="answer").status_code == 303
    assert "/moderation/spam/1" not in client.get("/moderation/spam").text
    with reading(app) as session:
        assert session.query(SpamRemoval).one().state == "undone"


def test_one_of_the_hosts_people_only_proposes_it_and_the_form_says_so(app, client):
    with writing(app) as session:
        place = Place(session)
        cast.join(session, cast.staff(session, "hana"), Group.MODERATORS)
        cast.topic(session, place.talk, place.spam, "Pegs of Acme", "Acme sells badly.")
    enter(app, client, "hana")
    assert "Why it cannot wait" in client.get("/u/spam/remove-as-spam").text
    sent = client.submit("/u/spam/remove-as-spam", {"reason": "It sells."}, form="remove")
    assert sent.status_code == 303
    assert "Proposed." in client.get(sent.location).text
    with writing(app) as session:
        assert session.query(SpamRemoval).count() == 0
        mod = cast.actor(session, session.query(Account).filter_by(name="mod").one())
        actions.confirm(session, mod, session.query(Ruling).one())
        assert session.query(SpamRemoval).one().state == "done"
        with pytest.raises(Refused):
            removing.undo(session, cast.actor(session, session.query(Account).filter_by(name="hana").one()), 1, "No.")
