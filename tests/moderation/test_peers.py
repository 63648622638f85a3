"""A peer belongs to no organization, and has not for ninety days: one notion, and no way round it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts.models import Account, GroupRow
from forum.accounts.sanction_models import Sanction
from forum.admin.actions import close_account
from forum.caretakers import actions as caretaking
from forum.caretakers import queries as caretakers
from forum.core.errors import Conflict, Invalid, Refused
from forum.mail.models import OutboxMessage
from forum.moderation import actions
from forum.moderation.appeal_models import Appeal
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Ruling
from forum.moderation.queries import appeals
from forum.moderation.queries.contested import peers
from forum.openness import queries as openness
from forum.openness import wording
from forum.openness.asking import Wanted
from forum.organization import actions as organizations
from forum.permissions import HOUSE, Act, Group, allows, is_peer
from forum.posts.models import Post
from forum.posts.powers import PeerNeeded
from forum.sanctions import actions as sanctions
from tests import cast
from tests.caretakers.test_caretakers import again, willing
from tests.machines.databases import writing
from tests.machines.visitor import Visitor
from tests.moderation.people import Place, settle

HURRY = "It says where somebody lives."


@pytest.fixture
def place(session, uncounted, clock) -> Place:
    """Ada’s post is about the host, of which Hana is."""
    found = settle(session)
    found.post.concerns_host = True
    return found


def colleague(place: Place) -> Account:
    return cast.join(place.session, cast.staff(place.session, "hanno"), Group.MODERATORS)


def boss(place: Place) -> Account:
    return cast.join(place.session, cast.staff(place.session, "hilda"), Group.ADMINISTRATORS)


def take_out(place: Place, group: Group, who: Account, by: Account) -> None:
    accounts.remove_from_group(place.session, place.actor(by), place.session.get_one(GroupRow, int(group)), who)


def about_host(place: Place) -> Post:
    post = cast.reply(place.session, place.topic, place.ada, "Acme never listens.")
    assert post.concerns_host
    return post


def confirm(place: Place, who: Account, decision: Ruling) -> None:
    actions.confirm(place.session, place.actor(who), place.ruling(who, decision.id))


def objection(place: Place, decision: Ruling) -> Appeal:
    found = appeals.objected_for_update(place.session, place.actor(place.ada), decision.id)
    return actions.appeal(place.session, place.actor(place.ada), found, "It was a quote.")


# ── who is one ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_taking_a_colleague_out_of_the_staff_makes_no_peer_of_them(place, clock):
    session, hanno = place.session, colleague(place)
    decision = place.decide(place.hana)
    clock.shift(timedelta(minutes=1))
    take_out(place, Group.STAFF, hanno, boss(place))
    assert place.actor(hanno).belonging is None
    with pytest.raises(Refused):
        confirm(place, hanno, decision)
    assert place.decide(hanno, "hide", post=about_host(place)).state == "proposed"
    clock.shift(timedelta(days=89))
    assert not is_peer(place.actor(hanno))
    assert hanno.id not in caretakers.peer_moderators(session)
    clock.shift(timedelta(days=2))
    assert is_peer(place.actor(hanno))
    assert hanno.id in caretakers.peer_moderators(session)
    with pytest.raises(Refused):  # they belonged to it when it was proposed
        confirm(place, hanno, decision)
    assert hanno.id not in session.scalars(peers(session, decision)).all()
    newer = place.decide(place.hana, post=about_host(place))
    assert hanno.id in session.scalars(peers(session, newer)).all()
    confirm(place, hanno, newer)
    assert newer.confirmed_by_id == hanno.id


def test_whoever_left_the_host_answers_no_objection_to_what_is_about_it(place, clock):
    session, hanno = place.session, colleague(place)
    decision = place.decide(place.mo)
    made = objection(place, decision)
    clock.shift(timedelta(minutes=1))
    take_out(place, Group.STAFF, hanno, boss(place))
    for _later in range(2):
        with pytest.raises(Refused):
            actions.decide_appeal(
                session, place.actor(hanno), made, "upheld", "It stays.", place.case("appeal").version
            )
        clock.shift(timedelta(days=91))


def test_people_of_partners_are_no_peers_either_and_the_public_count_says_the_same(place):
    session, pia = place.session, cast.moderator(place.session, "pia")
    partner = cast.partner(session)
    assert pia.id in caretakers.peer_moderators(session)
    organizations.affiliate(session, HOUSE, pia, partner, "staff")
    decision = place.decide(place.hana)
    with pytest.raises(Refused):
        confirm(place, pia, decision)
    proposed = place.decide(pia, post=about_host(place))
    assert (proposed.state, proposed.by_host) == ("proposed", False)
    assert pia.id not in session.scalars(peers(session, decision)).all()
    assert pia.id not in caretakers.peer_moderators(session)
    confirm(place, place.mo, decision)
    other = cast.reply(session, place.topic, place.ada, "Only a fool asks twice.")
    assert place.decide(pia, post=other).state == "in_force"


# ── at once, in an emergency ──────────────────────────────────────────────────────────────────────────────────────────


def urgently(place: Place, act: str = "remove") -> Ruling:
    return place.decide(place.hana, act, emergency=HURRY)


def only_proposes(place: Place) -> bool:
    with pytest.raises(Invalid) as refused:
        urgently(place)
    assert refused.value.field == "emergency"
    return place.decide(place.hana).state == "proposed"


def test_while_an_emergency_runs_no_second_one_extends_it(place, clock):
    first = urgently(place, "hide")
    clock.shift(timedelta(hours=40))
    with pytest.raises(Conflict):
        urgently(place)
    assert place.decide(place.hana).state == "proposed"
    clock.shift(timedelta(hours=9))
    actions.lapse(place.session, HOUSE, first)
    assert place.post.hidden_at is None
    with pytest.raises(Invalid):
        urgently(place)


@pytest.mark.parametrize("how", ["lapse", "refused", "taken back", "objected", "proposal refused"])
def test_after_an_emergency_came_to_nothing_the_same_is_only_proposed(place, clock, how):
    session, mo, hana = place.session, place.actor(place.mo), place.actor(place.hana)
    decision = place.decide(place.hana) if how == "proposal refused" else urgently(place)
    if how == "lapse":
        clock.shift(timedelta(hours=49))
        actions.lapse(session, HOUSE, decision)
    elif how == "taken back":
        actions.undo(session, hana, decision, "No.")
    elif how == "objected":
        confirm(place, place.mo, decision)
        found = appeals.appeal_for_update(session, place.actor(place.mia), objection(place, decision).id)
        actions.decide_appeal(
            session, place.actor(place.mia), found, "reversed", "So it was.", place.case("appeal").version
        )
    else:
        actions.refuse(session, mo, decision, "An opinion.")
    assert only_proposes(place)
    assert place.decide(place.hana, post=about_host(place), emergency=HURRY).state == "in_force"


def test_a_topic_and_its_opening_post_are_one_thing_in_an_emergency(place):
    place.topic.concerns_host = True
    lock = DecisionDraft("lock", "topic", place.topic.id, "unkind", "It calls somebody a fool.", emergency=HURRY)
    opening = place.session.scalars(select(Post).where(Post.topic_id == place.topic.id, Post.number == 1)).one()
    opening.concerns_host = True
    actions.decide(place.session, place.actor(place.hana), lock)
    with pytest.raises(Conflict):
        place.decide(place.hana, "hide", post=opening, emergency=HURRY)


# ── whoever judges the host as a peer ─────────────────────────────────────────────────────────────────────────────────


def suspension(who: Account, emergency: str = "", days: str = "open") -> DecisionDraft:
    params = {"kind": "suspension", "right": "", "duration": days, "detected": "own"}
    return DecisionDraft("sanction", "account", who.id, "other", "Did not confirm.", params=params, emergency=emergency)


def standing(place: Place, who: Account) -> int:
    place.session.flush()
    return len(place.session.scalars(select(Sanction).where(Sanction.account_id == who.id)).all())


def test_the_host_does_not_suspend_a_peer_moderator_alone(place):
    session, hilda, mo = place.session, boss(place), place.mo
    proposed = actions.decide(session, place.actor(hilda), suspension(mo))
    assert (proposed.state, proposed.concerns_host, standing(place, mo)) == ("proposed", True, 0)
    assert not allows(place.actor(mo), Act.CONFIRM_DECISION, proposed)
    assert session.scalars(peers(session, proposed)).all() == [place.mia.id]
    actions.refuse(session, place.actor(place.mia), proposed, "They need not.")
    with pytest.raises(PeerNeeded):
        close_account(session, place.actor(hilda), mo, "Away with them.")
    again_ = actions.decide(session, place.actor(hilda), suspension(mo))
    confirm(place, place.mia, again_)  # she is no administrator, and need not be one to agree
    assert standing(place, mo) == 1
    row = session.scalars(select(Sanction).where(Sanction.account_id == mo.id)).one()
    with pytest.raises(PeerNeeded):
        sanctions.lift(session, place.actor(hilda), row, "Enough.")


def test_what_the_host_did_at_once_to_a_peer_moderator_another_peer_ends(place, clock):
    session, hilda = place.session, boss(place)
    at_once = actions.decide(session, place.actor(hilda), suspension(place.mo, HURRY))
    assert standing(place, place.mo) == 1
    actions.refuse(session, place.actor(place.mia), at_once, "They need not.")
    assert (at_once.state, standing(place, place.mo)) == ("undone", 0)
    with pytest.raises(Invalid):
        actions.decide(session, place.actor(hilda), suspension(place.mo, HURRY))
    caretaker = place.ann
    willing(session, place.board, caretaker)
    assert actions.decide(session, place.actor(hilda), suspension(caretaker)).state == "proposed"
    assert actions.decide(session, place.actor(hilda), suspension(place.ben)).state == "in_force"


def test_a_sanction_of_an_emergency_says_what_it_is_by_mail_on_the_members_page_and_on_its_own(app, client, clock):
    with writing(app) as session:
        place = settle(session)
        about_host(place)
        decision_id = actions.decide(session, place.actor(place.hana), suspension(place.ada, HURRY)).id
        mail = session.scalars(select(OutboxMessage).where(OutboxMessage.cause == "sanction")).one().text
        mo = Visitor(app)
        cast.sign_in(mo, session, place.mo), cast.sign_in(client, session, place.ada)
    pages = [client.get("/u/ada/moderation"), mo.get("/u/ada/moderation"), client.get(f"/decisions/{decision_id}")]
    for text in [mail, *(page.text for page in pages)]:
        words = " ".join(text.split())
        assert HURRY in words
        assert "who belongs to the organization" in words
        assert "in an emergency" in words
        assert "Unless one agrees, it ends by itself: " in words
        assert "4" in words.partition("it ends by itself: ")[2][:12]
    assert "Object to the decision itself" in pages[0].text


def test_where_nothing_holds_one_back_any_more_nothing_is_said_of_objecting_to_it(app, client, clock):
    with writing(app) as session:
        place = settle(session)
        actions.decide(session, place.actor(place.mo), suspension(place.ada, days="1"))
        cast.sign_in(client, session, place.ada)
    clock.shift(timedelta(days=2))
    page = client.get("/u/ada/moderation").text
    assert "Nothing holds you back" in page
    assert "Object to the decision itself" not in page


def test_a_moderator_who_is_no_administrator_still_undoes_nothing_that_was_decided_of_one(place):
    session, ada = place.session, cast.administrator(place.session, "adele")
    decision = actions.decide(session, place.actor(ada), suspension(place.mo))
    assert decision.state == "in_force"
    with pytest.raises(Refused):
        actions.undo(session, place.actor(place.mia), decision, "No.")


def test_taking_a_peer_out_of_the_moderators_stands_in_the_public_log(place, clock):
    session, hilda, hanno = place.session, boss(place), colleague(place)
    row = willing(session, place.board, place.ann)
    take_out(place, Group.MODERATORS, place.mo, hilda)
    take_out(place, Group.MODERATORS, hanno, hilda)  # of its own: nothing to tell
    take_out(place, Group.MODERATORS, place.mia, cast.administrator(session, "adele"))
    caretaking.end_term(session, place.actor(hilda), again(session, row))
    lines = openness.log(session, place.actor(place.ben), Wanted(act="peer:taken_out")).lines
    by_host = "A peer moderator was taken out of the moderators by the organization"
    assert [(wording.done(line), line.board) for line in lines[::-1]] == [
        (by_host, ""),
        ("A peer moderator was taken out of the moderators", ""),
        (by_host, place.board.name),
    ]
    assert "belongs to the organization" in wording.facts(lines[0])


# ── what is told ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_queue_names_whom_a_proposal_is_about_and_its_page_their_words_about_the_host(app, client, clock):
    with writing(app) as session:
        place = settle(session)
        post_id = about_host(place).id
        actions.decide(session, place.actor(place.hana), suspension(place.ada))
        cast.sign_in(client, session, place.mia)
        case_id = place.case("proposal").id
    assert "ada: Suspended" in client.get("/moderation").text
    page = client.get(f"/moderation/cases/{case_id}").text
    assert "therefore a peer decides" in page
    assert f'href="/p/{post_id}"' in page
    assert "Acme never listens." in page


def test_the_page_of_an_objection_shows_the_words_that_were_removed(app, client, clock):
    with writing(app) as session:
        place = settle(session)
        objection(place, place.decide(place.mo))
        cast.sign_in(client, session, place.mia)
        case_id = place.case("appeal").id
    assert "Only a fool asks." in client.get(f"/moderation/cases/{case_id}").text


def test_without_a_peer_the_organizations_page_and_its_charter_say_so_and_what_follows(app, client, clock):
    with writing(app) as session:
        place = settle(session)
        ids = (place.mo.id, place.mia.id)
    for path in ("/organization", "/organization/charter"):
        assert "There is no peer moderator" not in client.get(path).text
    with writing(app) as session:
        for id_ in ids:
            cast.suspend(session, session.get_one(Account, id_))
    for path in ("/organization", "/organization/charter", "/moderation/log"):
        page = client.get(path).text
        assert "There is no peer moderator" in page
        assert "waits until there is one" in page
