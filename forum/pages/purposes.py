"""The pages that every place has, and where they stand. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forum.core.words import mark


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a page is for. Members accept it: before they join, and again when a version says so."""

    slug: str
    title: str
    sentence: str
    is_accepted: bool = False


PURPOSES: Mapping[str, Purpose] = {
    purpose.slug: purpose
    for purpose in (
        Purpose("about", mark("About"), mark("Whose place this is, what its people practise, who pays for it.")),
        Purpose("rules", mark("Rules"), mark("How people treat each other here, and what happens when not."), True),
        Purpose(
            "privacy", mark("Privacy"), mark("What is kept of people, why, for how long, and whom they can ask."), True
        ),
        Purpose("contact", mark("Contact"), mark("How to reach somebody who looks after this place.")),
        Purpose("legal", mark("Legal notice"), mark("Who answers for this place in law.")),
    )
}

ACCEPTED: tuple[str, ...] = tuple(slug for slug, purpose in PURPOSES.items() if purpose.is_accepted)


def path(slug: str) -> str:
    """The address of a page."""
    return f"/{slug}" if slug in PURPOSES else f"/pages/{slug}"


def place(slug: str) -> tuple[int, str]:
    """Where a page stands in lists: the usual ones first, in their order, then the others by address."""
    order = list(PURPOSES)
    return (order.index(slug), "") if slug in PURPOSES else (len(order), slug)
