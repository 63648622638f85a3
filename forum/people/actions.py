"""Saying what one helps with, and when one is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forum.accounts import queries as accounts
from forum.accounts.models import Account, GroupMember
from forum.boards.models import Tag
from forum.core.errors import Invalid, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.people.events import AwayEnded, AwaySet, HelpTagsChosen
from forum.people.models import Away, HelpsWith
from forum.permissions import Act, Actor, Group, require

MOST_TAGS = 5
LONGEST_SENTENCE = 200


def choose_help(session: Session, actor: Actor, account: Account, slugs: Sequence[str]) -> None:
    """Say what one helps with, five tags at most."""
    require(actor, Act.EDIT_PROFILE, account)
    wanted = sorted(set(slugs))
    if len(wanted) > MOST_TAGS:
        raise Invalid(_("At most %(n)s tags: what others can best ask you.", n=MOST_TAGS), "tags")
    ids = session.scalars(select(Tag.id).where(Tag.slug.in_(wanted))).all()
    if len(ids) != len(wanted):
        raise Invalid(_("One of these tags is gone. Choose again."), "tags")
    session.execute(delete(HelpsWith).where(HelpsWith.account_id == account.id))
    session.add_all(HelpsWith(account_id=account.id, tag_id=id_) for id_ in ids)
    session.flush()
    emit(session, HelpTagsChosen(account.id))


def set_away(
    session: Session, actor: Actor, account: Account, first: date | None, last: date | None, sentence: str, backup: str
) -> None:
    """Say from when to when one is away, and who of the staff stands in."""
    require(actor, Act.SET_AWAY, account)
    wrong: dict[str, str] = {}
    if first is None:
        wrong["first_day"] = _("Say from which day.")
    if last is None:
        wrong["last_day"] = _("Say until which day.")
    if first is not None and last is not None and last < first:
        wrong["last_day"] = _("The last day comes after the first.")
    sentence = one_line(sentence)
    if len(sentence) > LONGEST_SENTENCE:
        wrong["sentence"] = _("At most %(n)s characters; these are %(len)s.", n=LONGEST_SENTENCE, len=len(sentence))
    stands_in = _backup(session, account, backup, wrong)
    if wrong:
        raise InvalidFields(wrong)
    assert first is not None
    assert last is not None
    row = session.get(Away, account.id) or Away(account_id=account.id)
    row.first_day, row.last_day, row.sentence = first, last, sentence
    row.backup_id = stands_in.id if stands_in else None
    session.add(row)
    session.flush()
    emit(session, AwaySet(account.id))


def end_away(session: Session, actor: Actor, account: Account) -> None:
    """Be back, or not go; saying it twice changes nothing."""
    require(actor, Act.SET_AWAY, account)
    session.execute(delete(Away).where(Away.account_id == account.id))
    emit(session, AwayEnded(account.id))


def _backup(session: Session, account: Account, name: str, wrong: dict[str, str]) -> Account | None:
    name = name.strip().lstrip("@")
    if not name:
        return None
    found = accounts.by_name(session, name)
    in_staff = found is not None and session.get(GroupMember, (int(Group.STAFF), found.id)) is not None
    if found is None or not in_staff or found.id == account.id:
        wrong["backup"] = _("Somebody else of the staff stands in: write their user name.")
        return None
    return found
