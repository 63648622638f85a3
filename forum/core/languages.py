"""The languages that pages speak: English, in which they are written, and whatever has a folder in `translations/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from babel import Locale

SOURCE = "en"
TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"


@cache
def languages() -> Mapping[str, str]:
    """Code, as Babel writes it (`de`, `pt_BR`) → how the language calls itself, in the order of those names."""
    found = [SOURCE, *(folder.parent.parent.name for folder in TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo"))]
    return dict(sorted(((code, own_name(code)) for code in found), key=lambda named: named[1].casefold()))


def own_name(code: str) -> str:
    """What a language calls itself, as a word that stands alone: "Deutsch", "Français"."""
    name = Locale.parse(code).get_display_name() or code
    return name[0].upper() + name[1:]


def tag(code: str) -> str:
    """The code as browsers and search engines write it: `pt_BR` → `pt-BR`."""
    return code.replace("_", "-")


def known(code: str) -> str:
    """`code` when pages speak it, else nothing."""
    return code if code in languages() else ""


def nearest(asked: Iterable[str]) -> str:
    """The first of the wanted tags (`de-AT`, `en`) that pages speak, if only in its general form; else nothing."""
    for wanted in asked:
        code = wanted.replace("-", "_")
        for own in languages():
            if own.casefold() == code.casefold():
                return own
        general = code.partition("_")[0].casefold()
        for own in languages():
            if own.partition("_")[0].casefold() == general:
                return own
    return ""
