"""The rules G6 to G8: announcements, pins, banners, thanks (`organization.md` §3.3). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from forum.core.words import mark
from forum.organization.intents import Intent
from forum.organization.rules import Look
from forum.organization.situation import NOTICE_EVERY, Pinned, Situation
from forum.organization.verdicts import Action, Rule, RuleId, Sentence

LONGEST_PIN = timedelta(days=30)
"""Beyond this no charter goes."""
LONGEST_BANNER = timedelta(days=7)
MAIL_EVERY = timedelta(days=7)
"""How often a member gets an announcement as a mail or push, over all boards (G6). No line of precedence and no mode
changes that."""


# ── G6: announcements ─────────────────────────────────────────────────────────────────────────────────────────────────


def announced_enough(at: Situation) -> Rule | None:
    """G6: 3 beyond the board's budget. Notices of safety, security and law go beside it."""
    used, limit = at.board.announcements, at.board.limits.announcements
    if not at.announces:
        return None
    return Rule(
        RuleId.ANNOUNCEMENTS,
        level=3 if used >= limit else 0,
        sentence=Sentence(
            mark("Announcements here within 28 days, this one included: %(used)s, of at most %(limit)s."),
            {"used": used + 1, "limit": limit},
        ),
        value=used + 1,
        limit=limit,
        offers=Action.KEEP_DRAFT,
    )


def charter_is_overdue(at: Situation) -> Rule | None:
    """§4: past its day of review a charter announces nothing any more but such notices."""
    if not at.announces or not at.board.is_review_overdue:
        return None
    words = mark("Our charter is past its day of review. Until it is reviewed, nothing is announced.")
    return Rule(RuleId.ANNOUNCEMENTS, 3, Sentence(words), refuses=True, offers=Action.KEEP_DRAFT)


def noticed_already(at: Situation) -> Rule | None:
    """G6: an incident has one notice a day, however many know of it."""
    notice = at.notice
    if notice is None or notice.last_at is None or notice.passes(at.now):
        return None
    until = notice.last_at + NOTICE_EVERY
    words = mark("This incident had a notice within 24 hours already. Reply there, or write another after %(until)s.")
    said = Sentence(words, {"until": until})
    return Rule(RuleId.NOTICES, 3, said, until=until, refuses=True, offers=Action.KEEP_DRAFT)


def no_notice_of_theirs(at: Situation) -> Rule | None:
    """G6: such notices go to everybody, so the host's Announcers and Hosts of all boards publish them, nobody else."""
    if at.notice is None or at.writer.may_warn:
        return None
    words = mark(
        "A notice of safety, security or law goes to everybody: only the host’s Announcers and Hosts of all boards"
        " publish one."
    )
    return Rule(RuleId.ANNOUNCER, 3, Sentence(words), refuses=True, offers=Action.KEEP_DRAFT)


def no_announcer(at: Situation) -> Rule | None:
    """§1: only Announcers announce, pin, or raise a banner."""
    asks = at.announces or at.purpose.pin is not None or at.purpose.banner is not None
    if not asks or at.writer.is_announcer:
        return None
    words = mark("Only an Announcer announces, pins or raises a banner here.")
    return Rule(RuleId.ANNOUNCER, 3, Sentence(words), refuses=True, offers=Action.KEEP_DRAFT)


# ── G7: pins and banners ──────────────────────────────────────────────────────────────────────────────────────────────


def pinned_enough(at: Situation) -> Rule | None:
    """G7: a pin more than there may be replaces one. A pin is whose who set it, whoever wrote the topic."""
    pin, up, limit = at.purpose.pin, at.board.pins, at.board.limits.pins
    if pin is None or pin.replaces or up < limit:
        return None
    words = mark("We hold as many topics at the top as we may (%(limit)s). Choose one that makes room.")
    return _pins(Sentence(words, {"limit": limit}), up + 1, limit, Action.REPLACE_PIN)


def banner_is_up(at: Situation) -> Rule | None:
    """G7: there is one banner."""
    banner, until = at.purpose.banner, at.board.banner_until
    if banner is None or banner.replaces or until is None or until <= at.now:
        return None
    words = mark("There is a banner until %(until)s already. End it before you raise another.")
    return _pins(Sentence(words, {"until": until}), 2, 1, Action.REPLACE_BANNER)


def pinned_too_long(at: Situation) -> Rule | None:
    """G7: a pin ends by itself, after 14 days unless the charter says otherwise, never after more than 30."""
    return _too_long(at.purpose.pin, min(timedelta(days=at.board.limits.pin_days), LONGEST_PIN), at.now)


def banner_too_long(at: Situation) -> Rule | None:
    """G7: a banner ends by itself, after 7 days at the latest."""
    return _too_long(at.purpose.banner, LONGEST_BANNER, at.now)


def _too_long(asked: Pinned | None, longest: timedelta, now: datetime) -> Rule | None:
    if asked is None or asked.until - now <= longest:
        return None
    words = mark("That is longer than it may stay up: at most %(days)s days.")
    days = -((now - asked.until) // timedelta(days=1))
    return _pins(Sentence(words, {"days": longest.days}), days, longest.days, Action.END_SOONER)


def _pins(sentence: Sentence, value: int, limit: int, offers: Action) -> Rule:
    return Rule(RuleId.PINS, 3, sentence, value=value, limit=limit, refuses=True, offers=offers)


# ── G8: thanks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def thanked_already(at: Situation) -> Rule | None:
    """G8: the organization thanks once aloud in a topic, whoever of it; then there is the button."""
    if at.topic is None or at.intent is not Intent.THANK or not at.topic.our_thanks:
        return None
    words = mark("We have thanked aloud here already. The button thanks as well, and the person is told.")
    thanks = at.topic.our_thanks + 1
    return Rule(RuleId.THANKS, 3, Sentence(words), value=thanks, limit=1, refuses=True, offers=Action.THANK)


LOUD: Sequence[Look] = (announced_enough, charter_is_overdue, thanked_already)
STANDING: Sequence[Look] = (
    no_announcer,
    no_notice_of_theirs,
    noticed_already,
    pinned_enough,
    banner_is_up,
    pinned_too_long,
    banner_too_long,
)
"""Of a role, of an incident's notices and of what is pinned: they hold without any measure."""
