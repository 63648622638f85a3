"""What an administrator hands to the verb: the welcome already rendered, before any transaction was opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from forum.core import images
from forum.core.errors import Invalid
from forum.core.lines import many_lines
from forum.core.markup import render
from forum.core.storage import Storage
from forum.site import settings
from forum.site.logos import GROUND, LIGHT, Picture
from forum.site.models import Site

LONGEST_WELCOME = 4000


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """The place as somebody wants it. An empty `accent` is the house's own green."""

    name: str
    tagline: str = ""
    welcome_source: str = ""
    welcome_html: str = ""
    accent: str = ""


@dataclass(frozen=True, slots=True)
class LogoDraft:
    """New pictures by variant, kept in the storage already, and the icon made of the light one, if that is new."""

    pictures: Mapping[str, Picture]
    icon: Picture | None = None
    beside: bool = True


def logo_draft(brought: Mapping[str, bytes], beside: bool, storage: Storage) -> LogoDraft:
    """Write the pictures anew and keep them; call it before a transaction. What is no picture is `Invalid`, with its
    variant. Kept under their content: earlier ones stay, so that the log can bring them back."""

    def keep(made: images.Picture) -> Picture:
        return Picture(storage.put("logos", made.data, made.extension), made.width, made.height)

    written: dict[str, images.Picture] = {}
    for variant, data in brought.items():
        try:
            written[variant] = images.logo(data)
        except Invalid as error:
            raise Invalid(error.sentence, variant) from error
    icon = keep(images.icon(written[LIGHT].data, GROUND)) if LIGHT in written else None
    return LogoDraft({variant: keep(made) for variant, made in written.items()}, icon, beside)


def welcome(source: str) -> tuple[str, str]:
    """The welcome cleaned, and its HTML. Too long a text is left unrendered: the verb refuses it in words."""
    clean = many_lines(source)
    return clean, render(clean).html if clean and len(clean) <= LONGEST_WELCOME else ""


def site_draft(site: Site) -> SiteDraft:
    """The place as it is now."""
    return SiteDraft(site.name, site.tagline, site.welcome_source, site.welcome_html, site.accent)


def fingerprint(draft: SiteDraft) -> str:
    """Tells whether something changed between showing a form and sending it."""
    parts = (draft.name, draft.tagline, draft.welcome_source, draft.accent)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def settings_fingerprint(section: str, kept: Mapping[str, int]) -> str:
    """The same for the settings of a section."""
    values = [settings.number(kept, setting.key) for setting in settings.of_section(section)]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]
