"""What translators have: the messages of the code, and each language's words for them, as `make words` leaves them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted((ROOT / "translations").glob("*/LC_MESSAGES/messages.po"))
SOURCES = [("forum/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
# As pybabel has them, and those that the Makefile adds.
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None, "mark": None}

Message = str | tuple[str, ...]


@cache
def messages_of_code() -> Mapping[Message, str]:
    """Message, or singular and plural → a file that says it."""
    found = extract_from_dir(str(ROOT), method_map=SOURCES, keywords=KEYWORDS)
    return {message: file for file, _line, message, _comments, _context in found}


@cache
def catalogue(path: Path) -> Catalog:
    """The words of one language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def forms(said: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """A message or translation as its forms: one, or one for each plural."""
    return (said,) if isinstance(said, str) else tuple(said or ())
