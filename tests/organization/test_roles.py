"""In which roles people speak for an organization: given, ended, worn, and known to everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.admin import actions as admin
from forum.core import clock
from forum.core.errors import Conflict, Invalid, Refused
from forum.notifications.kind import MAIL
from forum.notifications.kinds import KINDS
from forum.notifications.models import Notice
from forum.organization import actions, queries
from forum.organization.evidence import checked_evidence
from forum.organization.models import Organization
from forum.organization.queries import showing, staffing
from forum.organization.voices import Voice
from forum.permissions import HOUSE, Group, Role
from forum.posts import actions as posts
from tests import cast


class House:
    """Acme: ada runs the place, hal is a host, sue works there without a role, pia is a peer, robo posts by itself."""

    def __init__(self, session):
        self.session = session
        self.acme = cast.host(session)
        self.ada = cast.administrator(session, "ada")
        self.hal = cast.staff(session, "hal", roles=[Role.HOST])
        self.sue = cast.staff(session, "sue", roles=[])
        self.pia = cast.member(session, "pia")
        self.robo = cast.member(session, "robo")
        self.practice, self.news = cast.board(session, "practice"), cast.board(session, "news", kind="announcement")
        actions.affiliate(session, self.actor(self.ada), self.robo, self.acme, "bot")

    def actor(self, person):
        return cast.actor(self.session, person)

    def grant(self, by, person, role=Role.RESPONDER, boards=(), evidence="https://acme.example/people"):
        return actions.grant_role(self.session, self.actor(by), person, role, [one.id for one in boards], evidence)

    def ends(self, by, grant):
        actor = self.actor(by)
        actions.end_role(self.session, actor, staffing.grant_for_change(self.session, actor, grant.id))

    def says(self, person, **voice):
        topic = cast.topic(self.session, self.practice, self.pia)
        return cast.reply(self.session, topic, person, voice=Voice(**voice))

    def log(self):
        _host, lines = showing.role_log(self.session, self.actor(None))
        return [(line.role, line.ended, line.person and line.person.name, *line.boards) for line in lines.items]


@pytest.fixture
def house(session):
    return House(session)


def test_a_host_gives_a_role_and_ends_it_and_the_badge_stays(house):
    grant = house.grant(house.hal, house.sue)
    post = house.says(house.sue, intent="answer", capacity="official", role="responder")
    house.ends(house.hal, grant)
    with pytest.raises(Invalid, match="role that was given"):
        house.says(house.sue, intent="answer", capacity="official", role="responder")
    assert (post.role, post.capacity, post.organization_id) == ("responder", "official", house.acme.id)
    with pytest.raises(Conflict):
        house.ends(house.hal, grant)


def test_a_role_for_one_board_is_worn_on_no_other(house):
    house.grant(house.ada, house.sue, boards=[house.news])
    with pytest.raises(Invalid, match="for this board"):
        house.says(house.sue, intent="answer", capacity="official", role="responder")
    house.grant(house.ada, house.sue, boards=[house.news, house.practice])
    assert house.says(house.sue, intent="answer", capacity="official", role="responder").role == "responder"
    with pytest.raises(Conflict, match="already"):
        house.grant(house.ada, house.sue, boards=[house.practice, house.news])


def test_nobody_but_hosts_and_administrators_gives_roles_and_no_host_to_themselves(house):
    for person in (house.pia, house.sue, cast.moderator(house.session)):
        with pytest.raises(Refused):
            house.grant(person, house.sue)
    with pytest.raises(Refused, match="themselves"):
        house.grant(house.hal, house.hal)
    with pytest.raises(Invalid, match="does not belong"):
        house.grant(house.ada, house.pia)
    with pytest.raises(Invalid, match="human being"):
        house.grant(house.ada, house.robo, Role.HOST)


def test_a_host_of_one_board_gives_roles_there_only(house):
    house.grant(house.ada, house.sue, Role.HOST, boards=[house.practice])
    lee = cast.staff(house.session, "lee", roles=[])
    with pytest.raises(Refused, match="for which you are a host"):
        house.grant(house.sue, lee)
    with pytest.raises(Refused, match="for which you are a host"):
        house.grant(house.sue, lee, boards=[house.practice, house.news])
    wide = house.grant(house.ada, lee)
    with pytest.raises(Refused, match="for which you are a host"):
        house.ends(house.sue, wide)
    with pytest.raises(Refused, match="for which you are a host"):
        house.grant(house.sue, lee, boards=[house.practice])  # it would take the wider one away
    assert house.grant(house.sue, lee, Role.SEEDER, boards=[house.practice]).board_ids == [house.practice.id]


def test_a_partners_host_gives_roles_of_the_partner_only_and_sees_nobody_elses(house):
    there = actions.add_partner(house.session, house.actor(house.ada), "Reed & Co")
    kim, ole = (cast.member(house.session, name) for name in ("kim", "ole"))
    for person in (kim, ole):
        actions.affiliate(house.session, house.actor(house.ada), person, there, "staff")
    house.grant(house.ada, kim, Role.HOST)
    house.grant(house.ada, house.sue)
    assert house.grant(kim, ole).organization_id == there.id
    with pytest.raises(Refused, match="your own organization"):
        house.grant(kim, house.sue, Role.SEEDER)
    seen = staffing.staffing(house.session, house.actor(kim))
    assert [one.name for one in seen.organizations] == ["Reed & Co"]
    assert {person.name for person, _affiliation, _grants in seen.people} == {"kim", "ole"}


def test_who_leaves_the_organization_speaks_in_no_role_any_more(house):
    house.grant(house.ada, house.sue)
    actions.end_affiliation(house.session, house.sue.id, house.acme)
    house.session.flush()
    assert house.actor(house.sue).belonging is None
    with pytest.raises(Refused, match="people of the organization"):
        house.says(house.sue, intent="answer", capacity="official", role="responder")
    assert house.says(house.sue).affiliation_kind == ""
    actions.begin_affiliation(house.session, house.sue.id, house.acme)
    house.session.flush()
    assert house.actor(house.sue).belonging.roles == {}


def test_what_a_door_leaves_out_is_an_answer_in_ones_own_name(house):
    post = house.says(house.sue)
    assert (post.intent, post.capacity, post.role) == ("answer", "personal", "")
    post = house.says(house.robo)
    assert (post.intent, post.capacity, post.role, post.affiliation_kind) == ("answer", "official", "", "bot")


@pytest.mark.parametrize(
    ("voice", "field"),
    (
        ({"intent": "shout", "capacity": "personal"}, "intent"),
        ({"intent": "official", "capacity": "personal"}, "speaking"),
        ({"intent": "announce", "capacity": "personal"}, "speaking"),
        ({"intent": "personal", "capacity": "official", "role": "host"}, "speaking"),
        ({"intent": "answer", "capacity": "official"}, "speaking"),
        ({"intent": "answer", "capacity": "loud", "role": "king"}, "speaking"),
    ),
)
def test_a_voice_that_contradicts_itself_is_refused_in_words(house, voice, field):
    with pytest.raises(Invalid) as refused:
        house.says(house.hal, **voice)
    assert refused.value.field == field


def test_only_announcers_of_the_organization_announce_and_pin(house):
    moderators = (house.sue, house.pia)
    for person in moderators:
        cast.join(house.session, person, Group.MODERATORS)
    topic = cast.topic(house.session, house.practice, house.pia)
    with pytest.raises(Refused, match="announcer of Acme"):
        posts.pin(house.session, house.actor(house.sue), topic, until=clock.now() + timedelta(days=3), scope="board")
    posts.pin(house.session, house.actor(house.pia), topic, until=clock.now() + timedelta(days=3), scope="board")
    with pytest.raises(Refused, match="announcer of Acme"):
        cast.topic(house.session, house.news, house.sue)
    house.grant(house.ada, house.sue, Role.ANNOUNCER, boards=[house.news])
    assert cast.topic(house.session, house.news, house.sue).board_id == house.news.id
    with pytest.raises(Refused, match="announcer of Acme"):
        posts.unpin(house.session, house.actor(house.sue), topic)


def test_who_is_no_announcer_announces_nowhere_and_one_of_a_board_only_there(house):
    house.grant(house.ada, house.sue, Role.RESPONDER)
    with pytest.raises(Refused, match="announcer of Acme"):
        house.says(house.sue, intent="announce", capacity="official", role="responder")
    house.grant(house.ada, house.sue, Role.ANNOUNCER, boards=[house.practice])
    with pytest.raises(Invalid, match="Only a new topic"):
        house.says(house.sue, intent="announce", capacity="official", role="responder")
    voice = Voice("announce", "official", "responder")
    assert cast.topic(house.session, house.practice, house.sue, voice=voice).board_id == house.practice.id
    cast.join(house.session, house.sue, Group.MODERATORS)
    topic, until = cast.topic(house.session, house.practice, house.pia), clock.now() + timedelta(days=3)
    with pytest.raises(Invalid, match="all boards"):
        posts.pin(house.session, house.actor(house.sue), topic, until=until, scope="site")
    house.grant(house.ada, house.sue, Role.ANNOUNCER)
    posts.pin(house.session, house.actor(house.sue), topic, until=until, scope="site")


def test_a_link_that_names_somebody_is_not_shown_beside_one_of_its_people(house):
    house.grant(house.ada, house.sue, evidence="https://acme.example/people/sue")
    house.grant(house.ada, house.sue, Role.SEEDER, evidence="example.org")
    _host, lines = showing.role_log(house.session, house.actor(None))
    assert [line.evidence for line in lines.items[:2]] == ["example.org", ""]
    actions.be_listed(house.session, house.actor(house.sue), house.sue, True)
    _host, lines = showing.role_log(house.session, house.actor(None))
    assert "https://acme.example/people/sue" in [line.evidence for line in lines.items]


def test_the_public_log_names_only_who_stands_on_the_page(house):
    grant = house.grant(house.hal, house.sue, Role.RESPONDER, boards=[house.practice])
    house.ends(house.ada, grant)
    assert {(Role.RESPONDER, True, None, "Practice"), (Role.RESPONDER, False, None, "Practice")} <= set(house.log())
    actions.be_listed(house.session, house.actor(house.sue), house.sue, True)
    assert (Role.RESPONDER, True, "sue", "Practice") in house.log()
    actions.be_listed(house.session, house.actor(house.sue), house.sue, False)
    assert not any("sue" in line for line in house.log())


def test_a_board_that_the_reader_may_not_see_is_not_named_in_the_log(house):
    secret = cast.board(house.session, "secret", rights=cast.STAFF_ONLY)
    house.grant(house.ada, house.sue, boards=[secret])
    assert house.log()[0] == (Role.RESPONDER, False, None, "another board")


def test_the_page_names_with_consent_and_counts_the_others(house):
    house.grant(house.ada, house.sue)
    lee = cast.staff(house.session, "lee", roles=[Role.RESPONDER])
    actions.be_listed(house.session, house.actor(lee), lee, True)
    page = showing.organization_page(house.session, house.actor(None))
    worn = {one.role: ([person.name for person, _boards in one.people], one.more) for one in page.roles}
    assert worn[Role.RESPONDER] == (["lee"], 1)
    assert worn[Role.HOST] == ([], 1)
    assert [bot.name for bot in page.bots] == ["robo"]
    with pytest.raises(Refused):
        actions.be_listed(house.session, house.actor(house.pia), lee, False)


def test_people_of_a_partner_belong_to_one_organization_at_a_time(house):
    there = actions.add_partner(house.session, house.actor(house.ada), "Reed & Co")
    with pytest.raises(Conflict, match="belongs to Acme"):
        actions.affiliate(house.session, house.actor(house.ada), house.sue, there, "staff")
    with pytest.raises(Invalid, match="group of the staff"):
        actions.affiliate(house.session, house.actor(house.ada), house.pia, house.acme, "staff")
    row = actions.affiliate(house.session, house.actor(house.ada), house.pia, there, "staff")
    assert house.says(house.pia).organization_id == there.id
    row = staffing.affiliation_for_change(house.session, house.actor(house.ada), row.id)
    actions.part(house.session, house.actor(house.ada), row, house.pia)
    assert house.says(house.pia).organization_id is None
    with pytest.raises(Conflict, match="already"):
        actions.add_partner(house.session, house.actor(house.ada), "reed & co")


def test_an_account_that_belongs_to_an_organization_is_not_merged_away(house):
    bo = cast.member(house.session, "bo")
    with pytest.raises(Invalid, match="belongs to Acme"):
        admin.merge_accounts(house.session, house.actor(house.ada), house.robo, bo, house.robo.name)


def test_an_imported_organization_beside_the_host_becomes_a_partner(house):
    there = actions.add_partner(house.session, HOUSE, "Urho3D")
    assert (there.slug, there.is_host) == ("urho3d", False)
    assert queries.host(house.session).name == "Acme"
    assert house.session.query(Organization).count() == 2


@pytest.mark.parametrize(
    ("typed", "email", "kept"),
    (
        ("example.org", "ada@example.org", "example.org"),
        (" @Example.ORG ", "ada@mail.example.org", "example.org"),
        ("https://acme.example/people#ada", "", "https://acme.example/people#ada"),
    ),
)
def test_a_domain_or_a_link_says_how_one_knows(typed, email, kept):
    assert checked_evidence(typed, email) == kept


@pytest.mark.parametrize(
    ("typed", "email"),
    (
        ("", "ada@example.org"),
        ("I know her", "ada@example.org"),
        ("example.org", "ada@notexample.org"),
        ("example.org", ""),
        ("javascript:alert(1)", "ada@example.org"),
        ("https://", "ada@example.org"),
        ("https://a.example/" + "x" * 300, "ada@example.org"),
        ("org", "ada@example.org"),
    ),
)
def test_what_shows_nothing_is_no_evidence(typed, email):
    with pytest.raises(Invalid) as refused:
        checked_evidence(typed, email)
    assert refused.value.field == "evidence"


def notices(house, person):
    rows = house.session.query(Notice).filter_by(recipient_id=person.id).order_by(Notice.id)
    return [(row.kind, row.title, row.url) for row in rows if row.kind.startswith("role_")]


def test_who_is_given_a_role_hears_of_it_with_a_page_that_says_what_it_asks_and_of_its_end(house):
    given = house.grant(house.hal, house.sue, boards=[house.practice])
    told = ("role_given", house.practice.name, "/organization/how-we-write")
    assert notices(house, house.sue) == [told]
    given = house.grant(house.hal, house.sue, boards=[house.practice, house.news])
    assert [kind for kind, *_rest in notices(house, house.sue)] == ["role_given", "role_given"], "it did not end"
    house.ends(house.hal, given)
    assert notices(house, house.sue)[-1][0] == "role_ended"
    assert notices(house, house.hal) == []
    assert KINDS["role_given"].channels >= {MAIL}


def test_who_belongs_to_no_organization_is_given_no_role_and_one_is_told_where_to_say_that_they_do(house):
    with pytest.raises(Invalid, match="foot of this page"):
        house.grant(house.ada, house.pia)
    with pytest.raises(Invalid, match="An administrator has to say so"):
        house.grant(house.hal, house.pia)
