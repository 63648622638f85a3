"""The permission table: Act → any of [all of predicates]. Read it from top to bottom.

A predicate is a question about an actor and a subject. When a rule says no, `require` looks for the plainest reason:
sign in, confirm your address, or no.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from forum.core.errors import AcceptFirst, Refused, SignInNeeded
from forum.core.words import gettext as _
from forum.permissions.actors import Actor
from forum.permissions.acts import Act
from forum.permissions.circles import (
    group_takes_letters,
    in_its_group,
    is_for_moderators,
    is_moderator,
    is_not_for_moderators,
    is_private,
    is_somebody_else,
    made_it,
    takes_part,
    within_message_window,
)
from forum.permissions.predicates import (
    announces,
    announces_everywhere,
    anyone,
    board_is_open,
    came_by_will,
    deleted_it,
    group_is_open,
    group_takes_requests,
    hosts,
    hosts_for,
    in_good_standing,
    in_living_topic,
    in_visible_topic,
    is_admin,
    is_affiliated,
    is_another,
    is_duplicate,
    is_guest,
    is_host,
    is_host_in,
    is_host_of,
    is_house,
    is_invited,
    is_member,
    is_not_deleted,
    is_not_for_news,
    is_not_suspended,
    is_of_its_organization,
    is_own_making,
    is_peer,
    is_regular,
    is_self,
    is_shown,
    is_staff,
    is_unaffiliated,
    is_unhindered,
    is_wiki,
    is_words,
    keeps_the_peace,
    keeps_topic_of,
    members_reply,
    members_start,
    moderates,
    not_own,
    owns,
    owns_group,
    replies,
    responds,
    seeds,
    sees,
    sees_group,
    sees_its_members,
    starts,
    took_topic_along,
    topic_is_living,
    topic_is_open,
    topic_is_there,
    within_edit_window,
    wrote,
    wrote_topic_of,
)

Predicate = Callable[[Actor, Any], bool]

RULES: dict[Act, Sequence[Sequence[Predicate]]] = {
    Act.SEE_BOARD: [[sees]],
    Act.SEE_TOPIC: [[sees, topic_is_there], [sees, moderates]],
    Act.SEE_POST: [
        [sees, in_visible_topic, is_shown],
        [sees, in_visible_topic, is_not_deleted, wrote],
        [sees, moderates],
    ],
    Act.START_TOPIC: [
        [in_good_standing, sees, starts, board_is_open, is_unaffiliated],
        [in_good_standing, sees, starts, board_is_open, is_not_for_news],
        [in_good_standing, sees, starts, board_is_open, announces],
        [in_good_standing, sees, starts, board_is_open, hosts],  # notices of safety alone: the guard sees to that
    ],
    Act.REPLY: [
        [in_good_standing, sees, replies, topic_is_open],
        [in_good_standing, sees, moderates, topic_is_living],
    ],
    Act.ASK_FIRST: [[is_guest, sees, members_start, board_is_open]],
    Act.ANSWER_FIRST: [[is_guest, sees, members_reply, topic_is_open]],
    Act.LET_WAIT: [[anyone]],
    Act.KEEP_DRAFT: [[is_member]],
    Act.DISCARD_DRAFT: [[is_member, owns]],
    Act.EDIT_POST: [
        [in_good_standing, sees, wrote, is_words, is_not_deleted, in_living_topic, within_edit_window],
        [in_good_standing, sees, is_wiki, is_words, is_shown, in_living_topic, replies],
        [in_good_standing, sees, moderates, is_words, in_living_topic],
    ],
    Act.RETITLE: [
        [in_good_standing, sees, wrote, topic_is_living, within_edit_window],
        [in_good_standing, sees, is_regular, topic_is_open],
        [in_good_standing, sees, moderates, topic_is_living],
    ],
    Act.MOVE_TOPIC: [
        [in_good_standing, sees, starts, is_regular, topic_is_open],
        [in_good_standing, sees, moderates, topic_is_living],
    ],
    Act.RECEIVE_TOPIC: [
        [in_good_standing, sees, starts, board_is_open],
        [in_good_standing, sees, moderates, board_is_open],
    ],
    Act.CLOSE_DUPLICATE: [
        [in_good_standing, sees, starts, is_regular, topic_is_open],
        [in_good_standing, sees, moderates, topic_is_living],
    ],
    Act.REOPEN_DUPLICATE: [
        [in_good_standing, sees, starts, is_regular, topic_is_living, is_duplicate],
        [in_good_standing, sees, moderates, topic_is_living, is_duplicate],
    ],
    Act.SEE_REVISIONS: [
        [sees, in_visible_topic, is_shown],
        [sees, in_visible_topic, is_not_deleted, wrote],
        [sees, moderates],
    ],
    Act.RESTORE_REVISION: [
        [in_good_standing, sees, wrote, is_words, is_not_deleted, in_living_topic, within_edit_window],
        [in_good_standing, sees, moderates, is_words, in_living_topic],
    ],
    Act.DELETE_POST: [
        [is_unhindered, sees, wrote, is_words, is_not_deleted, in_living_topic],
        [is_unhindered, sees, moderates, is_words, is_not_deleted],
    ],
    Act.UNDELETE_POST: [
        [is_unhindered, sees, wrote, deleted_it, in_living_topic],
        [is_unhindered, sees, wrote, deleted_it, took_topic_along],
        [is_unhindered, sees, moderates],
    ],
    Act.REACT: [[in_good_standing, sees, is_shown, is_words, in_living_topic, not_own]],
    Act.ACCEPT_ANSWER: [
        [in_good_standing, sees, wrote_topic_of, is_shown, is_words, in_living_topic],
        [in_good_standing, sees, moderates, is_shown, is_words, in_living_topic],
    ],
    Act.MAKE_WIKI: [
        [in_good_standing, sees, wrote, is_words, is_shown, in_living_topic],
        [in_good_standing, sees, moderates, is_words, is_shown, in_living_topic],
    ],
    Act.ATTACH_POLL: [[in_good_standing, sees, wrote, is_words, is_shown, in_living_topic]],
    Act.EDIT_POLL: [
        [in_good_standing, sees, wrote, is_shown, in_living_topic],
        [in_good_standing, sees, moderates, in_living_topic],
    ],
    Act.CLOSE_POLL: [
        [in_good_standing, sees, wrote, is_shown, in_living_topic],
        [in_good_standing, sees, moderates],
    ],
    Act.VOTE: [[in_good_standing, sees, is_shown, is_words, in_living_topic]],
    Act.ATTEND: [[in_good_standing, sees, topic_is_living]],
    Act.KEEP_SCHEDULED: [[is_member, wrote]],
    Act.KEEP_TIME: [[is_house]],
    Act.CONFIRM_ANSWER: [[in_good_standing, sees, is_staff, is_shown, is_words, in_living_topic]],
    Act.DOUBT: [[in_good_standing, sees, is_shown, is_words, in_living_topic]],
    Act.SETTLE_DOUBT: [
        [in_good_standing, sees, wrote, is_shown, is_words, in_living_topic],
        [in_good_standing, sees, wrote_topic_of, is_shown, is_words, in_living_topic],
        [in_good_standing, sees, keeps_topic_of, is_shown, is_words, in_living_topic],
        [in_good_standing, sees, moderates, is_shown, is_words, in_living_topic],
    ],
    Act.HAND_ON_PAGE: [
        [in_good_standing, sees, wrote_topic_of],
        [in_good_standing, sees, keeps_topic_of],
        [in_good_standing, sees, moderates],
    ],
    Act.HAVE_TOO: [[in_good_standing, sees, topic_is_living, not_own]],
    Act.VOTE_FOR_IDEA: [[in_good_standing, sees, topic_is_living, is_peer]],
    Act.TAKE_BACK: [[in_good_standing, sees, topic_is_living]],
    Act.ASK_TO_ANSWER: [[in_good_standing, sees, topic_is_open]],
    Act.ANSWER_INVITATION: [[in_good_standing, owns]],
    Act.STEER_IDEA: [
        [in_good_standing, sees, is_staff, topic_is_living],
        [in_good_standing, sees, moderates, topic_is_living],
    ],
    Act.LOCK_TOPIC: [[in_good_standing, sees, moderates, topic_is_living]],
    Act.ARCHIVE_TOPIC: [[in_good_standing, sees, moderates, topic_is_there]],
    Act.PIN_TOPIC: [
        [in_good_standing, sees, moderates, topic_is_there, is_unaffiliated],
        [in_good_standing, sees, moderates, topic_is_there, announces],
    ],
    Act.BOOKMARK: [[is_member, sees, in_visible_topic, is_shown, is_words]],
    Act.MARK_READ: [[is_member]],
    Act.FOLLOW: [[is_member, sees]],
    Act.FOLLOW_TAG: [[is_member]],
    Act.CHOOSE_CHANNELS: [[is_member]],
    Act.ENTER: [[anyone]],
    Act.ACCEPT_TERMS: [[is_member, is_self]],
    Act.SEE_STANDING: [[is_member, is_self], [is_unhindered, keeps_the_peace]],
    Act.HOLD_STANDING: [[is_unhindered, keeps_the_peace, is_another]],
    Act.EDIT_PROFILE: [[is_member, is_not_suspended, is_self], [is_unhindered, is_admin]],
    Act.EDIT_ACCOUNT: [[is_member, is_self], [is_unhindered, is_admin]],
    Act.UPLOAD: [[in_good_standing]],
    Act.SEE_GROUP: [[sees_group]],
    Act.SEE_GROUP_MEMBERS: [[sees_group, sees_its_members]],
    Act.JOIN_GROUP: [[in_good_standing, sees_group, group_is_open]],
    Act.ASK_TO_JOIN: [[in_good_standing, sees_group, group_takes_requests]],
    Act.LEAVE_GROUP: [[is_member, came_by_will]],
    Act.ANSWER_GROUP_INVITATION: [[in_good_standing, is_invited]],
    Act.MANAGE_GROUP: [[in_good_standing, owns_group], [in_good_standing, is_admin, is_own_making]],
    Act.DISUSE_UPLOAD: [[is_member]],
    Act.WRITE_TO_GROUP: [[in_good_standing, sees_group, group_takes_letters]],
    Act.START_CONVERSATION: [[in_good_standing]],
    Act.SEE_CONVERSATION: [[is_member, takes_part], [is_member, in_its_group], [is_moderator, is_for_moderators]],
    Act.WRITE_MESSAGE: [
        [in_good_standing, takes_part],
        [in_good_standing, in_its_group],
        [in_good_standing, is_moderator, is_for_moderators],
        [is_member, takes_part, is_for_moderators],  # whoever is suspended can still ask why
    ],
    Act.EDIT_MESSAGE: [[in_good_standing, wrote, is_words, within_message_window]],
    Act.INVITE_TO_CONVERSATION: [[in_good_standing, takes_part, is_private]],
    Act.LEAVE_CONVERSATION: [[is_member, takes_part, is_not_for_moderators]],
    Act.ARRANGE_CONVERSATION: [[is_member, takes_part], [is_member, in_its_group], [is_moderator, is_for_moderators]],
    Act.REPORT_MESSAGE: [[is_member, not_own, is_words]],
    Act.WRITE_TO_MODERATORS: [[is_member]],
    Act.WRITE_AS_MODERATOR: [[in_good_standing, is_moderator]],
    Act.SEE_REPORTS: [[in_good_standing, is_moderator]],
    Act.IGNORE: [[is_member, is_somebody_else]],
    Act.INVITE_PEOPLE: [[in_good_standing]],
    Act.REVOKE_INVITATION: [[is_member, made_it], [in_good_standing, is_admin]],
    Act.APPROVE_SIGN_UPS: [[in_good_standing, is_moderator]],
    Act.SET_AWAY: [[in_good_standing, is_self, is_staff]],
    Act.KEEP_STAND_BY: [[is_member, wrote]],
    Act.ANSWER_REQUEST: [[in_good_standing, sees, hosts_for, not_own]],
    Act.WAIVE_TURN: [[in_good_standing, sees, wrote, is_unaffiliated, topic_is_open]],
    Act.TAKE_TURN: [[in_good_standing, sees, replies, is_unaffiliated, not_own, topic_is_open]],
    Act.MARK_URGENT: [[in_good_standing, sees, moderates, topic_is_living]],
    Act.SAY_SEEN: [[in_good_standing, sees, responds, topic_is_open]],
    Act.ANSWER_FOR: [[in_good_standing, sees, is_of_its_organization, is_shown, is_words, in_living_topic]],
    Act.ASSIGN_ROLE: [[is_unhindered, is_admin], [in_good_standing, is_host]],
    Act.SEE_SEEDS: [[is_unhindered, is_affiliated], [is_unhindered, is_admin]],
    Act.PLAN_SEED: [[in_good_standing, sees, starts, seeds, board_is_open]],
    Act.TEND_SEED: [[in_good_standing, sees, owns, seeds], [in_good_standing, sees, hosts_for]],
    Act.POST_SEED: [[in_good_standing, sees, owns, seeds]],
    Act.CHARTER: [[is_unhindered, is_admin], [in_good_standing, is_host_of]],
    Act.CHARTER_OWN_BOARDS: [[is_unhindered, is_admin], [in_good_standing, is_host_in]],
    Act.RUN_INCIDENT: [[in_good_standing, is_host_of]],
    Act.RAISE_BANNER: [[in_good_standing, announces_everywhere]],
    Act.PUT_BANNER_AWAY: [[is_member, is_self]],
    Act.BE_LISTED: [[is_unhindered, is_self, is_affiliated]],
    Act.ADMINISTER: [[is_unhindered, is_admin]],
    Act.IMPORT: [[is_admin]],
}


def allows(actor: Actor, act: Act, subject: object = None) -> bool:
    """Whether the table lets `actor` do `act` to `subject`."""
    return any(all(predicate(actor, subject) for predicate in clause) for clause in RULES[act])


def require(actor: Actor, act: Act, subject: object = None) -> None:
    """Raise SignInNeeded or Refused, in words, unless the table allows it."""
    if allows(actor, act, subject):
        return
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to do this."))
    if actor.is_suspended:
        raise Refused(_("Your account is suspended, so you can read but not take part."))
    if actor.is_waiting:
        raise Refused(_("Somebody here will look at your request to join soon; until then you can only look around."))
    if not actor.is_confirmed:
        raise Refused(_("Confirm your e-mail address first: the link is in the mail we sent you."))
    if actor.must_accept and allows(replace(actor, must_accept=False), act, subject):
        raise AcceptFirst(_("The rules have a new version. Please look at what changed first."))
    if actor.belonging is not None and allows(replace(actor, belonging=None), act, subject):
        raise Refused(_("Only an announcer of %(name)s may announce and pin.", name=actor.belonging.organization))
    raise Refused(_("You may not do this here."))
