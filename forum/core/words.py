"""Words for people, translatable, for code that does not know the web.

The domain says `_("A reply needs some words.")`; which language that becomes is decided by the translator that the
web installs for the time of a request. Outside of one (jobs, commands) the English source stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Translator(Protocol):
    """What Flask-Babel gives, and any gettext catalogue."""

    def gettext(self, message: str, /, **variables: object) -> str: ...

    def ngettext(self, singular: str, plural: str, count: int, /, **variables: object) -> str: ...


class _English:
    def gettext(self, message: str, /, **variables: object) -> str:
        return message % variables if variables else message

    def ngettext(self, singular: str, plural: str, count: int, /, **variables: object) -> str:
        variables.setdefault("num", count)
        return (singular if count == 1 else plural) % variables


_english = _English()
_find: Callable[[], Translator | None] = lambda: None  # noqa: E731


def install(find: Callable[[], Translator | None]) -> None:
    """`find` gives the translator of whoever is being served now, or None."""
    global _find  # noqa: PLW0603
    _find = find


def gettext(message: str, /, **variables: object) -> str:
    """The message in the reader's language, with `%(name)s` variables filled in."""
    return (_find() or _english).gettext(message, **variables)


def ngettext(singular: str, plural: str, count: int, /, **variables: object) -> str:
    """Singular or plural by count; `%(num)s` is the count."""
    return (_find() or _english).ngettext(singular, plural, count, **variables)


def mark(message: str, /) -> str:
    """The message itself, marked for translation: tables hold it so and say it later with `gettext`."""
    return message
