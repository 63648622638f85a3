"""What a person says of themselves, how they are called, and how pages look for them."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forum.accounts import names, queries
from forum.accounts.actions.joining import refuse_taken, settle
from forum.accounts.drafts import Appearance, Profile
from forum.accounts.events import NameChanged, ProfileEdited, ProfileReworded
from forum.accounts.models import Account, FormerName
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.permissions import Act, Actor, require
from forum.site import queries as sites
from forum.site.settings import duration

# What others read of somebody, by the fields of the form.
WORDS = {name: name for name in ("display_name", "pronouns", "headline", "location")} | {"about": "about_source"}


def edit_profile(session: Session, actor: Actor, account: Account, draft: Profile) -> None:
    """Say something else of oneself."""
    require(actor, Act.EDIT_PROFILE, account)
    reworded = tuple(field for field, name in WORDS.items() if getattr(account, name) != getattr(draft, name))
    for name, value in asdict(draft).items():
        setattr(account, name, list(value) if name == "links" else value)
    session.flush()
    if reworded:
        emit(session, ProfileReworded(account.id, reworded))
    emit(session, ProfileEdited(account.id))


def set_picture(session: Session, actor: Actor, account: Account, key: str) -> None:
    """Show the picture that storage keeps under `key`."""
    require(actor, Act.UPLOAD)
    require(actor, Act.EDIT_PROFILE, account)
    account.avatar_key = key
    session.flush()
    emit(session, ProfileEdited(account.id))


def remove_picture(session: Session, actor: Actor, account: Account) -> None:
    """Show the one drawn from the name again."""
    require(actor, Act.EDIT_PROFILE, account)
    account.avatar_key = ""
    session.flush()
    emit(session, ProfileEdited(account.id))


def choose_appearance(session: Session, actor: Actor, account: Account, draft: Appearance) -> None:
    """Theme, language and time zone of one's own pages, and whether single keys work on them."""
    require(actor, Act.EDIT_ACCOUNT, account)
    account.theme, account.locale, account.time_zone = draft.theme, draft.locale, draft.time_zone
    account.uses_keys = draft.uses_keys
    session.flush()
    emit(session, ProfileEdited(account.id))


def rename(session: Session, actor: Actor, account: Account, name: str) -> None:
    """Be called otherwise. Old links and mentions keep leading here, and nobody else can take the old name."""
    require(actor, Act.EDIT_PROFILE, account)
    name = names.check(name.strip())
    former, former_key, key = account.name, account.name_key, names.fold(name)
    if name == former:
        raise Invalid(_("This is your name already."), "name")
    if key != former_key:
        _refuse_soon(session, actor, account)
        refuse_taken(session, name, besides=account.id)
        session.execute(delete(FormerName).where(FormerName.name_key == key, FormerName.account_id == account.id))
        session.add(FormerName(name_key=former_key, name=former, account_id=account.id, changed_at=clock.now()))
    account.name, account.name_key = name, key
    settle(session, account)
    emit(session, NameChanged(account.id, former))


def _refuse_soon(session: Session, actor: Actor, account: Account) -> None:
    last = queries.last_renamed_at(session, account.id)
    pause = duration(sites.settings(session), "rename_pause")
    if last is None or actor.is_admin or clock.now() - last >= pause:
        return
    days = (last + pause - clock.now()).days + 1
    raise Invalid(
        ngettext(
            "You took this name a short while ago. You can change it in %(num)s day.",
            "You took this name a short while ago. You can change it in %(num)s days.",
            days,
        ),
        "name",
    )
