"""Writing, publishing and withdrawing pages; accepting what they say."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Conflict, Invalid, InvalidFields
from forum.core.events import emit
from forum.core.lines import one_line
from forum.core.slugs import slug_of
from forum.core.words import gettext as _
from forum.pages import queries
from forum.pages.drafts import LONGEST_TEXT, PageDraft, fingerprint
from forum.pages.events import PagePublished, PageWithdrawn, TermsAccepted
from forum.pages.models import HousePage, PageAcceptance, PageVersion
from forum.pages.purposes import ACCEPTED, PURPOSES, place
from forum.permissions import Act, Actor, require
from forum.site import queries as sites
from forum.site.actions import note_deed

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_SLUG = 80, 300, 60


def save_page(session: Session, actor: Actor, slug: str, draft: PageDraft, seen: str) -> PageVersion:
    """Keep a draft. `seen`: the fingerprint of what the form was filled with; else Conflict. What holds stays."""
    require(actor, Act.ADMINISTER)
    draft = _checked(draft)
    page = _locked(session, slug)
    latest = queries.latest_version(session, page) if page is not None else None
    if fingerprint(page, latest) != seen:
        raise Conflict(_("Somebody else changed this page while you were writing. Your words are still here."))
    if page is None:
        page = _new(session, slug, draft.title)
    if page.published_number is None:
        page.title = draft.title
    if page.published_number is not None and page.in_footer != draft.in_footer:
        after = {"title": page.title, "footer": draft.in_footer}
        note_deed(session, actor, "page", slug, "linked", before={"footer": page.in_footer}, after=after)
    page.in_footer = draft.in_footer
    version = _draft_of(session, actor, page, latest)
    version.title, version.source, version.html = draft.title, draft.source, draft.html
    version.summary, version.ask_again = draft.summary, draft.ask_again and slug in ACCEPTED
    session.flush()
    _tell_site(session)
    return version


def publish_page(session: Session, actor: Actor, slug: str, draft: PageDraft, seen: str) -> PageVersion:
    """Keep the draft, and let it hold from now on. With `ask_again`, members accept it before they write on; whoever
    publishes it has."""
    require(actor, Act.ADMINISTER)
    version = save_page(session, actor, slug, draft, seen)
    page = session.get_one(HousePage, version.page_id)
    before = page.published_number
    version.published_at = clock.now()
    page.published_number, page.title = version.number, version.title
    session.flush()
    if version.ask_again:
        sites.site(session).terms_version += 1
    _tell_site(session)
    if version.ask_again and actor.account_id is not None:
        _accept(session, session.get_one(Account, actor.account_id))
    after = {"title": version.title, "number": version.number, "asks": version.ask_again, "summary": version.summary}
    note_deed(session, actor, "page", slug, "published", before={"number": before}, after=after)
    emit(session, PagePublished(version.id, actor.account_id))
    return version


def withdraw_page(session: Session, actor: Actor, page: HousePage) -> None:
    """Let nobody read it any more. Its versions and who accepted them are kept; publishing it again brings it back."""
    require(actor, Act.ADMINISTER)
    if page.published_number is None:
        raise Invalid(_("This page is not published."))
    before, page.published_number = page.published_number, None
    session.flush()
    _tell_site(session)
    note_deed(session, actor, "page", page.slug, "withdrawn", before={"title": page.title, "number": before})
    emit(session, PageWithdrawn(page.id, actor.account_id))


def accept_terms(session: Session, actor: Actor, account: Account, seen: int) -> None:
    """Accept rules and privacy notice as they are now. `seen`: the number of the terms that were shown; Conflict when
    another version was published while they were read."""
    require(actor, Act.ACCEPT_TERMS, account)
    if sites.site(session).terms_version != seen:
        raise Conflict(_("Another version was published while you were reading. This is the one that holds now."))
    _accept(session, account)
    emit(session, TermsAccepted(account.id))


def remember_joining(session: Session, account: Account) -> None:
    """Who joins has accepted what the sign-up showed, as long as it is still what holds."""
    if account.terms_version == sites.site(session).terms_version:
        _accept(session, account)


def _accept(session: Session, account: Account) -> None:
    now = clock.now()
    rows = [
        {"account_id": account.id, "version_id": version.id, "accepted_at": now}
        for _page, version in queries.published(session, ACCEPTED)
    ]
    upsert(session, PageAcceptance.__table__, rows, key=["account_id", "version_id"])  # type: ignore[arg-type]
    account.terms_version = sites.site(session).terms_version
    session.flush()


def _locked(session: Session, slug: str) -> HousePage | None:
    return session.scalars(select(HousePage).where(HousePage.slug == slug).with_for_update()).first()


def _new(session: Session, slug: str, title: str) -> HousePage:
    if slug not in PURPOSES and (len(slug) > LONGEST_SLUG or slug != slug_of(slug, LONGEST_SLUG)):
        raise Invalid(_("An address is made of small letters, digits and “-”."), "slug")
    page = HousePage(slug=slug, title=title, created_at=clock.now())
    session.add(page)
    session.flush()
    return page


def _draft_of(session: Session, actor: Actor, page: HousePage, latest: PageVersion | None) -> PageVersion:
    if latest is not None and latest.published_at is None:
        version = latest
    else:
        version = PageVersion(page_id=page.id, number=latest.number + 1 if latest is not None else 1)
        session.add(version)
    version.written_at, version.written_by_id = clock.now(), actor.account_id
    return version


def _tell_site(session: Session) -> None:
    """The links of the footer, and what is accepted when joining, stand on the row that every page reads."""
    pages = sorted((page for page, _version in queries.published(session)), key=lambda page: place(page.slug))
    sites.site(session).pages = [
        {"slug": page.slug, "title": page.title, "footer": page.in_footer, "accepted": page.slug in ACCEPTED}
        for page in pages
    ]
    session.flush()


def _checked(draft: PageDraft) -> PageDraft:
    title, summary = one_line(draft.title), one_line(draft.summary)
    wrong: dict[str, str] = {}
    if not title:
        wrong["title"] = _("A page needs a title.")
    if not draft.source:
        wrong["text"] = _("A page needs some words.")
    for field, words, longest in (
        ("title", title, LONGEST_TITLE),
        ("text", draft.source, LONGEST_TEXT),
        ("summary", summary, LONGEST_SUMMARY),
    ):
        if len(words) > longest:
            wrong[field] = _("At most %(n)s characters; these are %(len)s.", n=longest, len=len(words))
    if wrong:
        raise InvalidFields(wrong)
    return replace(draft, title=title, summary=summary)
