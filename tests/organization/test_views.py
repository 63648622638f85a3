"""The pages of an organization: what everybody sees, what its people choose, what those who look after it do."""

from __future__ import annotations

import pytest

from forum.organization.models import Affiliation, Organization, RoleGrant
from forum.permissions import Role
from forum.posts.addresses import topic_path
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read

LINK = "https://acme.example/people"


@pytest.fixture
def staffed(app):
    with writing(app) as session:
        cast.host(session)
        cast.board(session, "practice")
        cast.staff(session, "sue", roles=[])
        cast.staff(session, "hal", roles=[Role.HOST])
        cast.member(session, "robo")
        cast.administrator(session, "ada")


def granted(app):
    with reading(app) as session:
        return [(row.role, row.until is None, row.board_ids) for row in session.query(RoleGrant).order_by(RoleGrant.id)]


def sign_in(app, client, name):
    with writing(app) as session:
        cast.sign_in(client, session, session.query(cast.Account).filter_by(name=name).one())


def test_a_host_gives_a_role_in_the_browser_and_ends_it_and_everybody_can_read_of_it(app, client, staffed):
    sign_in(app, client, "hal")
    typed = {"person": "sue", "role": "responder", "evidence": LINK}
    answer = client.submit("/organization/people", typed, form="grant")
    assert answer.status_code == 303
    assert "sue speaks as Responder now." in read(client, "/organization/people")
    assert granted(app)[1:] == [("responder", True, [])]
    with reading(app) as session:
        given = session.query(RoleGrant.id).filter_by(role="responder").scalar()
    ending = f"/organization/people/roles/{given}/end"
    assert ending in read(client, "/organization/people")
    assert "does not speak as Responder any more" in read(client, ending)  # asked once, with what it means
    assert granted(app)[1:] == [("responder", True, [])]
    assert client.submit(ending, form=f"{given}/end").status_code == 303
    assert granted(app)[1:] == [("responder", False, [])]
    sign_in(app, client, "robo")
    log = read(client, "/organization/roles")
    assert "One of its people" in log
    assert "a page that names them" in log
    assert "Responder" in log


def test_what_was_typed_comes_back_with_a_sentence_beside_its_field(app, client, staffed):
    sign_in(app, client, "ada")
    answer = client.submit(
        "/organization/people", {"person": "nobody", "role": "seeder", "evidence": LINK}, form="grant"
    )
    assert answer.status_code == 422
    assert "There is nobody of this name." in answer.text
    assert 'value="nobody"' in answer.text
    assert f'value="{LINK}"' in answer.text
    answer = client.submit(
        "/organization/people", {"person": "sue", "evidence": "she said so", "role": "seeder"}, form="grant"
    )
    assert "or a link to a page that names them" in answer.text
    answer = client.submit("/organization/people", {"person": "sue", "evidence": LINK}, form="grant")
    assert "Choose a role." in answer.text
    assert granted(app) == [("host", True, [])]


def test_whose_address_is_whose_is_not_for_hosts_to_find_out(app, client, staffed):
    sign_in(app, client, "hal")
    typed = {"person": "robo@example.org", "role": "seeder", "evidence": LINK}
    assert "There is nobody of this name." in client.submit("/organization/people", typed, form="grant").text


def test_a_host_of_one_board_is_offered_what_is_theirs_to_give(app, client, staffed):
    with writing(app) as session:
        other = cast.board(session, "other").id
        session.query(RoleGrant).one().board_ids = [other]
        cast.staff(session, "lee", roles=[Role.SEEDER])
    sign_in(app, client, "hal")
    page = read(client, "/organization/people")
    assert page.count(">End it<") == 1, "their own"
    assert f'value="{other}"' in page
    assert "Practice" not in page


def test_nobody_else_comes_to_the_people_and_roles(app, client, staffed):
    assert client.get("/organization/people").status_code == 303  # to the door
    for name in ("sue", "robo"):
        sign_in(app, client, name)
        assert client.get("/organization/people").status_code == 403
        assert "People and roles" not in read(client, "/organization")


def test_somebody_of_the_organization_chooses_to_stand_on_its_page(app, client, staffed):
    sign_in(app, client, "hal")
    assert "1 person" in read(client, "/organization")
    assert client.submit("/settings/organization", {"listed": "y"}).status_code == 303
    assert ">hal</a>" in read(client, "/organization")
    sign_in(app, client, "robo")
    assert client.get("/settings/organization").status_code == 404
    assert "/settings/organization" not in read(client, "/settings")


def test_an_administrator_adds_a_partner_its_people_and_what_it_says_of_itself(app, client, staffed):
    sign_in(app, client, "ada")
    assert client.submit("/organization/people", {"partner": "Reed & Co"}, form="partner").status_code == 303
    with reading(app) as session:
        there = session.query(Organization).filter_by(slug="reed-co").one().id
    typed = {"name": "robo", "organization": str(there), "kind": "bot"}
    assert client.submit("/organization/people", typed, form="affiliate").status_code == 303
    assert client.submit(f"/organization/people/{there}/about", {"about": "We *make* reeds."}).status_code == 303
    page = read(client, "/organizations/reed-co")
    assert "<em>make</em>" in page
    assert ">robo</a>" in page
    assert "Reed &amp; Co" in read(client, "/organization")
    assert client.submit("/organization/people", {"partner": "reed & co"}, form="partner").status_code == 422
    answer = client.submit(f"/organization/people/{there}/about", {"about": "x" * 4001})
    assert answer.status_code == 422
    assert "at most 4" in answer.text
    assert client.submit("/organization/people", form="affiliations/").status_code == 303
    with reading(app) as session:
        assert session.query(Affiliation).filter_by(organization_id=there).one().until is not None
    log = read(client, "/admin/log")
    assert "robo belongs to “Reed &amp; Co” no longer." in log
    assert "“Reed &amp; Co” says of itself: We *make* reeds." in log


def test_the_address_of_a_partner_that_hosts_leads_to_the_host(app, client, staffed):
    assert client.get("/organizations/acme").headers["Location"].endswith("/organization")
    assert client.get("/organizations/acme/roles").headers["Location"].endswith("/organization/roles")
    assert client.get("/organizations/nobody").status_code == 404


def test_before_the_place_has_a_host_its_page_says_so(app, client):
    enter(app, client, "pia")
    assert client.get("/organization").status_code == 404
    assert client.get("/organization/roles").status_code == 404


def test_staff_choose_among_their_own_roles_and_see_what_a_post_is_for(app, client, staffed):
    with writing(app) as session:
        session.add(
            RoleGrant(
                account_id=session.query(cast.Account).filter_by(name="sue").one().id,
                organization_id=cast.host(session).id,
                role="responder",
                evidence="acme.example",
                since=cast.clock.now(),
            )
        )
        topic = cast.topic(
            session, session.query(cast.Board).filter_by(slug="practice").one(), cast.member(session, "pia")
        )
        place = topic_path(topic)
    sign_in(app, client, "sue")
    page = read(client, place)
    assert "Acme · Responder" in page
    assert "Acme · Announcer" not in page
    answer = client.submit(
        place, {"body": "Which reed is it?", "intent": "clarify", "speaking": "announcer"}, form="reply"
    )
    assert answer.status_code == 422
    assert "Choose a role that was given to you for this board." in answer.text
    answer = client.submit(
        place, {"body": "Which reed is it?", "intent": "clarify", "speaking": "responder"}, form="reply"
    )
    assert answer.status_code == 303
    assert "a question back" in read(client, place)
