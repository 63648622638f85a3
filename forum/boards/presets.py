"""Rights by group: the usual arrangements, and what makes sense. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from forum.core.errors import Invalid
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.permissions import Group, Right

Rights = Mapping[int, frozenset[Right]]

SEE, START, REPLY, MODERATE = Right.SEE, Right.START, Right.REPLY, Right.MODERATE

# Visitors have no name to write under, so all that can be given to everyone is sight.
_OFFERED: Mapping[int, tuple[Right, ...]] = {Group.EVERYONE: (SEE,), Group.MEMBERS: (SEE, START, REPLY)}


@dataclass(frozen=True, slots=True)
class Preset:
    """A usual arrangement of rights."""

    key: str
    name: str
    summary: str
    rights: Rights


def _given(**groups: Collection[Right]) -> Rights:
    return {int(Group[name.upper()]): frozenset(rights) for name, rights in groups.items()}


_TABLE: Mapping[str, Preset] = {
    preset.key: preset
    for preset in (
        Preset(
            "public",
            mark("Public"),
            mark("Everybody reads, members write."),
            _given(
                everyone=[SEE], members=[SEE, START, REPLY], moderators=[SEE, MODERATE], administrators=[SEE, MODERATE]
            ),
        ),
        Preset(
            "members",
            mark("Members only"),
            mark("Only members read and write."),
            _given(members=[SEE, START, REPLY], moderators=[SEE, MODERATE], administrators=[SEE, MODERATE]),
        ),
        Preset(
            "announcements",
            mark("Announcements"),
            mark("Everybody reads, staff start topics, members reply."),
            _given(
                everyone=[SEE],
                members=[SEE, REPLY],
                staff=[SEE, START, REPLY],
                moderators=[SEE, MODERATE],
                administrators=[SEE, START, MODERATE],
            ),
        ),
        Preset(
            "staff",
            mark("Staff only"),
            mark("Only people of the organization and administrators know of it."),
            _given(staff=[SEE, START, REPLY], administrators=[SEE, START, REPLY, MODERATE]),
        ),
    )
}

KEYS: tuple[str, ...] = tuple(_TABLE)


def presets() -> tuple[Preset, ...]:
    """All of them, in the reader's language."""
    return tuple(replace(preset, name=_(preset.name), summary=_(preset.summary)) for preset in _TABLE.values())


def preset_rights(key: str) -> Rights:
    """The rights of a preset; Invalid where there is none of this name."""
    if key not in _TABLE:
        raise Invalid(_("Choose who may read and write."), "preset")
    return _TABLE[key].rights


def offered(group_id: int) -> tuple[Right, ...]:
    """The rights that can be given to a group."""
    return _OFFERED.get(group_id, tuple(Right))


def checked(rights: Rights, names: Mapping[int, str]) -> Rights:
    """The rights without empty rows, or Invalid: somebody must see the board, and nobody may act where they do not.

    `names` are the groups that exist, by id.
    """
    given = {group: frozenset(found) for group, found in rights.items() if found}
    for group, found in given.items():
        if group not in names:
            raise Invalid(_("One of these groups is gone meanwhile. Load the page again."))
        if not found <= set(offered(group)):
            raise Invalid(_("“%(group)s” cannot be given all of these rights.", group=names[group]))
        if found != {SEE} and not _sees(group, given):
            raise Invalid(_("“%(group)s” may act here but not see the board. Tick “see” as well.", group=names[group]))
    if not any(SEE in found for found in given.values()):
        raise Invalid(_("Nobody would see this board any more. Tick “see” for one group, or archive the board."))
    return given


def _sees(group: int, given: Rights) -> bool:
    """Whether everybody in the group sees the board, through the groups that everybody is in too."""
    return any(SEE in given.get(one, frozenset()) for one in (group, Group.MEMBERS, Group.EVERYONE))
