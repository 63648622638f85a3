"""The rules G1 to G5: when the organization leaves the floor to members (`organization.md` §3.3). Pure.

Each gives what it has to say about a situation, or None. `loudness.py` has the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from fractions import Fraction

from forum.core.words import mark
from forum.organization.intents import RESTRAINED, Intent
from forum.organization.seeds import APART, SILENCE
from forum.organization.situation import Situation
from forum.organization.stages import Limits, exact
from forum.organization.verdicts import Action, Rule, RuleId, Sentence

Look = Callable[[Situation], Rule | None]

ENOUGH_POSTS, ENOUGH_TOPICS, ENOUGH_FIRST_REPLIES = 20, 8, 10
"""From how many on a share is one (§2); below, a single post would move it about."""
NEAR, FAR = Fraction(1, 20), Fraction(1, 10)
"""So far below the ceiling of the share of voice nothing is said yet; so far above it a reason is not enough."""
FRESH = timedelta(hours=24)
LATELY = timedelta(days=7)
TALKING = 2
PEERS = 3
MINUTE = timedelta(minutes=1)


# ── G1, G3: members first ─────────────────────────────────────────────────────────────────────────────────────────────


def peer_first(at: Situation) -> Rule | None:
    """G1: inside a topic's window 2 for what it restrains; everything else only reads until when it lasts."""
    end = at.window_end
    if at.topic is None or end is None:
        return None
    asked_at = at.topic.asked.at
    return Rule(
        RuleId.PEER_FIRST,
        level=2 if at.intent in RESTRAINED and not at.purpose.corrects_danger else 0,
        sentence=Sentence(mark("Members have the first word here until %(until)s."), {"until": end}),
        value=(at.now - asked_at) // MINUTE,
        limit=(end - asked_at) // MINUTE,
        until=end,
        offers=Action.STAND_BY,
    )


def staff_first(at: Situation) -> Rule | None:
    """G3: over its ceiling at the last evaluation, it makes G1 wait half as long again. It holds nobody itself."""
    board, ceiling = at.board, at.board.limits.staff_first
    if ceiling is None or not board.answered_first_too_often or at.window_end is None:
        return None
    return Rule(
        RuleId.STAFF_FIRST,
        level=0,
        sentence=Sentence(
            mark("We answered first in %(share)s %% of topics; we are waiting longer this month."),
            {"share": board.staff_first},
        ),
        value=board.staff_first,
        limit=exact(ceiling),
    )


def needs_seeding(rates: Sequence[Fraction | None], limits: Limits) -> bool:
    """G3: the peer-answer rate was under its floor in the last two evaluations. None, too few to say, is not under."""
    floor, last = limits.peer_answers, rates[-2:]
    return floor is not None and len(last) == 2 and all(rate is not None and rate < exact(floor) for rate in last)


# ── G2: share of voice ────────────────────────────────────────────────────────────────────────────────────────────────


def projected(ours: int, all_: int) -> Fraction:
    """The organization's share with one more post of its own."""
    return Fraction(ours + 1, all_ + 1)


