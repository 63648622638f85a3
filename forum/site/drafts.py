"""What an administrator hands to the verb: the welcome already rendered, before any transaction was opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from forum.core.lines import many_lines
from forum.core.markup import render
from forum.site import settings
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
