"""What rules ask about those who belong to an organization: in which role they speak, and for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from forum.core import clock
from forum.permissions.actors import Actor, Role
from forum.permissions.predicates import moderates


def is_affiliated(actor: Actor, _subject: object) -> bool:
    """Belongs to an organization now: the host, or a partner."""
    return actor.belonging is not None


def is_unaffiliated(actor: Actor, _subject: object) -> bool:
    return actor.belonging is None


def is_of_host(actor: Actor, _subject: object) -> bool:
    """Belongs to the organization that hosts this community, not to a partner."""
    return actor.belonging is not None and actor.belonging.is_host


def is_host(actor: Actor, _subject: object) -> bool:
    """Holds the role that looks after the others."""
    return actor.speaks_as(Role.HOST)


def is_host_of(actor: Actor, organization: Any) -> bool:
    """Holds that role in the organization, and on all of its boards."""
    belonging = actor.belonging
    return (
        belonging is not None
        and belonging.organization_id == organization.id
        and belonging.roles.get(Role.HOST) == frozenset()
    )


def is_host_in(actor: Actor, organization: Any) -> bool:
    """Holds that role in the organization, be it on some of its boards."""
    belonging = actor.belonging
    return belonging is not None and belonging.organization_id == organization.id and belonging.has(Role.HOST)


def is_of_its_organization(actor: Actor, post: Any) -> bool:
    """Works for the organization in whose name the post was written, officially; a bot does not answer for it."""
    belonging = actor.belonging
    if belonging is None or belonging.kind == "bot" or post.capacity != "official":
        return False
    return bool(post.organization_id == belonging.organization_id)


def announces(actor: Actor, subject: Any) -> bool:
    """May announce and pin for the organization there."""
    return actor.speaks_as(Role.ANNOUNCER, subject.board_id)


def announces_everywhere(actor: Actor, organization: Any) -> bool:
    """Announces for the organization on all boards."""
    belonging = actor.belonging
    return (
        belonging is not None
        and belonging.organization_id == organization.id
        and belonging.has_everywhere(Role.ANNOUNCER)
    )


def hosts(actor: Actor, subject: Any) -> bool:
    """Looks after the other roles there."""
    return actor.speaks_as(Role.HOST, subject.board_id)


def responds(actor: Actor, subject: Any) -> bool:
    """Answers for the organization there."""
    return actor.speaks_as(Role.RESPONDER, subject.board_id)


def seeds(actor: Actor, subject: Any) -> bool:
    """Begins conversations for the organization there."""
    return actor.speaks_as(Role.SEEDER, subject.board_id)


def seeds_somewhere(actor: Actor, _subject: object) -> bool:
    """Begins conversations for the organization on some board, or looks after the other roles there."""
    return actor.speaks_as(Role.SEEDER) or actor.speaks_as(Role.HOST)


def recognizes(actor: Actor, subject: Any) -> bool:
    """Thanks for the organization there. Only a human being can."""
    return is_human_of_organization(actor, subject) and actor.speaks_as(Role.RECOGNIZER, subject.board_id)


def recognizes_somewhere(actor: Actor, subject: object) -> bool:
    return is_human_of_organization(actor, subject) and actor.speaks_as(Role.RECOGNIZER)


def is_human_of_organization(actor: Actor, _subject: object) -> bool:
    return actor.belonging is not None and actor.belonging.kind != "bot"


def gave_it_today(actor: Actor, recognition: Any) -> bool:
    """Within a day whoever gave it may think better of it."""
    mine = actor.account_id is not None and recognition.by_id == actor.account_id
    return bool(mine and clock.now() - recognition.created_at <= timedelta(hours=24))


def hosts_for(actor: Actor, subject: Any) -> bool:
    """Holds, there, the role that looks after the others in the subject's organization."""
    of_it = actor.belonging is not None and actor.belonging.organization_id == subject.organization_id
    return of_it and actor.speaks_as(Role.HOST, subject.board_id)


def is_not_for_news(_actor: Actor, board: Any) -> bool:
    """Any kind of board but the one for announcements."""
    return bool(board.kind != "announcement")


def works_for(actor: Actor, organization: Any) -> bool:
    """A human being of this organization."""
    belonging = actor.belonging
    return belonging is not None and belonging.kind != "bot" and belonging.organization_id == organization.id


def is_of_the_same(actor: Actor, subject: Any) -> bool:
    """Belongs to the organization whose the subject is."""
    return actor.belonging is not None and actor.belonging.organization_id == subject.organization_id


def hosts_the_same(actor: Actor, subject: Any) -> bool:
    """Looks after the others in the organization whose the subject is, on all of its boards."""
    belonging = actor.belonging
    return belonging is not None and is_of_the_same(actor, subject) and belonging.has_everywhere(Role.HOST)


def is_shared(_actor: Actor, subject: Any) -> bool:
    """Is nobody's own."""
    return subject.account_id is None


def looks_behind(actor: Actor, subject: Any) -> bool:
    """Speaks in some role on the board for the host, which no bot does here; or keeps the board. A partner's people
    see none of it."""
    belonging = actor.belonging if is_of_host(actor, subject) else None
    works = belonging is not None and belonging.kind != "bot" and bool(belonging.roles_on(subject.board_id))
    return works or moderates(actor, subject) or actor.is_admin
