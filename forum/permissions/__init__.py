"""Who may do what: one table (`rules.py`), used three ways.

`require(actor, act, subject)` in verbs, `allows(actor, act, subject)` in templates, and each capability's
`visible(actor)` as SQL in queries. Knows acts, actors and small protocols, no model: subjects only have to look right.
"""

from forum.permissions.actors import (
    GUEST,
    HOUSE,
    RIGHTS,
    Actor,
    Belonging,
    Group,
    Kind,
    Restraint,
    Right,
    Role,
    Trust,
)
from forum.permissions.acts import Act
from forum.permissions.asking import allows, require
from forum.permissions.peers import is_peer

__all__ = [
    "GUEST",
    "HOUSE",
    "RIGHTS",
    "Act",
    "Actor",
    "Belonging",
    "Group",
    "Kind",
    "Restraint",
    "Right",
    "Role",
    "Trust",
    "allows",
    "is_peer",
    "require",
]
