"""The seven kinds of boards: what a topic's form asks, how its list is ordered, how it ends, and the words for it all.

Pure. Forms and pages of topics are drawn from this table; nothing else in the forum knows what a story consists of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from forum.boards.fields import Field, Input
from forum.core.errors import NotFound
from forum.core.words import gettext as _
from forum.core.words import mark


class Order(StrEnum):
    """How the list of a board is sorted unless the reader asks otherwise."""

    ACTIVITY = "activity"
    NEWEST = "newest"
    VOTES = "votes"
    SOONEST = "soonest"
    TITLE = "title"


class Outcome(StrEnum):
    """How a topic of the kind ends well."""

    NONE = ""
    ANSWER = "answer"
    THANKS = "thanks"
    STATE = "state"
    ATTENDANCE = "attendance"
    STILL_TRUE = "still_true"


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes a board's topics alike."""

    key: str
    name: str
    summary: str
    start: str  # on the button that opens the form, and its title
    text_label: str
    empty: str  # where the list is empty: what will be here, and how to begin
    order: Order
    outcome: Outcome = Outcome.NONE
    peer_first: bool = False
    staff_start: bool = False  # only staff start topics, unless the board's rights say otherwise
    is_wiki: bool = False  # the opening post may be edited by everybody who may reply
    fields: tuple[Field, ...] = ()


TRIED, WANTS_ORG, HAPPENED, LEARNED, GAINS = "tried", "wants_org", "happened", "learned", "gains"
URGENT = "urgent"
STARTS_AT, ENDS_AT, TIME_ZONE, PLACE, PLACES = "starts_at", "ends_at", "time_zone", "place", "places"
# Who looks after a reference page, and when: not for everybody to say who may better it.
KEEPING = KEEPER, REVIEW_ON = "keeper", "review_on"

_URGENT = Field(
    URGENT,
    mark("Is it urgent?"),
    Input.YES_NO,
    mark("Where somebody could come to harm, or lose much, by waiting. Then the organization’s people do not wait."),
    on_demand=True,
    yes=mark("Yes, it cannot wait"),
    no=mark("No, it can wait"),
)