def room(ceiling: Fraction, all_: int, ours: int) -> int:
    """How many more posts the organization may write before its share passes the ceiling, which is below 1."""
    return max(0, (ceiling * all_ - ours) // (1 - ceiling))


def voice(at: Situation) -> Rule | None:
    """G2: by where one more post would put the share. Housekeeping is not counted, and has no share."""
    ours, all_ = at.board.our_posts, at.board.posts
    if at.intent is Intent.MODERATE:
        return None
    if all_ < ENOUGH_POSTS:
        few = Sentence(mark("Too few posts here to say much of our share (%(k)s of %(n)s)."), {"k": ours, "n": all_})
        return Rule(RuleId.VOICE, 0, few)
    share, ceiling = projected(ours, all_), at.board.ceiling(at.now)
    if share <= ceiling:
        level = 0 if share <= ceiling - NEAR else 1
    else:
        level = 2 if share <= ceiling + FAR else 3
    return Rule(
        RuleId.VOICE,
        level,
        Sentence(
            mark("With this post our share of the conversation here is %(share)s %%, of at most %(limit)s %%."),
            {"share": share, "limit": ceiling},
        ),
        value=share,
        limit=ceiling,
        offers=Action.INVITE,
    )


# ── G4: one voice per topic ───────────────────────────────────────────────────────────────────────────────────────────


def spoke_last(at: Situation) -> Rule | None:
    """G4: 1 if the last post is the organization's and younger than a day; whoever wrote it may edit it."""
    last = at.topic.last if at.topic is not None else None
    if last is None or not last.is_organizations or at.now - last.at >= FRESH:
        return None
    words = (
        mark("The last post here is yours: you can add to it instead.")
        if last.is_writers
        else mark("The last post here is one of ours already.")
    )
    offers = Action.EDIT_LAST if last.is_writers else Action.NOTE
    return Rule(RuleId.ONE_VOICE, 1, Sentence(words), until=last.at + FRESH, offers=offers)


def colleague_spoke(at: Situation) -> Rule | None:
    """G4: 1 if somebody else of the organization replied within a week."""
    when = at.topic.colleague_at if at.topic is not None else None
    if when is None or at.now - when > LATELY:
        return None
    words = mark("A colleague replied here within the last week. Leave it to them, or tell them what is missing.")
    return Rule(RuleId.ONE_VOICE, 1, Sentence(words), until=when + LATELY, offers=Action.NOTE)


def members_talk(at: Situation) -> Rule | None:
    """G4: 1 while members are talking with each other."""
    if at.topic is None or at.topic.recent_peer_posts < TALKING:
        return None
    words = mark("Members are talking here right now. A question keeps it going, an answer may end it.")
    return Rule(RuleId.ONE_VOICE, 1, Sentence(words), value=at.topic.recent_peer_posts, offers=Action.CLARIFY)


def too_much_here(at: Situation) -> Rule | None:
    """G4: 2 where three peers or more write and one more reply of ours would pass our fraction of the replies."""
    if at.topic is None or at.topic.peer_authors < PEERS:
        return None
    share, limit = projected(at.topic.our_replies, at.topic.replies), at.board.limits.in_topic
    if share <= limit:
        return None
    return Rule(
        RuleId.ONE_VOICE,
        2,
        Sentence(
            mark("With this one, %(share)s %% of the replies here are ours, of at most %(limit)s %%."),
            {"share": share, "limit": limit},
        ),
        value=share,
        limit=limit,
        offers=Action.INVITE,
    )


# ── G5: topics of our own ─────────────────────────────────────────────────────────────────────────────────────────────


def began_too_often(at: Situation) -> Rule | None:
    """G5: 2 where a new topic of ours would pass our share of topics. Projected, as G2 is: the stricter reading."""
    board, limit = at.board, exact(at.board.limits.staff_started)
    if at.topic is not None or at.intent is Intent.MODERATE or board.topics < ENOUGH_TOPICS:
        return None
    share = projected(board.our_topics, board.topics)
    if share <= limit:
        return None
    return Rule(
        RuleId.STARTED,
        2,
        Sentence(
            mark("With this one, we have begun %(share)s %% of the topics here, of at most %(limit)s %%."),
            {"share": share, "limit": limit},
        ),
        value=share,
        limit=limit,
        offers=Action.INVITE,
    )


def answer_first(at: Situation) -> Rule | None:
    """G5: 2 for a seed while a member waits here beyond what was promised."""
    if at.intent is not Intent.SEED or not at.board.overdue:
        return None
    words = mark("Answer first: members are waiting here longer than we promised.")
    return Rule(RuleId.STARTED, 2, Sentence(words), value=at.board.overdue, limit=0, offers=Action.ANSWER_FIRST)


def seeded_enough(at: Situation) -> Rule | None:
    """G5: 2 for a seed beyond the number of §3.2, which names no level for it."""
    most, span = at.board.limits.seeds
    if at.intent is not Intent.SEED or at.board.seeds < most:
        return None
    words = mark("We have begun enough conversations here for now: at most %(n)s in %(days)s days.")
    said = Sentence(words, {"n": most, "days": span.days})
    return Rule(RuleId.STARTED, 2, said, value=at.board.seeds + 1, limit=most, offers=Action.KEEP_DRAFT)


def seeded_lately(at: Situation) -> Rule | None:
    """§5: 2 for a seed within 48 hours of another one on the board."""
    last = at.board.seeded_at
    if at.intent is not Intent.SEED or last is None or at.now - last >= APART:
        return None
    words = mark("We began a conversation here less than 48 hours ago: the next one can wait until %(until)s.")
    until = last + APART
    return Rule(RuleId.STARTED, 2, Sentence(words, {"until": until}), until=until, offers=Action.KEEP_DRAFT)


def leaves_it_alone(at: Situation) -> Rule | None:
    """§5: 2 for whoever began a conversation on purpose, for a day, but for a question back and thanks."""
    if at.topic is None or not at.topic.is_writers_seed or at.intent in (Intent.CLARIFY, Intent.THANK):
        return None
    until = at.topic.asked.at + SILENCE
    if at.now >= until:
        return None
    words = mark("You began this for members to carry on: leave it to them until %(until)s.")
    return Rule(RuleId.STARTED, 2, Sentence(words, {"until": until}), until=until, offers=Action.STAND_BY)


RESTRAINING: Sequence[Look] = (
    leaves_it_alone,
    peer_first,
    voice,
    staff_first,
    spoke_last,
    colleague_spoke,
    members_talk,
    too_much_here,
    began_too_often,
    answer_first,
    seeded_enough,
    seeded_lately,
)
