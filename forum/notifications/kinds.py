"""The kinds of notices, one table: what each says, how it looks, how strong it is, where it goes unless a member
chooses otherwise. Add a row here and call `actions.notify` with its key.

Of several reasons for one post the strongest is told. Kinds that fold are one line a topic: "3 new replies".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forum.core.words import mark
from forum.notifications import many
from forum.notifications.door_kinds import DOORS
from forum.notifications.duty_kinds import ON_DUTY
from forum.notifications.held_kinds import HELD
from forum.notifications.judging_kinds import JUDGING
from forum.notifications.kind import DIRECT, MENTIONS, QUIET, REPLIES, Kind
from forum.notifications.kinds_of_people import OF_PEOPLE
from forum.notifications.seed_kinds import SEEDS
from forum.notifications.trusted_kinds import OF_TRUST

# Strongest first.
_TABLE: Sequence[Kind] = (
    Kind(
        "warning",
        mark("the organization publishes a notice of safety, security or law"),
        "shield",
        mark("A notice of safety, security or law"),
        "posts.TopicStarted",
        strength=95,
        channels=DIRECT,
    ),
    Kind(
        "mention",
        mark("somebody mentions you"),
        "at-sign",
        mark("%(actor)s mentioned you"),
        "posts.TopicStarted, ReplyPosted, PostEdited",
        strength=90,
        family=MENTIONS,
        channels=DIRECT,
    ),
    Kind(
        "group_mention",
        mark("somebody mentions a group you are in"),
        "users",
        mark("%(actor)s mentioned a group you are in"),
        "posts.TopicStarted, ReplyPosted, PostEdited",
        strength=80,
        family=MENTIONS,
        channels=DIRECT,
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
        channels=DIRECT,
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
        channels=QUIET,
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
        "announcement",
        mark("the organization announces something where you watch for new topics: by mail once a week at most"),
        "megaphone",
        mark("%(actor)s announced something"),
        "posts.TopicStarted",
        strength=30,
        channels=DIRECT,
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
        channels=DIRECT,
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
        channels=DIRECT,
    ),
    Kind(
        "doubt",
        mark("a reader says that what you wrote is no longer true"),
        "triangle-alert",
        mark("%(actor)s says that your answer is no longer true"),
        "posts.DoubtRaised",
        channels=DIRECT,
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
        channels=DIRECT,
    ),
    Kind(
        "place",
        mark("a place is free at an event that you wait for"),
        "calendar",
        mark("You have a place now"),
        "gatherings.PlaceGiven",
        channels=DIRECT,
    ),
    Kind(
        "event_moved",
        mark("an event that you come to is at another time"),
        "calendar",
        mark("This event is at another time now"),
        "gatherings.EventRescheduled",
        channels=DIRECT,
    ),
    Kind(
        "review",
        mark("a reference page that you look after is due for a review"),
        "book-open",
        mark("Is this page still true? Its day of review has come"),
        "the calendar",
        channels=DIRECT,
    ),
    Kind(
        "keeper",
        mark("somebody names you to keep a reference page correct"),
        "book-open",
        mark("%(actor)s named you as who keeps this page correct"),
        "posts.KeeperChanged",
        channels=DIRECT,
    ),
    Kind(
        "keeper_before",
        mark("a reference page is not yours to keep correct any more"),
        "book-open",
        mark("You do not keep this page correct any more: %(actor)s changed that"),
        "posts.KeeperChanged",
    ),
    Kind(
        "statement",
        mark("an official answer that you answer for is due for a review"),
        "landmark",
        mark("Does this official answer still hold? Its day of review has come"),
        "statements.ReviewDue",
        channels=DIRECT,
    ),
    Kind(
        "pledge_due",
        mark("the day of something has come that you said you would see to"),
        "clock",
        mark("The day of a pledge that you see to has come"),
        "statements.PledgeDue",
        channels=DIRECT,
    ),
    Kind(
        "pledge",
        mark("something is done, or withdrawn, that the organization said it would do in a topic you follow"),
        "landmark",
        mark("The organization said what became of its pledge here"),
        "statements.PledgeSettled",
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
        channels=DIRECT,
    ),
    *HELD,
    *DOORS,
    *SEEDS,
    *ON_DUTY,
    Kind(
        "reaction",
        mark("people react to what you wrote"),
        "hand-heart",
        mark("%(actor)s reacted to your post"),
        "posts.Reacted: the first at once, the others once a day",
        many=many.reacted,
    ),
    Kind(
        "thanks",
        mark("people thank you: one notice and one letter a day, at most"),
        "hand-heart",
        mark("Thanks for what you wrote here"),
        "recognition.ThanksGathered, ThanksComplete",
        channels=DIRECT,
    ),
    *OF_PEOPLE,
    *JUDGING,
    *OF_TRUST,
)

KINDS: Mapping[str, Kind] = {kind.key: kind for kind in _TABLE}

# Nobody but moderators ever hears of these.
OF_MODERATORS = frozenset({"message_report", "sign_up", "sign_up_waits"})
# Nobody but whoever moderates, be it one board.
OF_QUEUE = frozenset({"case_waits"})
# Nobody but the people of an organization, and those who look behind topics with them.
OF_STAFF = frozenset(kind.key for kind in (*DOORS, *ON_DUTY))

ABOUT_POSTS: Mapping[int, Kind] = {kind.strength: kind for kind in _TABLE if kind.strength}