_TABLE: Mapping[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            key="question",
            name=mark("Questions"),
            summary=mark("Somebody asks, others answer, and the answer is shown under the question."),
            start=mark("Ask a question"),
            text_label=mark("Your question"),
            empty=mark("Questions will stand here with their answers. Is there something you would like to know?"),
            order=Order.ACTIVITY,
            outcome=Outcome.ANSWER,
            peer_first=True,
            fields=(
                Field(
                    TRIED,
                    mark("What you have tried"),
                    Input.TEXT,
                    mark("It saves others from suggesting it again. “Nothing yet” is fine too."),
                    longest=4000,
                ),
                Field(
                    WANTS_ORG,
                    mark("I’d be glad of the organization’s answer"),
                    Input.TICK,
                    mark("Others may answer all the same; its people then do not wait for them."),
                ),
                _URGENT,
            ),
        ),
        Kind(
            key="discussion",
            name=mark("Discussions"),
            summary=mark("Talk that may wander and need not end."),
            start=mark("Start a discussion"),
            text_label=mark("Text"),
            empty=mark("Nobody has begun to talk here yet. What is on your mind?"),
            order=Order.ACTIVITY,
            peer_first=True,
            fields=(_URGENT,),
        ),
        Kind(
            key="story",
            name=mark("Stories"),
            summary=mark("What happened to somebody, and what they learned from it."),
            start=mark("Tell a story"),
            text_label=mark("The story"),
            empty=mark("Stories of what people here have done will stand here. Failures are welcome."),
            order=Order.NEWEST,
            outcome=Outcome.THANKS,
            fields=(
                Field(
                    HAPPENED,
                    mark("What happened, in a sentence or two"),
                    Input.TEXT,
                    mark("For those who only have a minute."),
                    longest=1000,
                ),
                Field(
                    LEARNED,
                    mark("What was learned"),
                    Input.TEXT,
                    mark("What would you tell somebody who is about to do the same?"),
                    longest=4000,
                ),
            ),
        ),
        Kind(
            key="idea",
            name=mark("Ideas"),
            summary=mark("What could be better here, and who would gain from it."),
            start=mark("Suggest an idea"),
            text_label=mark("The idea"),
            empty=mark("No ideas yet. What should be started, stopped or done differently?"),
            order=Order.VOTES,
            outcome=Outcome.STATE,
            fields=(Field(GAINS, mark("Who would gain by it"), Input.LINE, required=True, longest=300),),
        ),
        Kind(
            key="event",
            name=mark("Events"),
            summary=mark("Meetings with a time and a place. The next one stands first."),
            start=mark("Announce an event"),
            text_label=mark("What will happen"),
            empty=mark("Nothing is planned. Is there something people could meet for?"),
            order=Order.SOONEST,
            outcome=Outcome.ATTENDANCE,
            fields=(
                Field(STARTS_AT, mark("Begins"), Input.MOMENT, required=True),
                Field(ENDS_AT, mark("Ends"), Input.MOMENT),
                Field(
                    TIME_ZONE,
                    mark("Time zone"),
                    Input.ZONE,
                    mark("Of the place where it happens. Everybody also sees their own time."),
                    required=True,
                ),
                Field(
                    PLACE,
                    mark("Place or link"),
                    Input.LINE,
                    mark("An address one can find, or the link to the meeting."),
                    required=True,
                    longest=300,
                ),
                Field(PLACES, mark("Places"), Input.COUNT, mark("Leave empty where all fit in."), longest=1_000_000),
            ),
        ),
        Kind(
            key="announcement",
            name=mark("Announcements"),
            summary=mark("What the organization has to say. Its announcers start, members reply."),
            start=mark("Announce something"),
            text_label=mark("Text"),
            empty=mark("Nothing has been announced yet."),
            order=Order.NEWEST,
            staff_start=True,
        ),
        Kind(
            key="reference",
            name=mark("Reference"),
            summary=mark("Pages to look things up in, each with somebody who keeps it correct, sorted by title."),
            start=mark("Write a page"),
            text_label=mark("The page"),
            empty=mark("Pages worth keeping will stand here. Which one is explained again and again?"),
            order=Order.TITLE,
            outcome=Outcome.STILL_TRUE,
            is_wiki=True,
            fields=(
                Field(KEEPER, mark("Who keeps it correct"), Input.PERSON, mark("Asked when its day of review comes.")),
                Field(
                    REVIEW_ON,
                    mark("Look at it again on"),
                    Input.DATE,
                    mark("When somebody should ask whether it is still true."),
                ),
            ),
        ),
    )
}

KEYS: tuple[str, ...] = tuple(_TABLE)


def kind(key: str) -> Kind:
    """The kind, in the reader's language."""
    if key not in _TABLE:
        raise NotFound(_("There is no such kind of board."))
    return _said(_TABLE[key])


def of_board(key: str, required: Collection[str]) -> Kind:
    """The kind as a board has it that asks for answers to these fields, too."""
    found = kind(key)
    asked = (field for field in found.fields if not field.on_demand or field.key in required)
    fields = tuple(replace(field, required=field.required or field.key in required) for field in asked)
    return replace(found, fields=fields)


def without(kind: Kind, keys: Collection[str]) -> Kind:
    """The kind as it asks somebody who has no say about these fields."""
    return replace(kind, fields=tuple(field for field in kind.fields if field.key not in keys))


def may_be_required(key: str) -> tuple[Field, ...]:
    """The fields of a kind that may be left empty, unless a board asks for them."""
    return tuple(field for field in kind(key).fields if not field.required and field.input is not Input.TICK)


def kinds() -> tuple[Kind, ...]:
    """All of them, in the order in which they are offered."""
    return tuple(map(_said, _TABLE.values()))


def _said(kind: Kind) -> Kind:
    return replace(
        kind,
        name=_(kind.name),
        summary=_(kind.summary),
        start=_(kind.start),
        text_label=_(kind.text_label),
        empty=_(kind.empty),
        fields=tuple(
            replace(
                field,
                label=_(field.label),
                help=_(field.help) if field.help else "",
                yes=_(field.yes) if field.yes else "",
                no=_(field.no) if field.no else "",
            )
            for field in kind.fields
        ),
    )
