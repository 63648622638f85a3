"""How much, how fast: the numbers of writing, and the sentences that say so. Pure functions over plain facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from forum.core.errors import ForumError, Invalid, TooSoon
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.posts.calls import calls
from forum.site import settings


@dataclass(frozen=True)
class Limits:
    """The numbers that hold now. Lengths in characters, times as durations; defaults, bounds and sentences stand in
    `forum/site/settings.py`, under the same names."""

    title_min: int
    title_max: int
    body_min: int
    body_max: int
    tags_max: int
    topic_pause: timedelta
    reply_pause: timedelta
    reply_pause_newcomer: timedelta
    first_day_topics: int
    first_day_replies: int
    topics_a_day: int
    same_text: timedelta
    replies_in_a_row: int
    old_topic: timedelta
    newcomer_links: int
    newcomer_mentions: int
    newcomer_images: int
    mentions_max: int
    edits_a_day: int
    thanks_a_day: int
    silent_for: timedelta
    silent_characters: int
    first_day: timedelta = timedelta(days=1)


def limits_from(kept: Mapping[str, int]) -> Limits:
    """The limits with what the site row keeps: settings that differ from their defaults."""
    chosen: dict[str, Any] = {
        limit.name: settings.measured(kept, limit.name) for limit in fields(Limits) if limit.name in settings.TABLE
    }
    return Limits(**chosen)


LIMITS = limits_from({})
"""The defaults: what holds where nobody chose otherwise."""


class AskFirst(ForumError):
    """Not a refusal: a question before going on. The same draft with `key` confirmed goes through."""

    status = 409

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


@dataclass(frozen=True)
class WriterFacts:
    """What the limits need to know of the writer. Counts are of the last 24 hours."""

    is_newcomer: bool
    since: datetime
    last_topic_at: datetime | None = None
    last_post_at: datetime | None = None
    topics_today: int = 0
    replies_today: int = 0
    same_text_at: datetime | None = None


def checked_title(title: str, limits: Limits = LIMITS) -> str:
    """The title as one line; raises Invalid when too short or long."""
    clean = one_line(title)
    if len(clean) < limits.title_min:
        raise Invalid(
            ngettext(
                "A title needs at least %(num)s character.",
                "A title needs at least %(num)s characters.",
                limits.title_min,
            ),
            "title",
        )
    if len(clean) > limits.title_max:
        raise Invalid(_("A title has at most %(n)s characters.", n=limits.title_max), "title")
    return clean


def checked_body(body: str, limits: Limits = LIMITS) -> str:
    """The text with uniform line ends; raises Invalid when there is too little or too much of it."""
    clean = body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").rstrip()
    if len(clean.strip()) < limits.body_min:
        raise Invalid(_("A post needs some words."), "body")
    if len(clean) > limits.body_max:
        raise Invalid(
            _("A post has at most %(n)s characters; this one has %(has)s.", n=limits.body_max, has=len(clean)), "body"
        )
    return clean


def checked_reason(reason: str, longest: int) -> str:
    """Why somebody edits or takes away; raises Invalid rather than cutting it."""
    clean = reason.strip()
    if len(clean) > longest:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=longest, len=len(clean)), "reason")
    return clean


def check_starting(facts: WriterFacts, now: datetime, limits: Limits = LIMITS) -> None:
    """Raise TooSoon unless the writer may start a topic now."""
    _pause(facts.last_topic_at, limits.topic_pause, now)
    if now - facts.since < limits.first_day and facts.topics_today >= limits.first_day_topics:
        raise TooSoon(
            ngettext(
                "On the first day you can start %(num)s topic. Tomorrow there is room for more.",
                "On the first day you can start %(num)s topics. Tomorrow there is room for more.",
                limits.first_day_topics,
            )
        )
    if facts.topics_today >= limits.topics_a_day:
        raise TooSoon(
            ngettext(
                "You started %(num)s topic in a day: that is all for today.",
                "You started %(num)s topics in a day: that is all for today.",
                facts.topics_today,
            )
        )
    _same(facts, now, limits)


def check_replying(facts: WriterFacts, now: datetime, limits: Limits = LIMITS) -> None:
    """Raise TooSoon unless the writer may reply now."""
    _pause(facts.last_post_at, limits.reply_pause_newcomer if facts.is_newcomer else limits.reply_pause, now)
    if now - facts.since < limits.first_day and facts.replies_today >= limits.first_day_replies:
        raise TooSoon(
            ngettext(
                "On the first day you can write %(num)s reply. Tomorrow there is room for more.",
                "On the first day you can write %(num)s replies. Tomorrow there is room for more.",
                limits.first_day_replies,
            )
        )
    _same(facts, now, limits)


def check_pace(last: datetime | None, minutes: int, now: datetime) -> None:
    """Raise TooSoon where a board or topic in slow mode has had a reply of the writer within `minutes`."""
    if last is None or (left := last + timedelta(minutes=minutes) - now) <= timedelta():
        return
    seconds = int(left.total_seconds()) + 1
    raise TooSoon(
        ngettext(
            "It goes slowly here: one reply a minute. Yours is kept; post it in %(left)s s.",
            "It goes slowly here: one reply every %(num)s minutes. Yours is kept; post it in %(left)s s.",
            minutes,
            left=seconds,
        ),
        seconds,
    )


def _pause(last: datetime | None, pause: timedelta, now: datetime) -> None:
    if last is not None and now - last < pause:
        seconds = int((last + pause - now).total_seconds()) + 1
        raise TooSoon(
            ngettext(
                "That was quick. Please wait one more second; your text is kept.",
                "That was quick. Please wait %(num)s more seconds; your text is kept.",
                seconds,
            ),
            seconds,
        )


def _same(facts: WriterFacts, now: datetime, limits: Limits) -> None:
    if facts.same_text_at is not None and now - facts.same_text_at < limits.same_text:
        raise Invalid(_("You posted this very text a moment ago: it is there already."), "body")


def check_editing(last: datetime | None, wordings: int, now: datetime, limits: Limits = LIMITS) -> None:
    """Raise TooSoon unless the writer may change a post again now: `last` when they did so before, `wordings` of theirs
    that it got in the last 24 hours."""
    _pause(last, limits.reply_pause, now)
    if wordings >= limits.edits_a_day:
        raise TooSoon(
            _("You changed this post %(n)s times in a day: that is all for today. Your text is kept.", n=wordings)
        )


def check_calls(html: str, limits: Limits = LIMITS) -> None:
    """Raise Invalid when a post mentions more people than one post may. What stands in a quotation calls nobody."""
    if html.count('class="mention"') > limits.mentions_max and len(calls(html).names) > limits.mentions_max:
        raise Invalid(_("A post can mention %(n)s people.", n=limits.mentions_max), "body")


def check_newcomer_words(source: str, html: str, limits: Limits = LIMITS) -> None:
    """Raise Invalid when a newcomer's post has more links, mentions or images than newcomers may use."""
    images = html.count("<img ") + html.count('class="image-elsewhere"')
    mentions = html.count('class="mention"')
    links = len(re.findall(r'<a [^>]*href="(?:https?:|mailto:)', html)) - html.count('class="image-elsewhere"')
    for found, most, sentence in (
        (
            links,
            limits.newcomer_links,
            ngettext(
                "New members can use %(num)s link in a post.",
                "New members can use %(num)s links in a post.",
                limits.newcomer_links,
            ),
        ),
        (
            mentions,
            limits.newcomer_mentions,
            ngettext(
                "New members can mention %(num)s person in a post.",
                "New members can mention %(num)s people in a post.",
                limits.newcomer_mentions,
            ),
        ),
        (
            images,
            limits.newcomer_images,
            ngettext(
                "New members can show %(num)s picture in a post.",
                "New members can show %(num)s pictures in a post.",
                limits.newcomer_images,
            ),
        ),
    ):
        if found > most:
            raise Invalid(sentence, "body")


