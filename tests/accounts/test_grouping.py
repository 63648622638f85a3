"""Groups: who makes them, who is in them, and who must stay."""

import pytest

from forum.accounts import actions
from forum.accounts.actions.grouping import fingerprint
from forum.accounts.drafts import GroupDraft
from forum.accounts.models import GroupRow
from forum.core import clock
from forum.core.errors import Conflict, Invalid, InvalidFields, Refused, SignInNeeded
from forum.permissions import Group
from tests import cast


@pytest.fixture
def root(session):
    return cast.administrator(session, "root")


@pytest.fixture
def admin(session, root):
    return cast.actor(session, root)


def builtin(session, group):
    return session.get(GroupRow, int(group))


def test_a_group_is_made_described_and_deleted(session, admin):
    group = actions.create_group(session, admin, GroupDraft(" Reed  tuners ", "They tune."))
    assert (group.name, group.slug, group.is_builtin) == ("Reed tuners", "reed-tuners", False)
    seen = fingerprint(GroupDraft(group.name, group.description))
    actions.edit_group(session, admin, group, GroupDraft("Tuners"), seen)
    assert (group.name, group.slug) == ("Tuners", "tuners")
    with pytest.raises(Conflict, match="still here"):
        actions.edit_group(session, admin, group, GroupDraft("Others"), seen)
    actions.delete_group(session, admin, group)
    assert session.get(GroupRow, group.id) is None


@pytest.mark.parametrize("name", ("", "!", "x" * 41, "STAFF"))
def test_a_group_needs_a_name_of_its_own(session, admin, name):
    with pytest.raises(InvalidFields) as refused:
        actions.create_group(session, admin, GroupDraft(name, "x" * 301))
    assert set(refused.value.fields) == {"name", "description"}


def test_the_groups_of_the_forum_itself_stay_as_they_are(session, admin):
    for group in Group:
        with pytest.raises(Invalid, match="part of the forum"):
            actions.delete_group(session, admin, builtin(session, group))
        with pytest.raises(Invalid, match="part of the forum"):
            actions.edit_group(session, admin, builtin(session, group), GroupDraft("New"), "")


def test_whoever_is_put_into_a_group_has_its_rights_until_taken_out(session, admin):
    ada, staff = cast.member(session, "ada"), builtin(session, Group.STAFF)
    board = cast.board(session, rights=cast.STAFF_ONLY)
    actions.add_to_group(session, admin, staff, ada)
    assert board.id in cast.actor(session, ada).rights
    with pytest.raises(Invalid, match="already"):
        actions.add_to_group(session, admin, staff, ada)
    actions.remove_from_group(session, admin, staff, ada)
    assert board.id not in cast.actor(session, ada).rights
    with pytest.raises(Invalid, match="not in this group"):
        actions.remove_from_group(session, admin, staff, ada)


def test_nobody_is_put_into_a_group_that_follows_from_being_here(session, admin):
    for group in (Group.EVERYONE, Group.MEMBERS):
        with pytest.raises(Invalid, match="already"):
            actions.add_to_group(session, admin, builtin(session, group), cast.member(session))


def test_an_account_without_its_person_is_put_into_no_group(session, admin):
    for nobody in (cast.placeholder(session, "gone"), cast.unconfirmed(session, "soon")):
        with pytest.raises(Invalid, match="nobody’s account"):
            actions.add_to_group(session, admin, builtin(session, Group.STAFF), nobody)


def test_somebody_who_can_act_remains_administrator(session, admin, root):
    group = builtin(session, Group.ADMINISTRATORS)
    cast.suspend(session, cast.administrator(session))
    for idle in ({}, {"deactivated_at": clock.now()}, {"confirmed_at": None}):
        if idle:
            cast.administrator(session, **idle)
        with pytest.raises(Invalid, match="last administrator"):
            actions.remove_from_group(session, admin, group, root)
    cast.administrator(session, "other")
    actions.remove_from_group(session, admin, group, root)
    assert not cast.actor(session, root).is_admin


def test_only_administrators_form_groups(session, root):
    group, ada = builtin(session, Group.STAFF), cast.member(session, "ada")
    verbs = (
        lambda actor: actions.create_group(session, actor, GroupDraft("New")),
        lambda actor: actions.edit_group(session, actor, group, GroupDraft("New"), ""),
        lambda actor: actions.delete_group(session, actor, group),
        lambda actor: actions.add_to_group(session, actor, group, ada),
        lambda actor: actions.remove_from_group(session, actor, group, ada),
    )
    people = (ada, cast.moderator(session), cast.staff(session))
    for verb in verbs:
        with pytest.raises(SignInNeeded):
            verb(cast.actor(session, None))
        for person in people:
            with pytest.raises(Refused):
                verb(cast.actor(session, person))
