"""What rules ask: questions about an actor and a subject, each with a plain answer. The table is in `rules.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forum.core import clock
from forum.permissions.actors import Actor, Group, Right, Trust

Predicate = Callable[[Actor, Any], bool]


def anyone(_actor: Actor, _subject: object) -> bool:
    return True


def is_member(actor: Actor, _subject: object) -> bool:
    return not actor.is_guest


def is_guest(actor: Actor, _subject: object) -> bool:
    return actor.is_guest


def is_unhindered(actor: Actor, _subject: object) -> bool:
    """Confirmed, not suspended, not told to read only: may take back what is theirs, and keep the place, whatever they
    accepted."""
    return not actor.is_guest and actor.is_confirmed and not actor.only_reads


def does_more_than_read(actor: Actor, _subject: object) -> bool:
    return not actor.only_reads


def has_read_warnings(actor: Actor, _subject: object) -> bool:
    return not actor.must_acknowledge


def in_good_standing(actor: Actor, subject: object) -> bool:
    """May take part: nothing hinders them, they accepted the rules as they are now, and have read what they were
    warned of."""
    return is_unhindered(actor, subject) and not actor.must_accept and not actor.must_acknowledge


def is_admin(actor: Actor, _subject: object) -> bool:
    return actor.is_admin


def is_house(actor: Actor, _subject: object) -> bool:
    """A job or command that acts for the house itself."""
    return actor.is_house


def is_staff(actor: Actor, _subject: object) -> bool:
    return actor.is_staff


def is_not_staff(actor: Actor, _subject: object) -> bool:
    """Not of the host: its people confirm and decide, they do not vote."""
    return not actor.is_staff


def sees(actor: Actor, subject: Any) -> bool:
    return actor.may(Right.SEE, subject.board_id)


def is_on_no_board(_actor: Actor, subject: Any) -> bool:
    """An account: everybody sees it."""
    return subject.board_id is None


def starts(actor: Actor, subject: Any) -> bool:
    return actor.may(Right.START, subject.board_id)


def replies(actor: Actor, subject: Any) -> bool:
    return actor.may(Right.REPLY, subject.board_id)


def members_start(actor: Actor, subject: Any) -> bool:
    return Right.START in actor.as_member.get(subject.board_id, frozenset())


def members_reply(actor: Actor, subject: Any) -> bool:
    return Right.REPLY in actor.as_member.get(subject.board_id, frozenset())


def moderates(actor: Actor, subject: Any) -> bool:
    return actor.may(Right.MODERATE, subject.board_id)


def moderates_somewhere(actor: Actor, _subject: object) -> bool:
    return bool(actor.boards_with(Right.MODERATE))


def looks_after(actor: Actor, subject: Any) -> bool:
    """Moderates the board that it is on; what is on none, the whole place."""
    if subject.board_id is None:
        return actor.is_moderator
    return moderates(actor, subject) and sees(actor, subject)


def is_not_own_decision(actor: Actor, decision: Any) -> bool:
    return actor.account_id is None or decision.by_id != actor.account_id


def may_object(actor: Actor, contested: Any) -> bool:
    """It is about them, or they said that it is not as it should be and were told that it stays."""
    return actor.account_id is not None and actor.account_id in contested.concerned


def took_no_part(actor: Actor, contested: Any) -> bool:
    """Neither wrote it nor flagged it, and had no hand in any decision about it."""
    return actor.account_id is not None and actor.account_id not in contested.took_part


def is_for_administrators(_actor: Actor, contested: Any) -> bool:
    """Nobody who looks after the board is left who took no part."""
    return bool(contested.is_for_administrators)


def board_is_open(_actor: Actor, board: Any) -> bool:
    return board.archived_at is None


def topic_is_there(_actor: Actor, topic: Any) -> bool:
    return topic.deleted_at is None


def topic_is_open(_actor: Actor, topic: Any) -> bool:
    return topic.locked_at is None and topic_is_living(_actor, topic)


def topic_is_living(_actor: Actor, topic: Any) -> bool:
    """Neither removed nor frozen, nor on a frozen board; a locked topic still lives."""
    return topic.deleted_at is None and topic.archived_at is None and topic.board_archived_at is None


def in_living_topic(actor: Actor, post: Any) -> bool:
    return topic_is_living(actor, post.topic)


def in_visible_topic(actor: Actor, post: Any) -> bool:
    return post.topic.deleted_at is None or moderates(actor, post)


def is_shown(_actor: Actor, post: Any) -> bool:
    return post.deleted_at is None and post.hidden_at is None


def is_words(_actor: Actor, post: Any) -> bool:
    """A post that somebody wrote, not a note of what happened to the topic."""
    return not post.is_note


def wrote(actor: Actor, subject: Any) -> bool:
    return actor.account_id is not None and bool(subject.author_id == actor.account_id)


def is_not_deleted(_actor: Actor, post: Any) -> bool:
    return post.deleted_at is None


def deleted_it(actor: Actor, post: Any) -> bool:
    return post.deleted_at is not None and bool(post.deleted_by_id == actor.account_id)


def took_topic_along(actor: Actor, post: Any) -> bool:
    """The topic went with this post, by the same hand; nobody froze it."""
    topic = post.topic
    return (
        topic.deleted_at is not None
        and bool(topic.deleted_by_id == actor.account_id)
        and topic.archived_at is None
        and topic.board_archived_at is None
    )


def within_edit_window(actor: Actor, post: Any) -> bool:
    return bool(clock.now() - post.created_at <= actor.edit_window)


def is_wiki(_actor: Actor, post: Any) -> bool:
    return bool(post.is_wiki)


def is_regular(actor: Actor, _subject: object) -> bool:
    return actor.trust is Trust.REGULAR


def is_not_worded_officially(_actor: Actor, topic: Any) -> bool:
    """No organization opened it officially: the words of those are theirs."""
    return not topic.is_official


def is_duplicate(_actor: Actor, topic: Any) -> bool:
    return topic.duplicate_of_id is not None


def owns(actor: Actor, subject: Any) -> bool:
    return actor.account_id is not None and bool(subject.account_id == actor.account_id)


def is_self(actor: Actor, account: Any) -> bool:
    return actor.account_id is not None and bool(account.id == actor.account_id)


def is_another(actor: Actor, account: Any) -> bool:
    return not is_self(actor, account)


def keeps_the_peace(actor: Actor, _subject: object) -> bool:
    """A moderator of the whole place, or an administrator."""
    return actor.is_moderator


def not_own(actor: Actor, subject: Any) -> bool:
    return not wrote(actor, subject)


def wrote_topic_of(actor: Actor, post: Any) -> bool:
    return wrote(actor, post.topic)


def keeps_topic_of(actor: Actor, post: Any) -> bool:
    """Is named as who keeps a reference page correct."""
    return actor.account_id is not None and bool(post.topic.keeper_id == actor.account_id)


def sees_group(actor: Actor, group: Any) -> bool:
    if group.id in (Group.EVERYONE, Group.MEMBERS):
        return False
    return _shown_to(actor, group.id, group.seen_by) or group.is_invited or actor.is_admin


def sees_its_members(actor: Actor, group: Any) -> bool:
    return _shown_to(actor, group.id, group.members_seen_by) or actor.is_admin


def _shown_to(actor: Actor, group_id: int, audience: str) -> bool:
    return (
        audience == "everyone" or (audience == "members" and Group.MEMBERS in actor.groups) or group_id in actor.groups
    )


def group_is_open(_actor: Actor, group: Any) -> bool:
    return group.joining == "open" and not group.is_builtin


def group_takes_requests(_actor: Actor, group: Any) -> bool:
    return group.joining == "request" and not group.is_builtin


def came_by_will(_actor: Actor, group: Any) -> bool:
    """Built-in groups are left by an administrator's hand, automatic ones by their rule."""
    return not group.is_builtin and not group.is_automatic


def is_invited(_actor: Actor, group: Any) -> bool:
    return bool(group.is_invited)


def owns_group(_actor: Actor, group: Any) -> bool:
    return bool(group.is_owner) and not group.is_builtin


def is_own_making(_actor: Actor, group: Any) -> bool:
    return not group.is_builtin
