"""How many people, how often: the numbers of private conversations, and the sentences that say so. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.core.errors import Invalid, TooSoon
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.posts.limits import text_key
from forum.site.settings import number


@dataclass(frozen=True)
class Limits:
    """Every number with its default."""

    people_max: int = 20
    people_newcomer: int = 2
    started_a_day: int = 20
    started_a_day_newcomer: int = 3
    pause: timedelta = timedelta(seconds=3)
    pause_newcomer: timedelta = timedelta(seconds=10)
    same_text: timedelta = timedelta(minutes=5)
    title_max: int = 120
    reason_max: int = 1000
    around: int = 2
    edit_window: timedelta = timedelta(hours=24)


LIMITS = Limits()


def limits_from(kept: Mapping[str, int]) -> Limits:
    """The limits with what the site row keeps: settings that differ from their defaults."""
    return Limits(
        people_max=number(kept, "talk_people"),
        people_newcomer=number(kept, "talk_people_newcomer"),
        started_a_day=number(kept, "talks_a_day"),
        started_a_day_newcomer=number(kept, "talks_a_day_newcomer"),
    )


DAY = timedelta(days=1)


@dataclass(frozen=True)
class SenderFacts:
    """What the limits need to know of who writes."""

    is_newcomer: bool
    started_today: int = 0
    last_at: datetime | None = None
    last_source: str = ""


def checked_title(title: str, limits: Limits = LIMITS) -> str:
    """What it is about, on one line; may be empty."""
    clean = one_line(title)
    if len(clean) > limits.title_max:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=limits.title_max, len=len(clean)), "title")
    return clean


def checked_reason(reason: str, limits: Limits = LIMITS) -> str:
    """Why somebody reports a message."""
    clean = reason.replace("\r\n", "\n").strip()
    if not clean:
        raise Invalid(_("Say what is wrong with it: the moderators know neither of you as you do."), "reason")
    if len(clean) > limits.reason_max:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=limits.reason_max, len=len(clean)), "reason")
    return clean


def check_people(others: int, *, is_newcomer: bool, limits: Limits = LIMITS) -> None:
    """Raise Invalid when a conversation would have too many people besides who brings them together."""
    if is_newcomer and others > limits.people_newcomer:
        raise Invalid(
            ngettext(
                "New members can write to one person at a time.",
                "New members can write to at most %(num)s people at once.",
                limits.people_newcomer,
            ),
            "people",
        )
    if others >= limits.people_max:
        raise Invalid(_("A conversation has at most %(n)s people.", n=limits.people_max), "people")


def check_starting(facts: SenderFacts, limits: Limits = LIMITS) -> None:
    """Raise TooSoon when somebody started enough conversations for a day."""
    most = limits.started_a_day_newcomer if facts.is_newcomer else limits.started_a_day
    if facts.started_today >= most:
        raise TooSoon(
            ngettext(
                "You started a conversation today. Tomorrow there is room for more; your text is kept.",
                "You started %(num)s conversations in a day. Tomorrow there is room for more; your text is kept.",
                facts.started_today,
            )
        )


def check_sending(facts: SenderFacts, source: str, now: datetime, limits: Limits = LIMITS) -> None:
    """Raise TooSoon or Invalid for what comes too quickly or twice."""
    if facts.last_at is None:
        return
    pause = limits.pause_newcomer if facts.is_newcomer else limits.pause
    if now - facts.last_at < pause:
        seconds = int((facts.last_at + pause - now).total_seconds()) + 1
        raise TooSoon(
            ngettext(
                "That was quick. Please wait one more second; your text is kept.",
                "That was quick. Please wait %(num)s more seconds; your text is kept.",
                seconds,
            ),
            seconds,
        )
    if now - facts.last_at < limits.same_text and text_key(facts.last_source) == text_key(source):
        raise Invalid(_("You sent this very text a moment ago: it is there already."), "body")


def surroundings(number: int, first: int, last: int, limits: Limits = LIMITS) -> tuple[int, int]:
    """The numbers from and to which a reported message is shown; never outside what its reporter sees."""
    return max(first, number - limits.around), min(last, number + limits.around)
