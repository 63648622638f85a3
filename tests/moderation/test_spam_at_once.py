"""Several people press at the same moment: one removal, one giving back, and every counter right."""

from __future__ import annotations

from functools import partial

from forum.accounts.models import Account
from forum.moderation.actions import removing
from forum.moderation.spam_models import SpamRemoval
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.moderation.spam import Place, off


def together(app, names, verb):
    """Each of them does it; what each met."""

    def press(name):
        with writing(app) as session:
            verb(session, cast.actor(session, session.query(Account).filter_by(name=name).one()))

    return at_once(*(partial(press, name) for name in names))


def test_two_moderators_at_once_make_one_removal_and_one_giving_back(app):
    with writing(app) as session:
        spam = Place(session).busy().spam.id
    said = together(app, ("eli", "mod"), lambda session, actor: removing.remove(session, actor, spam, "Advertising"))
    assert sorted(type(one).__name__ for one in said) == ["Conflict", "NoneType"]
    with reading(app) as session:
        (removal,) = session.query(SpamRemoval).all()
        assert (removal.state, off(session)) == ("done", [])
    said = together(
        app, ("eli", "mod"), lambda session, actor: removing.undo(session, actor, removal.id, "It was none")
    )
    assert sorted(type(one).__name__ for one in said) == ["Conflict", "NoneType"]
    with reading(app) as session:
        assert (session.query(SpamRemoval).one().state, off(session)) == ("undone", [])
