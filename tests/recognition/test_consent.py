"""A recognition is its member's own: shown where they said yes, and not otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core.clock import now
from forum.core.errors import NotFound, Refused
from forum.organization import actions as organization
from forum.permissions import HOUSE
from forum.posts import actions as posts
from forum.recognition import actions, queries
from forum.recognition.models import ThankYouMessage
from tests import cast
from tests.recognition.people import Workshop


@pytest.fixture
def workshop(session, clock):
    return Workshop(session)


def shown(workshop, person=None):
    actor = workshop.actor(person)
    page = queries.public_recognitions(workshop.session, actor)
    profile = queries.profile_recognitions(workshop.session, actor, workshop.pia)
    assert [row.id for row in page.items if row.account_id == workshop.pia.id] == [row.id for row in profile]
    return [row.id for row in page.items]


def test_it_is_private_until_its_member_says_yes_and_again_when_they_think_better_of_it(workshop):
    row = workshop.recognizes(workshop.rae, workshop.writes(workshop.pia))
    assert shown(workshop) == []
    for person in (workshop.ben, workshop.rae, cast.administrator(workshop.session)):
        with pytest.raises(Refused):
            workshop.says(person, row)
        with pytest.raises(NotFound):
            queries.own_recognition(workshop.session, workshop.actor(person), row.id)
    workshop.says(workshop.pia, row)
    assert shown(workshop) == shown(workshop, workshop.ben) == [row.id]
    workshop.says(workshop.pia, row, yes=False)
    assert shown(workshop) == []


def test_asked_once_a_no_is_a_no(workshop, clock):
    row = workshop.recognizes(workshop.rae, workshop.writes(workshop.pia))
    message = workshop.session.query(ThankYouMessage).one()
    assert queries.letter(workshop.session, message.id).asks
    workshop.says(workshop.pia, row, yes=False)
    assert not queries.letter(workshop.session, message.id).asks


def test_all_of_them_are_made_private_at_once(workshop, clock):
    rows = []
    for _ in range(2):
        rows.append(workshop.recognizes(workshop.rae, workshop.writes(workshop.pia)))
        workshop.says(workshop.pia, rows[-1])
        clock.shift(timedelta(days=29))
    other = workshop.recognizes(workshop.rae, workshop.writes(workshop.ben))
    workshop.says(workshop.ben, other)
    assert shown(workshop) == [other.id, rows[1].id, rows[0].id]
    assert actions.hide_all(workshop.session, workshop.actor(workshop.pia)) == 2
    assert shown(workshop) == [other.id]


@pytest.mark.parametrize("why", ["post", "hidden", "topic", "closed", "hired", "perks", "withdrawn"])
def test_it_is_not_shown_any_more(workshop, why):
    session, post = workshop.session, workshop.writes(workshop.pia)
    row = workshop.recognizes(workshop.rae, post)
    workshop.says(workshop.pia, row)
    assert shown(workshop) == [row.id]
    if why == "post":
        posts.delete_post(session, workshop.actor(workshop.pia), workshop.read(workshop.pia, post))
    elif why == "topic":
        workshop.topic.deleted_at = now()
    elif why == "hidden":
        post.hidden_at = now()
    elif why == "closed":
        workshop.pia.deactivated_at = now()
    elif why == "hired":
        organization.affiliate(session, HOUSE, workshop.pia, organization.add_partner(session, HOUSE, "Reed"), "staff")
    elif why == "perks":
        organization.give_perks(session, HOUSE, workshop.pia, "Free strings.", now().date())
    else:
        actions.take_back(session, workshop.actor(workshop.rae), row)
    session.flush()
    assert shown(workshop) == []


def test_what_one_may_not_read_is_not_shown_either(workshop):
    cellar = cast.board(workshop.session, "cellar", rights=cast.STAFF_ONLY | {5: []})
    topic = cast.topic(workshop.session, cellar, workshop.hal)
    post = workshop.writes(workshop.hal, topic)
    post.author_id, post.affiliation_kind, post.organization_id = workshop.pia.id, "", None
    workshop.session.flush()
    row = workshop.recognizes(workshop.rae, post)
    workshop.says(workshop.pia, row)
    assert (shown(workshop), shown(workshop, workshop.hal)) == ([], [row.id])
