"""Members say that something is not as it should be. Enough of them fold a post away at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Invalid, TooSoon
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.moderation import weighing
from forum.moderation.actions.opening import heats, open_case, standing_flags
from forum.moderation.actions.ruling import enact
from forum.moderation.actions.silencing import silence
from forum.moderation.cases import GRAVE_WITHIN, HIDDEN_WITHIN, Kind, due
from forum.moderation.drafts import DecisionDraft
from forum.moderation.events import Flagged
from forum.moderation.models import Case, Flag
from forum.moderation.operations import HIDE
from forum.moderation.queries.answered import answered_member, answered_post
from forum.moderation.subjects import ACCOUNT, POST, TOPIC, Subject
from forum.permissions import HOUSE, Act, Actor, Right, Trust, require
from forum.posts.actions.concerning import is_of_host, note_post, note_topic
from forum.posts.powers import needs_peer
from forum.site.rules import CONFIDENTIAL, FLAGS, MILD, Rule

A_DAY = timedelta(days=1)
FLAGS_A_DAY = 20
COOLING_OFF = timedelta(seconds=60)
GRAVE = frozenset({str(Rule.HARMFUL), str(Rule.ILLEGAL)})
LONGEST_WORDS = 1000
AGAIN_AFTER = timedelta(hours=24)


def flag(
    session: Session, actor: Actor, subject: Subject, rule: str, words: str = "", *, about_host: bool = False
) -> Flag:
    """Say that `subject` (locked) is not as it should be. Flagging it again says it anew. Raises TooSoon for who
    answered it within the minute, or flagged a lot today."""
    require(actor, Act.FLAG, subject)
    now, words, before = clock.now(), words.strip(), _mine(session, actor, subject)
    if before is not None and (before.rule, before.words) == (rule, words):
        return before
    if rule not in {str(kind) for kind in FLAGS}:
        raise Invalid(_("Choose what is not as it should be."), "rule")
    if rule == Rule.OTHER and not words:
        raise Invalid(_("Say in a few words what it is."), "words")
    if len(words) > LONGEST_WORDS:
        raise Invalid(_("Please say it in at most %(most)s characters.", most=LONGEST_WORDS), "words")
    if before is not None:
        return _say_anew(session, actor, subject, before, rule, words)
    if subject.kind == POST and (subject.row.deleted_at is not None or subject.row.hidden_at is not None):
        raise Invalid(_("It is hidden already, and moderators are looking at it."))
    _check_pace(session, actor, subject, now)
    if about_host:
        subject = _noted(session, subject)
    case = open_case(session, Kind.FLAGGED, subject, now)
    case.concerns_host = case.concerns_host or subject.concerns_host or subject.is_feedback
    _discount(session, case, subject)
    made = Flag(
        case_id=case.id,
        subject_kind=subject.kind,
        subject_id=subject.id,
        by_id=actor.account_id,
        at=now,
        rule=rule,
        words=words,
        about_host=about_host,
        weight=0.0 if _judges_itself(actor, subject) else weighing.weight(_flagger(session, actor, subject)),
    )
    session.add(made)
    case.weight += made.weight
    case.version += 1
    _count(subject, made, +1)
    session.flush()
    emit(session, Flagged(made.id))
    _act_if_enough(session, actor, subject, case, now)
    return made


def _say_anew(session: Session, actor: Actor, subject: Subject, mine: Flag, rule: str, words: str) -> Flag:
    """Who flagged it says something else of it now. What was said in confidence stays so."""
    if mine.verdict:
        raise Invalid(
            _("You told the moderators of this before, and they did something. Write to them if there is more.")
        )
    case = session.get_one(Case, mine.case_id, with_for_update=True)
    _discount(session, case, subject)
    _count(subject, mine, -1)
    if mine.rule not in CONFIDENTIAL or rule in CONFIDENTIAL:
        mine.rule = rule
    mine.words = words or mine.words
    _count(subject, mine, +1)
    case.version += 1
    session.flush()
    _act_if_enough(session, actor, subject, case, clock.now())
    return mine


def _count(subject: Subject, flag: Flag, step: int) -> None:
    if subject.kind == POST and heats(flag):
        subject.row.flag_count += step


def _act_if_enough(session: Session, actor: Actor, subject: Subject, case: Case, now: datetime) -> None:
    if any(one.rule in GRAVE for one in standing_flags(session, case)):
        case.due_at = min(case.due_at, due(GRAVE_WITHIN, now))
    if subject.kind == POST:
        _hide_if_enough(session, actor, subject, case, now)
        _silence_if_enough(session, subject, case)


def take_flag_back(session: Session, actor: Actor, subject: Subject) -> None:
    """It was all right after all; as long as nothing was decided."""
    require(actor, Act.FLAG, subject)
    mine = _mine(session, actor, subject)
    if mine is None or mine.verdict:
        raise Invalid(_("There is no flag of yours that still waits."))
    mine.verdict, mine.verdict_at = "cleared", clock.now()
    case = session.get_one(Case, mine.case_id, with_for_update=True)
    case.weight = max(0.0, case.weight - mine.weight)
    case.version += 1
    _count(subject, mine, -1)
    session.flush()
    if case.closed_at is None and not standing_flags(session, case):
        case.closed_at, case.outcome = clock.now(), "withdrawn"


def _mine(session: Session, actor: Actor, subject: Subject) -> Flag | None:
    return session.scalars(
        select(Flag).where(
            Flag.subject_kind == subject.kind,
            Flag.subject_id == subject.id,
            Flag.by_id == actor.account_id,
            Flag.verdict.in_(("", "right")),
        )
    ).first()


def _check_pace(session: Session, actor: Actor, subject: Subject, now: datetime) -> None:
    today = session.scalar(
        select(func.count()).select_from(Flag).where(Flag.by_id == actor.account_id, Flag.at > now - A_DAY)
    )
    if (today or 0) >= FLAGS_A_DAY:
        raise TooSoon(_("You flagged a lot today. Please write to the moderators, or go on tomorrow."), 3600)
    _check_calm(session, actor, subject, now)
    if subject.kind != POST:
        return
    mended = session.scalar(
        select(func.max(Flag.verdict_at)).where(
            Flag.subject_kind == subject.kind, Flag.subject_id == subject.id, Flag.verdict == "cleared",
            Flag.verdict_at > now - AGAIN_AFTER, Flag.by_id == actor.account_id,
        )
    )  # fmt: skip
    if mended is not None:
        raise TooSoon(_("It was mended, or you took your flag back. You can flag it again a day later."), 3600)


def _check_calm(session: Session, actor: Actor, subject: Subject, now: datetime) -> None:
    """Raise TooSoon for whoever has just answered it, or whom it is about."""
    since = now - COOLING_OFF
    answered = answered_post(session, actor, subject.row, since) if subject.kind == POST else None
    if subject.kind == ACCOUNT:
        answered = answered_member(session, actor, subject.id, since)
    if answered is not None:
        left = max(1, int((answered + COOLING_OFF - now).total_seconds()) + 1)
        raise TooSoon(
            _("You have just answered this. Take a minute, then flag it if it still is not as it should be."), left
        )


def _flagger(session: Session, actor: Actor, subject: Subject) -> weighing.Flagger:
    looks_after = actor.is_moderator or (subject.board_id is not None and actor.may(Right.MODERATE, subject.board_id))
    counted = select(Flag.verdict, func.count()).where(
        Flag.by_id == actor.account_id, Flag.verdict.in_(("right", "wrong"))
    )
    found: dict[str, int] = {row[0]: row[1] for row in session.execute(counted.group_by(Flag.verdict))}
    return weighing.Flagger(actor.trust, looks_after, found.get("right", 0), found.get("wrong", 0))


def _noted(session: Session, subject: Subject) -> Subject:
    """Somebody says that it is about the organization: so it counts as that."""
    if subject.kind == POST:
        note_post(session, subject.row)
    elif subject.kind == TOPIC:
        note_topic(session, subject.row)
    return replace(subject, concerns_host=True)


def _discount(session: Session, case: Case, subject: Subject) -> None:
    """What the host's people said of it before it was known to be about the host weighs nothing any more."""
    if not (subject.concerns_host or subject.is_feedback):
        return
    for one in standing_flags(session, case):
        if one.weight > 0 and is_of_host(session, one.by_id):
            _count(subject, one, -1)
            case.weight, one.weight = max(0.0, case.weight - one.weight), 0.0
    session.flush()


