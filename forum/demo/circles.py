"""The groups of the demo community: one that anybody enters, one that one asks to be let into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forum.accounts import actions as accounts
from forum.accounts.actions.membership import enter_group
from forum.accounts.drafts import GroupDraft
from forum.groups import actions as groups
from forum.groups.drafts import Rules
from forum.permissions import HOUSE


@dataclass(frozen=True)
class Circle:
    """A group: those who look after it come first among its people."""

    name: str
    description: str
    joining: str
    mentioned_by: str
    written_to_by: str
    people: Sequence[str]
    owners: int = 1


CIRCLES: Sequence[Circle] = (
    Circle(
        "Tuning evening",
        "We meet online on the first Thursday of the month and tune one rank together. Bring a reed and a cup of tea.",
        "open",
        "group",
        "members",
        ("petra-w", "yuki-t", "wilf-t", "mirela", "tomasz-k", "anouk"),
    ),
    Circle(
        "Apprentices’ bench",
        "For people who learn the trade and those who teach them. Say where you learn, and we let you in.",
        "request",
        "members",
        "members",
        ("tomasz-k", "lowri-h", "pip-l", "fatou", "anouk", "vaidhya-raj"),
        owners=2,
    ),
)


def draw_circles(session: Session, people: Mapping[str, int]) -> None:
    """Make the groups, with their people in them."""
    for circle in CIRCLES:
        group = accounts.create_group(session, HOUSE, GroupDraft(circle.name, circle.description))
        rules = Rules(circle.joining, "everyone", "members", circle.mentioned_by, circle.written_to_by)
        groups.set_rules(session, HOUSE, group, rules)
        for place, name in enumerate(circle.people):
            enter_group(session, group.id, people[name], is_owner=place < circle.owners)
