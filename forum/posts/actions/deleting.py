"""Taking a post away, and bringing it back. Nothing a person wrote is ever lost: rows stay."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.core import clock
from forum.core.errors import Invalid, Refused
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.organization.overriding import NO_GROUNDS
from forum.permissions import Act, Actor, Right, require
from forum.posts import standing, tallies
from forum.posts.actions.guarding import as_return, pass_guard, write_down
from forum.posts.actions.pinning import fit_pin
from forum.posts.countable import still_counts
from forum.posts.events import PostDeleted, PostUndeleted
from forum.posts.limits import checked_reason
from forum.posts.models import Post, Topic
from forum.posts.powers import check_wording

LONGEST_REASON = 300


def delete_post(session: Session, actor: Actor, post: Post, reason: str = "") -> None:
    """Take one's own `post` (locked, with topic and board) away: a stub for 24 h, then gone from view. The opening post
    takes its topic along, which its author may do only while nobody answered."""
    require(actor, Act.DELETE_POST, post)
    reason = checked_reason(reason, LONGEST_REASON)
    if post.is_opening and post.topic.post_count > 1 and not actor.may(Right.MODERATE, post.board_id):
        raise Invalid(_("People have replied, so the topic stays. You can edit your words."))
    take_away(session, actor, post)
    post.deletion_reason = reason
    emit(session, PostDeleted(post.id, actor.account_id or 0))


def take_away(session: Session, actor: Actor, post: Post) -> None:
    """What deleting and removing share: rows, counters and the choice of an answer."""
    topic, now = post.topic, clock.now()
    was_shown = post.hidden_at is None and topic.deleted_at is None
    keep_choice(session, topic, post)
    if post.is_opening and topic.deleted_at is None:
        tallies.topic_hidden(session, topic)
        topic.deleted_at, topic.deleted_by_id = now, actor.account_id
        _for_calendars(topic)
        was_shown = False
        tallies.point_board(session, topic.board_id)
    post.deleted_at, post.deleted_by_id = now, actor.account_id
    if was_shown:
        tallies.post_hidden(session, topic, post)
    else:
        recount_hidden(session, topic, -1 if post.hidden_at is None else 0)


def undelete_post(session: Session, actor: Actor, post: Post) -> None:
    """Bring `post` (locked, with topic and board) back; the opening one brings its topic back. What the organization
    took away soon enough for it not to count is asked as if it were written now: HeldBack where that should wait."""
    require(actor, Act.UNDELETE_POST, post)
    check_wording(actor, post, is_feedback=post.topic.board.is_feedback)
    if post.deleted_at is None:
        raise Invalid(_("This post is there."))
    if post.removal_rule:
        raise Refused(_("It was removed by a rule. It comes back when that decision is taken back."))
    if post.affiliation_kind and not still_counts(post.topic, post):
        passage = pass_guard(session, actor, as_return(post), NO_GROUNDS, post.source)
        write_down(session, passage, post)
    was_deleted_at = post.deleted_at
    bring_back(session, post)
    emit(session, PostUndeleted(post.id, actor.account_id or 0, was_deleted_at))


def bring_back(session: Session, post: Post) -> None:
    """The opposite of `take_away`."""
    topic = post.topic
    post.deleted_at = post.deleted_by_id = None
    post.deletion_reason = post.removal_rule = ""
    if post.is_opening and topic.deleted_at is not None:
        recount_hidden(session, topic, +1 if post.hidden_at is None else 0)
        topic.deleted_at = topic.deleted_by_id = None
        fit_pin(session, topic)
        _for_calendars(topic)
        session.flush()
        tallies.topic_shown(session, topic)
    elif topic.deleted_at is None and post.hidden_at is None:
        tallies.post_shown(session, topic, post)
    else:
        recount_hidden(session, topic, +1 if post.hidden_at is None else 0)
    restore_choice(session, topic, post)


def _for_calendars(topic: Topic) -> None:
    """An event that goes or comes back is a change of it: calendars follow the higher number."""
    topic.fields_version += 1
    topic.fields_changed_at = clock.now()


def keep_choice(session: Session, topic: Topic, post: Post) -> None:
    """Where `post` was the answer, the topic has none any more; the post remembers that it was chosen."""
    if topic.accepted_post_id != post.id:
        return
    if topic.deleted_at is None:
        tallies.unaccepted(session, topic)
    post.chosen_at, post.chosen_by_id = topic.accepted_at, topic.accepted_by_id
    topic.accepted_post_id = topic.accepted_at = topic.accepted_by_id = None


def restore_choice(session: Session, topic: Topic, post: Post) -> None:
    """A post that was the answer is it again, once it is there, unless another was chosen meanwhile."""
    if post.chosen_at is None or post.deleted_at is not None or post.hidden_at is not None:
        return
    if topic.accepted_post_id is None:
        topic.accepted_post_id, topic.accepted_at, topic.accepted_by_id = post.id, post.chosen_at, post.chosen_by_id
        if topic.deleted_at is None:
            tallies.accepted(session, topic)
    post.chosen_at = post.chosen_by_id = None
    standing.settle(session, topic, standing.ANSWER)


def recount_hidden(session: Session, topic: Topic, step: int) -> None:
    """Inside a topic that is deleted itself, only its own counters and pointers move."""
    topic.post_count += step
    tallies.point_topic(session, topic)
