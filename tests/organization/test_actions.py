"""Who hosts this place, and who belongs to it."""

import pytest

from forum.core import clock
from forum.core.errors import Conflict, Invalid, Refused
from forum.organization import actions, queries
from forum.organization.models import Affiliation, Organization
from forum.permissions import Group
from tests import cast


@pytest.fixture
def admin(session):
    return cast.actor(session, cast.administrator(session, "root"))


def test_the_host_is_named_once_and_renamed(session, admin):
    host = actions.name_host(session, admin, " Reed  House ")
    assert (host.name, host.slug, host.is_host) == ("Reed House", "reed-house", True)
    assert actions.name_host(session, admin, "The Reed House").id == host.id
    assert session.query(Organization).count() == 1


@pytest.mark.parametrize("name", ("", " ", "x" * 81))
def test_the_host_needs_a_name(session, admin, name):
    with pytest.raises(Invalid) as refused:
        actions.name_host(session, admin, name)
    assert refused.value.field == "name"


def test_an_organization_that_came_with_an_import_may_turn_out_to_be_the_host(session, admin):
    imported = Organization(slug="urho3d", name="Urho3D", created_at=clock.now())
    session.add(imported)
    session.flush()
    assert actions.name_host(session, admin, "urho3d").id == imported.id
    session.add(Organization(slug="partner", name="Partner", created_at=clock.now()))
    session.flush()
    with pytest.raises(Conflict):
        actions.name_host(session, admin, "Partner")


def test_staff_belong_to_the_host_from_the_moment_it_has_a_name(session, admin):
    ada = cast.join(session, cast.member(session, "ada"), Group.STAFF)
    host = actions.name_host(session, admin, "Reed House")
    assert queries.affiliation_of(session, ada.id, clock.now()).organization_id == host.id
    actions.name_host(session, admin, "Reed House")
    assert session.query(Affiliation).count() == 1
    actions.end_affiliation(session, ada.id, host)
    session.flush()
    assert session.query(Affiliation).one().until is not None


def test_only_an_administrator_names_the_host(session):
    with pytest.raises(Refused):
        actions.name_host(session, cast.actor(session, cast.staff(session)), "Ours")
