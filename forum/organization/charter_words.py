"""Words for what a charter carries as codes: its questions, promises, clocks, stages. Tables, said when shown."""

from __future__ import annotations

from collections.abc import Mapping

from forum.core.words import gettext as _
from forum.core.words import mark, ngettext
from forum.organization.charter import Clock, Commitment, Kind, Question, Stand
from forum.organization.dials import DIALS
from forum.organization.hours import Hours
from forum.organization.stages import Stage

_QUESTIONS: Mapping[Question, tuple[str, str]] = {
    Question.LEARN: (mark("Do we listen, learn and respond?"), mark("What happens with what members tell us.")),
    Question.RECOGNIZE: (mark("Do we recognize what members do?"), mark("How we thank, and whom.")),
    Question.IDEAS: (mark("Do we ask for ideas?"), mark("What becomes of them.")),
    Question.CHANNEL: (mark("Do we use the place as a channel of our own?"), mark("Announcements, and how many.")),
    Question.CONTENT: (mark("Do we feed it with content?"), mark("What we write and offer ourselves.")),
}
_STANDS: Mapping[Stand, str] = {Stand.YES: mark("Yes"), Stand.LIMITED: mark("Within limits"), Stand.NO: mark("No")}
_KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.NO_SILENCE: (mark("No silence"), mark("Whoever begins a topic gets a reply from a human being.")),
    Kind.NEWCOMER_HELLO: (mark("A hello for newcomers"), mark("Whoever is new and writes gets a reply from somebody.")),
    Kind.ORG_QUESTION: (mark("Questions to us"), mark("Whoever asks the organization gets its answer.")),
    Kind.IDEA_STATUS: (mark("A first word on ideas"), mark("Whoever suggests something hears how far it is.")),
    Kind.IDEA_DECISION: (mark("A decision on ideas"), mark("Every idea is decided in the end, with the reason.")),
    Kind.APPEAL: (mark("Objections"), mark("Whoever objects to a decision of the moderators gets an answer.")),
}
_CLOCKS: Mapping[Clock, str] = {Clock.SERVICE: mark("our service hours"), Clock.WALL: mark("all hours, day and night")}
_STAGES: Mapping[Stage, tuple[str, str]] = {
    Stage.INCEPTION: (mark("Beginning"), mark("a board with few members yet: we help it along")),
    Stage.ESTABLISHMENT: (mark("Established"), mark("members write most of it")),
    Stage.MATURITY: (mark("Mature"), mark("members carry it, and answer each other")),
}
_DAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip


def question(one: Question) -> str:
    """What is asked."""
    return _(_QUESTIONS[one][0])


def question_help(one: Question) -> str:
    """What the sentence may say."""
    return _(_QUESTIONS[one][1])


def stand(one: Stand) -> str:
    """Yes, within limits, or no."""
    return _(_STANDS[one])


def kind(one: Kind) -> str:
    """What a promise is called."""
    return _(_KINDS[one][0])


def promise(one: Kind) -> str:
    """What is promised, without when."""
    return _(_KINDS[one][1])


def clock(one: Clock) -> str:
    """Which hours count."""
    return _(_CLOCKS[one])


def within(commitment: Commitment) -> str:
    """When, and how surely."""
    if commitment.clock is Clock.SERVICE:
        time = ngettext("within %(num)s service hour", "within %(num)s service hours", commitment.hours)
    elif commitment.hours > 24 and commitment.hours % 24 == 0:
        time = ngettext("within %(num)s day", "within %(num)s days", commitment.hours // 24)
    else:
        time = ngettext("within %(num)s hour", "within %(num)s hours", commitment.hours)
    if commitment.percentage == 100:
        return _("%(within)s, always", within=time)
    return _("%(within)s, in at least %(n)s of 100 cases", within=time, n=commitment.percentage)


def stage(one: Stage) -> str:
    """How far a board is, in a word."""
    return _(_STAGES[one][0])


def stage_help(one: Stage) -> str:
    """How one knows."""
    return _(_STAGES[one][1])


def day(number: int) -> str:
    """A day of the week; 0 is Monday."""
    return _(_DAYS[number])


def opening(service: Hours) -> list[tuple[str, str]]:
    """When we are there: days, and from when until when; days that follow each other and are alike together."""
    lines: list[tuple[list[int], str]] = []
    for number, (begins, ends) in sorted(service.week.items()):
        clocks = f"{begins:%H:%M}–{ends:%H:%M}"
        if lines and lines[-1][1] == clocks and lines[-1][0][-1] == number - 1:
            lines[-1][0].append(number)
        else:
            lines.append(([number], clocks))
    return [
        (day(days[0]) if len(days) == 1 else _("%(first)s to %(last)s", first=day(days[0]), last=day(days[-1])), clocks)
        for days, clocks in lines
    ]


def dial(key: str) -> str:
    """What is limited."""
    return _(DIALS[key].name)


def dial_help(key: str) -> str:
    """In a sentence."""
    return _(DIALS[key].means)


def dial_range(key: str) -> str:
    """How far it turns."""
    return DIALS[key].span


def dial_value(key: str, value: int) -> str:
    """Where it stands."""
    return DIALS[key].said(value)