def ask_before_replying(
    *, own_in_a_row: int, last_post_at: datetime, now: datetime, confirmed: frozenset[str], limits: Limits = LIMITS
) -> None:
    """Raise AskFirst where a moment's thought helps; each question is asked once a draft."""
    if now - last_post_at > limits.old_topic and "old" not in confirmed:
        raise AskFirst(
            "old",
            _(
                "The last post here is more than %(time)s old. Would a new topic, with a link here, serve better?",
                time=_age(limits.old_topic),
            ),
        )
    if own_in_a_row >= limits.replies_in_a_row - 1 and "row" not in confirmed:
        raise AskFirst(
            "row", _("The last %(n)s posts here are yours. Would you rather add this to the last one?", n=own_in_a_row)
        )


def _age(time: timedelta) -> str:
    if time.days >= 60:
        return ngettext("%(num)s month", "%(num)s months", time.days // 30)
    return ngettext("%(num)s day", "%(num)s days", time.days)


def text_key(source: str) -> str:
    """What two texts share that people would call the same: case and white space aside."""
    return " ".join(source.casefold().split())


SOME_TEXT = 200
"""So many new characters in an edit are more than a correction."""

THANKS = "thanks"
REACTIONS: Mapping[str, str] = {
    THANKS: "🙏",
    "helpful": "💡",
    "agree": "👍",
    "worked_for_me": "✅",
    "curious": "🔎",
    "celebrate": "🎉",
}
"""Kind of reaction → its sign. The words stand in the template, beside it."""
