"""What a profile says is read for watched words, as posts are: in the transaction that changes it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.events import ProfileReworded
from forum.accounts.models import Account
from forum.core import markup
from forum.core.errors import InvalidFields
from forum.core.events import emit
from forum.holds import queries, reading, wording
from forum.holds.events import ProfileFlagAsked, SilenceAsked
from forum.holds.reading import Said
from forum.holds.rules import Facts, Outcome, judge
from forum.holds.words import Matcher, changed

ABOUT = "about"


def read_profile(session: Session, event: ProfileReworded) -> None:
    """A profile says something else: what is blocked comes back to its owner, what is blackened is so, and moderators
    hear of the rest. Nobody waits for a profile."""
    matcher, account = queries.matcher_of(session), session.get_one(Account, event.account_id)
    if matcher.is_empty:
        return
    said = [_said(account, field) for field in event.fields]
    found = reading.found(matcher, said)
    if wrong := wording.blocked(found):
        raise InvalidFields(wrong)
    for one in said:
        _blacken(session, matcher, account, one)
    verdict = judge(Facts(hits=[hit for hits in found.values() for hit in hits]))
    held = [reason.about for reason in verdict.because(Outcome.HOLD)]
    if why := ", ".join(dict.fromkeys([*verdict.flags, *held])):
        emit(session, ProfileFlagAsked(account.id, why))
    if verdict.silences:
        emit(session, SilenceAsked(account.id, ", ".join(held)))


def _said(account: Account, field: str) -> Said:
    if field == ABOUT:
        return Said(field, account.about_source, account.about_html)
    return Said(field, getattr(account, field))


def _blacken(session: Session, matcher: Matcher, account: Account, said: Said) -> None:
    words = changed(said.text, matcher.hits(said.text))
    if words == said.text:
        return
    if said.field != ABOUT:
        setattr(account, said.field, words)
    else:
        names = accounts.known_names(session, markup.mention_candidates(words))
        account.about_source, account.about_html = words, markup.render(words, names=names).html
    session.flush()
