"""In which language an answer is given, and with whose months, commas and plurals.

A member reads in the language that they chose; a guest in the one they chose at the foot of a page, which a cookie of
its own remembers; everybody else in what their browser asks for, or else in the language of the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_app_context, request
from flask_babel import Babel, force_locale, get_domain, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.wrappers import Response

from forum.core import languages, words
from forum.core.settings import Settings
from forum.core.web.times import day, exact_time
from forum.core.words import gettext as _

COOKIE = "trellis_language"
YEAR = 365 * 24 * 3600


class Number(int):
    """A whole number that is written as the reader's language writes it: 1,234 or 1.234. `%d` keeps the digits bare."""

    def __str__(self) -> str:
        return number(int(self))


class _Reader:
    """The catalogue of whoever is being served, or written to."""

    def gettext(self, message: str, /) -> str:
        return str(get_domain().get_translations().ugettext(message))

    def ngettext(self, singular: str, plural: str, count: int, /) -> str:
        return str(get_domain().get_translations().ungettext(singular, plural, count))

    def told(self, value: object, /) -> object:
        if type(value) is int:
            return Number(value)
        if isinstance(value, datetime):
            return exact_time(value)
        if isinstance(value, date):
            return day(value)
        return number(value) if isinstance(value, float | Decimal) else value


_reader = _Reader()


def register(
    app: Flask, settings: Settings, *, language: Callable[[], str | None], time_zone: Callable[[], str | None]
) -> None:
    """Say everything in the language that `language` names, and times in the zone that `time_zone` does."""
    app.config.update(BABEL_TRANSLATION_DIRECTORIES=str(languages.TRANSLATIONS))
    Babel(app, locale_selector=language, timezone_selector=time_zone, default_locale=settings.locale)
    words.install(lambda: _reader if request or _is_spoken() else None)
    app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)
    app.jinja_env.filters.update(number=number, quoted=quoted)
    app.after_request(_say_which)


def of_browser(*, remembered: bool) -> str:
    """What the browser asks for, or this place speaks. `remembered`: unless something else was chosen in it."""
    chosen = languages.known(request.cookies.get(COOKIE, "")) if remembered else ""
    return chosen or languages.nearest(request.accept_languages.values()) or default()


def quoted(said: str) -> str:
    """What somebody wrote, between the quotation marks of the reader's language."""
    return _("“%(words)s”", words=said)


def default() -> str:
    """The language of the place."""
    settings: Settings = current_app.extensions["settings"]
    return settings.locale


def remember(response: Response, code: str) -> Response:
    """Speak it to this browser from the next page on."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(COOKIE, code, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language inside this block, in a request or without one: to write to somebody else."""
    with force_locale(languages.known(code) or default()):
        yield


def present() -> str:
    """The language that is being spoken: in a request its reader's, otherwise that of the place."""
    return str(get_locale()) if request or _is_spoken() else default()


def frame() -> dict[str, Any]:
    """What the frame of a page needs: its language, the others, and where to come back to from choosing one."""
    locale = get_locale()
    reading = bool(request) and request.method == "GET" and request.endpoint != "site.language"
    return {
        "locale": languages.tag(str(locale)),
        "text_direction": locale.text_direction,
        "languages": {languages.tag(code): name for code, name in languages.languages().items()},
        "here_again": _here() if reading else None,
    }


def _here() -> str:
    """The address of this page, without what somebody put into it to lead its reader elsewhere."""
    from forum.core.web.pages import is_local

    strays = any(not is_local(url) for url in request.args.getlist("next"))
    return request.path if strays else request.full_path.rstrip("?")


def number(value: float | Decimal) -> str:
    """As the reader's language writes it."""
    if isinstance(value, int) and 0 <= value < 1000:
        return int.__repr__(value)  # nothing to group: most numbers on most pages
    return str(format_decimal(value, locale=get_locale()))


def _is_spoken() -> bool:
    """Whether `speaking` holds outside of a request. Flask-Babel keeps its own notes there."""
    return has_app_context() and getattr(g.get("_flask_babel"), "forced_babel_locale", None) is not None


def _say_which(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", languages.tag(str(get_locale())))
        response.vary.add("Accept-Language")
    return response


# In a template our own sentence is trusted, and what is filled in is not. As Jinja's own, with numbers told.


@pass_eval_context
def _gettext(context: EvalContext, message: str, /, **variables: object) -> str:
    return _filled(context, _reader.gettext(message), variables)


@pass_eval_context
def _ngettext(context: EvalContext, singular: str, plural: str, count: int, /, **variables: object) -> str:
    return _filled(context, _reader.ngettext(singular, plural, count), {"num": count} | variables)


def _filled(context: EvalContext, said: str, variables: Mapping[str, object]) -> str:
    told = {name: _reader.told(value) for name, value in variables.items()}
    return (Markup(said) if context.autoescape else said) % told  # noqa: S704 our own sentence
