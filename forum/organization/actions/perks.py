"""Saying that a member has something from the organization, though not money. Everybody sees it, and they are never
recognized. It stands on the account: whoever has it carries it on what they write from that day on."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.errors import Conflict, Invalid
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.organization import queries
from forum.organization.events import PerksSet
from forum.permissions import Act, Actor, require
from forum.site.actions import note_deed

SHORTEST, LONGEST = 3, 300


def give_perks(session: Session, actor: Actor, account: Account, words: str, since: date) -> None:
    """Say what a member has from the host, and since when."""
    require(actor, Act.ADMINISTER)
    host, line = queries.host(session), one_line(words)
    if host is None:
        raise Conflict(_("No organization has a name here yet."))
    if queries.affiliation_of(session, account.id, clock.now()) is not None:
        raise Conflict(_("Whoever belongs to an organization carries its name anyway."))
    if not SHORTEST <= len(line) <= LONGEST:
        raise Invalid(_("Say what it is, in at most %(n)s characters: everybody reads it.", n=LONGEST), "words")
    if since > clock.now().date():
        raise Invalid(_("Choose a day that has come."), "since")
    before = {"words": account.perks}
    account.perks_from, account.perks, account.perks_since = host.name, line, since
    session.flush()
    after = {"name": account.name, "words": line}
    note_deed(session, actor, "person", account.id, "perks_given", before=before, after=after)
    emit(session, PerksSet(account.id, actor.account_id))


def end_perks(session: Session, actor: Actor, account: Account) -> None:
    """They have it no more."""
    require(actor, Act.ADMINISTER)
    if account.perks_since is None:
        raise Conflict(_("They have none."))
    before = {"words": account.perks}
    account.perks_from, account.perks, account.perks_since = "", "", None
    session.flush()
    note_deed(session, actor, "person", account.id, "perks_ended", before=before, after={"name": account.name})
    emit(session, PerksSet(account.id, actor.account_id))
