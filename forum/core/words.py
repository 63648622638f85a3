"""Words for people, translatable, for code that does not know the web.

The domain says `_("A reply needs some words.")`; which language that becomes is decided by the translator that the
web installs for the time of a request. Outside of one (jobs, commands) the English source stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Protocol


class Translator(Protocol):
    """The catalogue of a language, and how that language writes what is filled in."""

    def gettext(self, message: str, /) -> str: ...

    def ngettext(self, singular: str, plural: str, count: int, /) -> str: ...

    def told(self, value: object, /) -> object: ...


class _English:
    def gettext(self, message: str, /) -> str:
        return message

    def ngettext(self, singular: str, plural: str, count: int, /) -> str:
        return singular if count == 1 else plural

    def told(self, value: object, /) -> object:
        if isinstance(value, datetime):
            instant = value.astimezone(UTC)
            return f"{instant.day} {instant:%B %Y, %H:%M} UTC"
        return f"{value.day} {value:%B %Y}" if isinstance(value, date) else value


_english = _English()
_find: Callable[[], Translator | None] = lambda: None  # noqa: E731


def install(find: Callable[[], Translator | None]) -> None:
    """`find` gives the translator of whoever is being served now, or None."""
    global _find  # noqa: PLW0603
    _find = find


def gettext(message: str, /, **variables: object) -> str:
    """The message in the reader's language, with `%(name)s` variables filled in: numbers as that language has
    them, instants as times of the reader's zone."""
    translator = _find() or _english
    said = translator.gettext(message)
    return said % _told(translator, variables) if variables else said


def ngettext(singular: str, plural: str, count: int, /, **variables: object) -> str:
    """Singular or plural by count, as the reader's language counts; `%(num)s` is the count."""
    translator = _find() or _english
    said = translator.ngettext(singular, plural, count)
    return said % _told(translator, {"num": count} | variables)


def _told(translator: Translator, variables: Mapping[str, object]) -> dict[str, object]:
    return {name: translator.told(value) for name, value in variables.items()}


def mark(message: str, /) -> str:
    """The message itself, marked for translation: tables hold it so and say it later with `gettext`."""
    return message
