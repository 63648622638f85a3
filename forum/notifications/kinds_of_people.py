"""The kinds of notices that are about no topic: conversations, groups, and who wants to join. Part of `kinds.py`."""

from __future__ import annotations

from collections.abc import Sequence

from forum.core.words import mark
from forum.notifications import many
from forum.notifications.kind import DIRECT, Kind

OF_PEOPLE: Sequence[Kind] = (
    Kind(
        "message",
        mark("somebody writes to you in a conversation"),
        "mail",
        mark("%(actor)s wrote to you"),
        "conversations.MessageSent",
        many=many.new_messages,
        channels=DIRECT,
    ),
    Kind(
        "conversation",
        mark("somebody brings you into a conversation"),
        "mail",
        mark("%(actor)s brought you into a conversation"),
        "conversations.InvitedToConversation",
        channels=DIRECT,
    ),
    Kind(
        "sanctioned",
        mark("the moderators decide something that concerns you"),
        "shield",
        mark("The moderators decided something that concerns you: what, why, and how to appeal"),
        "sanctions.SanctionImposed",
        channels=DIRECT,
    ),
    Kind(
        "sanction_over",
        mark("what the moderators had decided is over"),
        "circle-check",
        mark("What the moderators had decided about you is over"),
        "sanctions.SanctionOver, SanctionLifted",
        channels=DIRECT,
    ),
    Kind(
        "group_request",
        mark("somebody asks to be let into a group that you look after"),
        "users",
        mark("%(actor)s asks to be let into %(title)s"),
        "groups.MembershipAsked",
    ),
    Kind(
        "group_invitation",
        mark("you are invited into a group"),
        "users",
        mark("You are invited into %(title)s"),
        "groups.InvitedToGroup",
    ),
    Kind(
        "group_decision",
        mark("your request to be in a group is decided"),
        "users",
        mark("Your request to be in %(title)s is decided"),
        "groups.MembershipDecided",
    ),
    Kind(
        "entrusted",
        mark("you are one of the staff, the moderators or the administrators from now on"),
        "shield",
        mark("You are in the group “%(title)s” now. Its page says what you may do"),
        "accounts.GroupJoined",
        channels=DIRECT,
    ),
    Kind(
        "message_report",
        mark("a private message is reported to you as a moderator"),
        "flag",
        mark("%(actor)s reported a private message"),
        "conversations.MessageReported",
    ),
    Kind(
        "illegal_reported",
        mark("somebody reports illegal content to you as a moderator"),
        "flag",
        mark("Somebody reports illegal content: number %(title)s"),
        "reporting.IllegalContentReported",
        channels=DIRECT,
    ),
    Kind(
        "sign_up_rush",
        mark("unusually many people ask for accounts, and you can let them in"),
        "users",
        mark("Unusually many people ask for accounts. Whoever comes now waits for a yes"),
        "shields.SignUpRushBegan",
        channels=DIRECT,
    ),
    Kind(
        "sign_up",
        mark("somebody asks to join, and you can let them in"),
        "users",
        mark("%(title)s asks to join"),
        "accounts.SignUpWaiting",
        many=many.ask_to_join,
    ),
    Kind(
        "sign_up_waits",
        mark("somebody has waited to join for a while"),
        "clock",
        mark("Somebody has waited to join for a while"),
        "accounts.SignUpWaitsLong",
    ),
    Kind(
        "case_waits",
        mark("something that you look after has waited for a decision for a day"),
        "clock",
        mark("In the queue something has waited for a day: %(title)s"),
        "moderation.CaseWaitsLong",
        many=many.cases_wait,
    ),
)
