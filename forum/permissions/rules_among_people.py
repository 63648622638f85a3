"""The part of the permission table (`rules.py`) that is about people rather than boards: what moderators decide of
them, groups, private conversations, who comes in. Read the same way."""

from __future__ import annotations

from collections.abc import Sequence

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
    Predicate,
    came_by_will,
    group_is_open,
    group_takes_requests,
    in_good_standing,
    is_admin,
    is_another,
    is_house,
    is_invited,
    is_member,
    is_own_making,
    is_self,
    is_unhindered,
    is_words,
    keeps_the_peace,
    not_own,
    owns,
    owns_group,
    sees_group,
    sees_its_members,
    wrote,
)
from forum.permissions.sanctioning import (
    is_about_another,
    keeps,
    may_judge,
    reads_notes,
    within_note_window,
)

AMONG_PEOPLE: dict[Act, Sequence[Sequence[Predicate]]] = {
    Act.SEE_SANCTIONS: [[is_member, is_self], [is_unhindered, keeps_the_peace]],
    Act.ACKNOWLEDGE: [[is_member, owns]],
    Act.SANCTION: [[is_unhindered, keeps_the_peace, is_another, may_judge], [is_house]],
    Act.EMPTY_PROFILE: [[is_unhindered, keeps_the_peace, is_another], [is_house]],
    Act.SEE_NOTES: [[is_unhindered, reads_notes, is_another]],
    Act.DELETE_NOTE: [
        [is_unhindered, reads_notes, wrote, within_note_window],
        [is_unhindered, is_admin, is_about_another],
    ],
    Act.SEE_GROUP: [[sees_group]],
    Act.SEE_GROUP_MEMBERS: [[sees_group, sees_its_members]],
    Act.JOIN_GROUP: [[in_good_standing, sees_group, group_is_open]],
    Act.ASK_TO_JOIN: [[in_good_standing, sees_group, group_takes_requests]],
    Act.LEAVE_GROUP: [[is_member, came_by_will]],
    Act.ANSWER_GROUP_INVITATION: [[in_good_standing, is_invited]],
    Act.MANAGE_GROUP: [[in_good_standing, owns_group], [in_good_standing, is_admin, is_own_making]],
    Act.WRITE_TO_GROUP: [[in_good_standing, keeps("message"), sees_group, group_takes_letters]],
    Act.START_CONVERSATION: [[in_good_standing, keeps("message")]],
    Act.SEE_CONVERSATION: [[is_member, takes_part], [is_member, in_its_group], [is_moderator, is_for_moderators]],
    Act.WRITE_MESSAGE: [
        [in_good_standing, keeps("message"), takes_part],
        [in_good_standing, keeps("message"), in_its_group],
        [in_good_standing, is_moderator, is_for_moderators],
        [is_member, takes_part, is_for_moderators],  # whoever is held back can still ask why
    ],
    Act.EDIT_MESSAGE: [[in_good_standing, wrote, is_words, within_message_window]],
    Act.INVITE_TO_CONVERSATION: [[in_good_standing, keeps("message"), keeps("invite"), takes_part, is_private]],
    Act.LEAVE_CONVERSATION: [[is_member, takes_part, is_not_for_moderators]],
    Act.ARRANGE_CONVERSATION: [[is_member, takes_part], [is_member, in_its_group], [is_moderator, is_for_moderators]],
    Act.REPORT_MESSAGE: [[is_member, keeps("flag"), not_own, is_words]],
    Act.WRITE_TO_MODERATORS: [[is_member]],
    Act.WRITE_AS_MODERATOR: [[in_good_standing, is_moderator]],
    Act.SEE_REPORTS: [[in_good_standing, is_moderator]],
    Act.IGNORE: [[is_member, is_somebody_else]],
    Act.INVITE_PEOPLE: [[in_good_standing, keeps("invite")]],
    Act.REVOKE_INVITATION: [[is_member, made_it], [in_good_standing, is_admin]],
    Act.APPROVE_SIGN_UPS: [[in_good_standing, is_moderator]],
}