def _judges_itself(actor: Actor, subject: Subject) -> bool:
    """What the host's people say of what is about it is looked at, and folds nothing away by itself."""
    return needs_peer(actor, subject, is_feedback=subject.is_feedback)


def _weighty(session: Session, case: Case) -> list[Flag]:
    return [one for one in standing_flags(session, case) if _weighs(one)]


def _weighs(flag: Flag) -> bool:
    return flag.by_id is not None and flag.weight > 0 and flag.rule not in MILD


def _hide_if_enough(session: Session, actor: Actor, subject: Subject, case: Case, now: datetime) -> None:
    flags = _weighty(session, case)
    if _judges_itself(actor, subject) or not flags or subject.row.hidden_at is not None:
        return
    author = session.get(Account, subject.author_id) if subject.author_id else None
    alone = weighing.hides_alone(
        actor.trust, flags[-1].rule, is_newcomer=author is not None and author.trust == Trust.NEWCOMER
    )
    if not alone and not weighing.hides(flag.weight for flag in flags):
        return
    rules = [flag.rule for flag in flags]
    draft = DecisionDraft(
        act=HIDE,
        subject_kind=subject.kind,
        subject_id=subject.id,
        rule=max(sorted(set(rules)), key=rules.count),
        facts=_("Several members found that this is not as it should be. Moderators will look at it."),
        detected="flags",
    )
    enact(session, HOUSE, subject, draft, case, now, automated=True)
    case.due_at = min(case.due_at, due(HIDDEN_WITHIN, now))


def _silence_if_enough(session: Session, subject: Subject, case: Case) -> None:
    flags = _weighty(session, case)
    author = session.get(Account, subject.author_id) if subject.author_id else None
    is_newcomer = author is not None and author.trust == Trust.NEWCOMER
    if author is not None and weighing.silences(is_newcomer=is_newcomer, flaggers=len(flags)):
        rules = [flag.rule for flag in flags]
        facts = _("Several members found that something that you wrote is not as it should be.")
        silence(session, HOUSE, author, max(sorted(set(rules)), key=rules.count), facts, "flags")
