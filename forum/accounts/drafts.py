"""What people ask of accounts, checked. Whoever makes a draft (a form, a command, the API) hears every rule at once.

Hashing and rendering are slow on purpose or by nature: drafts are made before the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

from forum.accounts import addresses, names, passwords, wording
from forum.accounts.gates import Entry
from forum.accounts.models import THEMES, Account
from forum.core.errors import Invalid, InvalidFields
from forum.core.markup import Rendered
from forum.core.words import gettext as _

T = TypeVar("T")

LONGEST_ABOUT = 5000


@dataclass(frozen=True, slots=True)
class SignUp:
    """Somebody who would like an account."""

    name: str
    email: str
    password_hash: str = field(repr=False)
    entry: Entry = field(default_factory=Entry)
    # The page of ours where they wanted to go.
    onward: str = ""
    # The network address that they ask from.
    address: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """The browser somebody is at."""

    user_agent: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a profile says."""

    display_name: str
    pronouns: str
    headline: str
    location: str
    links: tuple[wording.Link, ...]
    about_source: str
    about_html: str
    about_version: int
    may_be_asked: bool = False


@dataclass(frozen=True, slots=True)
class Appearance:
    """How pages look for one person, and whether single keys work. Empty: as their browser or the place has it."""

    theme: str
    locale: str
    time_zone: str
    uses_keys: bool = True


def sign_up(name: str, email: str, password: str) -> SignUp:
    """A checked sign-up, or `InvalidFields`. Takes the time of a password hash."""
    rules = _Rules()
    name = rules.ask("name", lambda: user_name(name), name)
    email = rules.ask("email", lambda: addresses.check(email), email)
    rules.ask("password", lambda: passwords.check_password(password, name=name, email=email), None)
    rules.settle()
    return SignUp(name, email, passwords.hash_password(password))


def user_name(name: str) -> str:
    """A name that one may have, or `Invalid`."""
    return names.check(name.strip())


def new_password(password: str, account: Account) -> str:
    """The hash of a good password for `account`, or `Invalid`. Takes the time of a password hash."""
    passwords.check_password(password, name=account.name, email=account.email or "")
    return passwords.hash_password(password)


def profile(
    *,
    display_name: str,
    pronouns: str,
    headline: str,
    location: str,
    links: Iterable[tuple[str, str]],
    about: str,
    render: Callable[[str], Rendered],
    may_be_asked: bool = False,
) -> Profile:
    """A checked and rendered profile, or `InvalidFields`."""
    rules = _Rules()
    shown = rules.ask("display_name", lambda: _display_name(display_name), "")
    pronouns = rules.ask("pronouns", lambda: wording.line(pronouns, 40, "pronouns"), "")
    headline = rules.ask("headline", lambda: wording.line(headline, 120, "headline"), "")
    location = rules.ask("location", lambda: wording.line(location, 80, "location"), "")
    nothing: tuple[wording.Link, ...] = ()
    found = rules.ask("links", lambda: wording.links(links), nothing)
    rules.ask("about", lambda: _about(about), None)
    rules.settle()
    about = about.replace("\r\n", "\n").strip()
    rendered = render(about) if about else None
    return Profile(
        display_name=shown,
        pronouns=pronouns,
        headline=headline,
        location=location,
        links=found,
        about_source=about,
        about_html=rendered.html if rendered else "",
        about_version=rendered.version if rendered else 0,
        may_be_asked=may_be_asked,
    )


def appearance(theme: str, locale: str, time_zone: str, *, uses_keys: bool, languages: Iterable[str]) -> Appearance:
    """Checked preferences, or `InvalidFields`."""
    rules = _Rules()
    rules.ask("theme", lambda: _one_of(theme, THEMES, "theme"), None)
    rules.ask("locale", lambda: _one_of(locale, ("", *languages), "locale"), None)
    rules.ask("time_zone", lambda: _time_zone(time_zone), None)
    rules.settle()
    return Appearance(theme, locale, time_zone, uses_keys)


def _display_name(text: str) -> str:
    text = wording.line(text, 60, "display_name")
    if names.is_reserved(text):
        raise Invalid(_("“%(name)s” would look like a voice of the forum itself.", name=text), "display_name")
    return text


def _about(text: str) -> None:
    if len(text) > LONGEST_ABOUT:
        raise Invalid(_("At most %(n)s characters; these are %(len)s.", n=LONGEST_ABOUT, len=len(text)), "about")


def _one_of(value: str, allowed: Iterable[str], field: str) -> None:
    if value not in allowed:
        raise Invalid(_("Choose one of the list."), field)


def _time_zone(name: str) -> None:
    if name:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise Invalid(_("Choose one of the list."), "time_zone") from None


class _Rules:
    """Asks every rule, then says all that was wrong together."""

    def __init__(self) -> None:
        self._wrong: dict[str, str] = {}

    def ask(self, field: str, rule: Callable[[], T], otherwise: T) -> T:
        try:
            return rule()
        except Invalid as error:
            self._wrong[error.field or field] = error.sentence
            return otherwise

    def settle(self) -> None:
        if self._wrong:
            raise InvalidFields(self._wrong)


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A group as an administrator wants it."""

    name: str
    description: str = ""
