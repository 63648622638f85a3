"""The kinds of notices, one table: what each says, how it looks, how strong it is, where it goes unless a member
chooses otherwise. Add a row here and call `actions.notify` with its key.

Of several reasons for one post the strongest is told. Kinds that fold are one line a topic: "3 new replies".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.notifications import many

CHANNELS = SITE, MAIL, DIGEST, PUSH = "site", "mail", "digest", "push"

MENTIONS, REPLIES = "mentions", "replies"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `one` may name %(actor)s and %(title)s; `many` says how many there are."""

    key: str
    label: str  # in the settings: "When …"
    icon: str
    one: str
    event: str  # which event makes it
    many: Callable[[int], str] | None = None
    strength: int = 0
    folds: bool = False  # notices of one topic stand as one line, which opens at the first unread post
    says_why: bool = False  # it is about a note in the stream: the line says what happened, and why
    family: str = ""  # the filter of the centre that shows it
    channels: frozenset[str] = frozenset({SITE, DIGEST})

    def says(self, *, actor: str, title: str, count: int) -> str:
        """The sentence, in the reader's language."""
        if count > 1 and self.many is not None:
            return self.many(count)
        return _(self.one, actor=actor or _("Somebody"), title=title)


_DIRECT = frozenset({SITE, MAIL, DIGEST, PUSH})
_QUIET = frozenset({SITE})

# Strongest first.
_TABLE: Sequence[Kind] = (
    Kind(
        "mention",
        mark("somebody mentions you"),
        "at-sign",
        mark("%(actor)s mentioned you"),
        "posts.TopicStarted, ReplyPosted, PostEdited",
        strength=90,
        family=MENTIONS,
        channels=_DIRECT,
    ),
    Kind(
        "group_mention",
        mark("somebody mentions a group you are in"),
        "users",
        mark("%(actor)s mentioned a group you are in"),
        "posts.TopicStarted, ReplyPosted, PostEdited",
        strength=80,
        family=MENTIONS,
        channels=_DIRECT,
    ),
    Kind(
        "reply",
        mark("somebody answers you"),
        "reply",
        mark("%(actor)s replied to you"),
        "posts.ReplyPosted",
        many=many.new_replies,
        strength=70,
        folds=True,
        family=REPLIES,
        channels=_DIRECT,
    ),
    Kind(
        "quote",
        mark("somebody quotes you"),
        "quote",
        mark("%(actor)s quoted you"),
        "posts.TopicStarted, ReplyPosted, PostEdited",
        many=many.new_replies,
        strength=60,
        folds=True,
        family=REPLIES,
    ),
    Kind(
        "link",
        mark("somebody links to what you wrote"),
        "link",
        mark("%(actor)s linked to your post"),
        "posts.TopicStarted, ReplyPosted, PostEdited",
        strength=50,
        channels=_QUIET,
    ),
    Kind(
        "answer",
        mark("a question that you follow has an answer"),
        "circle-check",
        mark("A question you follow has an answer"),
        "posts.AnswerAccepted, AnswerConfirmed, ConfirmedByPeers",
        strength=40,
    ),
    Kind(
        "watching",
        mark("there is a reply in a topic that you watch"),
        "messages-square",
        mark("%(actor)s replied"),
        "posts.ReplyPosted",
        many=many.new_replies,
        strength=20,
        folds=True,
        family=REPLIES,
    ),
    Kind(
        "first_post",
        mark("a topic begins where you watch for new ones"),
        "sparkles",
        mark("%(actor)s started a topic"),
        "posts.TopicStarted",
        strength=10,
    ),
    Kind(
        "accepted",
        mark("your reply is chosen as the answer"),
        "circle-check",
        mark("%(actor)s chose your reply as the answer"),
        "posts.AnswerAccepted",
        channels=_DIRECT,
    ),
    Kind(
        "confirmed",
        mark("your answer is confirmed"),
        "badge-check",
        mark("Your answer is confirmed"),
        "posts.ConfirmedByPeers, AnswerConfirmed",
    ),
    Kind(
        "asked",
        mark("somebody asks you to answer a question"),
        "message-circle-question-mark",
        mark("%(actor)s thinks that you could answer"),
        "posts.AnswerAsked",
        channels=_DIRECT,
    ),
    Kind(
        "doubt",
        mark("a reader says that what you wrote is no longer true"),
        "triangle-alert",
        mark("%(actor)s says that your answer is no longer true"),
        "posts.DoubtRaised",
        channels=_DIRECT,
    ),
    Kind(
        "doubted",
        mark("a reader says that an answer you follow is no longer true, and its author is silent"),
        "triangle-alert",
        mark("A reader says that this is no longer true: do you know?"),
        "posts.DoubtTold",
    ),
    Kind(
        "settled",
        mark("somebody looked at what you said is no longer true"),
        "history",
        mark("%(actor)s looked at what you said is no longer true"),
        "posts.DoubtSettled",
    ),
    Kind(
        "idea",
        mark("an idea that you vote for or follow moves on"),
        "list-checks",
        mark("%(actor)s said how far an idea is"),
        "posts.IdeaStateChanged, IdeasMerged, MergeUndone",
        says_why=True,
    ),
    Kind(
        "reminder",
        mark("the time of a reminder has come"),
        "bookmark",
        mark("You wanted to be reminded of this"),
        "bookmarks.BookmarkDue",
        channels=_DIRECT,
    ),
    Kind(
        "place",
        mark("a place is free at an event that you wait for"),
        "calendar",
        mark("You have a place now"),
        "gatherings.PlaceGiven",
        channels=_DIRECT,
    ),
    Kind(
        "event_moved",
        mark("an event that you come to is at another time"),
        "calendar",
        mark("This event is at another time now"),
        "gatherings.EventRescheduled",
        channels=_DIRECT,
    ),
    Kind(
        "review",
        mark("a reference page that you look after is due for a review"),
        "book-open",
        mark("Is this page still true? Its day of review has come"),
        "the calendar",
        channels=_DIRECT,
    ),
    Kind(
        "poll_closed",
        mark("a poll of yours is closed"),
        "list-checks",
        mark("Your poll is closed: its results stand"),
        "polls.PollClosed",
    ),
    Kind(
        "unpublished",
        mark("a topic of yours could not be published at its time"),
        "clock",
        mark("A topic of yours could not be published at its time"),
        "scheduling.ScheduledTopicRefused",
        channels=_DIRECT,
    ),
    Kind(
        "reaction",
        mark("people react to what you wrote"),
        "hand-heart",
        mark("%(actor)s reacted to your post"),
        "posts.Reacted: the first at once, the others once a day",
        many=many.reacted,
    ),
    Kind(
        "message",
        mark("somebody writes to you in a conversation"),
        "mail",
        mark("%(actor)s wrote to you"),
        "conversations.MessageSent",
        many=many.new_messages,
        channels=_DIRECT,
    ),
    Kind(
        "conversation",
        mark("somebody brings you into a conversation"),
        "mail",
        mark("%(actor)s brought you into a conversation"),
        "conversations.InvitedToConversation",
        channels=_DIRECT,
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
        "message_report",
        mark("a private message is reported to you as a moderator"),
        "flag",
        mark("%(actor)s reported a private message"),
        "conversations.MessageReported",
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
)

KINDS: Mapping[str, Kind] = {kind.key: kind for kind in _TABLE}

ABOUT_POSTS: Mapping[int, Kind] = {kind.strength: kind for kind in _TABLE if kind.strength}
