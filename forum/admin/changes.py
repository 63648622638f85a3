"""What changed from what to what, in words, for the lines of the log that name several things at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from forum.boards import kinds
from forum.core.words import gettext as _
from forum.core.words import mark, ngettext
from forum.following.levels import Level, place_levels
from forum.holds.wording import ACTIONS
from forum.organization import wording as organizations
from forum.site.models import Deed

# Longer values are cut in the log's sentences; the rows keep them whole.
LONGEST = 80

_PLACE = {"name": mark("name"), "tagline": mark("tagline"), "welcome": mark("welcome"), "accent": mark("colour")}
_BOARD = {
    "name": mark("name"),
    "address": mark("address"),
    "description": mark("description"),
    "kind": mark("kind"),
    "guidance": mark("guidance"),
    "peer_first": mark("members answer first"),
    "decision": mark("decision behind it"),
    "member_run": mark("run by members"),
    "is_feedback": mark("for what people think of the organization"),
    "time_zone": mark("time zone"),
    "slow_minutes": mark("slow mode, in minutes"),
    "holds_topics": mark("new topics wait for a moderator"),
    "holds_replies": mark("replies wait for a moderator"),
    "section": mark("section"),
    "parent": mark("board above"),
    "place": mark("place"),
}
_TAG = {
    "name": mark("name"),
    "description": mark("description"),
    "about": mark("text"),
    "is_reserved": mark("reserved"),
}
_GROUP = {
    "name": mark("name"),
    "description": mark("description"),
    "joining": mark("how one comes in"),
    "seen_by": mark("who sees it"),
    "members_seen_by": mark("who sees who is in it"),
    "mentioned_by": mark("who may mention it"),
    "written_to_by": mark("who may write to it"),
    "auto_domains": mark("mail domains"),
    "auto_role": mark("standing"),
}
_GATE = {
    "mode": mark("who may join"),
    "inviters": mark("who may invite"),
    "allowed_domains": mark("only these mail domains"),
    "blocked_domains": mark("never these mail domains"),
    "question": mark("question"),
    "answers": mark("answers"),
}
_WORD = {
    "called": mark("word"),
    "does": mark("what it does"),
    "instead": mark("the tag, or the words instead"),
    "board": mark("board"),
    "in_links": mark("also in addresses of links"),
}
# Words for what rows keep as a key, as the forms have them.
_VALUES: Mapping[str, Mapping[str, str]] = {
    "joining": {
        "open": mark("Open: whoever wants to"),
        "request": mark("On request: its owners decide"),
        "invitation": mark("By invitation of its owners"),
        "automatic": mark("By itself: from one’s address or standing"),
    },
    "auto_role": {
        "staff": mark("People of the organization"),
        "moderators": mark("Moderators"),
        "regulars": mark("Regulars"),
    },
    "does": ACTIONS,
    "mode": {
        "open": mark("Everybody, once their address is confirmed"),
        "approval": mark("Everybody, once somebody here has said yes"),
        "invitation": mark("Those who were invited"),
    },
    "inviters": {
        "administrators": mark("Administrators"),
        "regulars": mark("Regulars, too"),
        "members": mark("Every member but newcomers"),
    },
}
_AUDIENCE = {
    "everyone": mark("Everybody, guests too"),
    "members": mark("All members of this place"),
    "group": mark("Its own members"),
    "nobody": mark("Nobody"),
}
_RIGHTS = {"see": mark("see"), "start": mark("start topics"), "reply": mark("reply"), "moderate": mark("moderate")}


def place(deed: Deed) -> str:
    """What the place is called and how it greets."""
    return _("This place was described anew: %(changes)s.", changes=_changes(deed, _PLACE) or _("nothing changed"))


def host(deed: Deed) -> str:
    """Who hosts the place."""
    words = {"before": deed.before.get("host", ""), "after": deed.after.get("host", "")}
    if words["before"]:
        return _("The organization that hosts this place: from “%(before)s” to “%(after)s”.", **words)
    return _("“%(after)s” hosts this place.", **words)


def known_as(deed: Deed) -> str:
    """What people call the host besides."""
    names = ", ".join(deed.after.get("names", []))
    if not names:
        return _("The organization that hosts this place is known by its own name alone.")
    return _("The organization that hosts this place is also known as %(names)s.", names=names)


def organization(deed: Deed) -> str:
    """What an organization says of itself."""
    return _("“%(name)s” says of itself: %(about)s", name=_called(deed), about=_cut(str(deed.after.get("about", ""))))


def granted(deed: Deed) -> str:
    """A role in which somebody may speak."""
    return _(
        "%(name)s may speak as %(role)s, known by %(evidence)s.",
        name=deed.after.get("name", ""),
        role=organizations.role(str(deed.after.get("role", ""))),
        evidence=_cut(str(deed.after.get("evidence", ""))),
    )


def ended(deed: Deed) -> str:
    """And may not any more."""
    role = organizations.role(str(deed.before.get("role", "")))
    return _("%(name)s speaks as %(role)s no longer.", name=deed.before.get("name", ""), role=role)


def section(deed: Deed) -> str:
    """A heading, renamed or placed."""
    return _("The section “%(name)s”: %(changes)s.", name=_called(deed), changes=_changes(deed, _BOARD))


def board(deed: Deed) -> str:
    """A board, described or placed."""
    return _("The board “%(name)s”: %(changes)s.", name=_called(deed), changes=_changes(deed, _BOARD))


def tag(deed: Deed) -> str:
    """A tag, described."""
    return _("The tag “%(name)s”: %(changes)s.", name=_called(deed), changes=_changes(deed, _TAG))


def group(deed: Deed) -> str:
    """A group and its rules."""
    return _("The group “%(name)s”: %(changes)s.", name=_called(deed), changes=_changes(deed, _GROUP))


def gate(deed: Deed) -> str:
    """Who may sign up."""
    return _("Who may join was said anew: %(changes)s.", changes=_changes(deed, _GATE))


def rights(deed: Deed) -> str:
    """Who may do what on a board; the groups are called as they were called then."""
    changed = [
        _("%(what)s from “%(before)s” to “%(after)s”", what=name, before=_rights(before), after=_rights(after))
        for name, after in deed.after.items()
        if name in deed.before and (before := deed.before[name]) != after
    ]
    return _("Rights on the board “%(name)s”: %(changes)s.", name=_called(deed), changes="; ".join(changed))


def level(deed: Deed) -> str:
    """How those who join follow a board."""
    return _(
        "Those who join follow “%(name)s”: from “%(before)s” to “%(after)s”.",
        name=_called(deed),
        before=_level(deed.before.get("level")),
        after=_level(deed.after.get("level")),
    )


def given(deed: Deed) -> str:
    """The default given to those who never chose."""
    return ngettext(
        "%(num)s person who never chose follows “%(name)s” as “%(level)s” now.",
        "%(num)s people who never chose follow “%(name)s” as “%(level)s” now.",
        deed.after.get("people", 0),
        name=_called(deed),
        level=_level(deed.after.get("level")),
    )


def taken_back(deed: Deed) -> str:
    """And taken back."""
    words = {"name": _called(deed), "level": _level(deed.after.get("level"))}
    return _("“%(level)s” on the board “%(name)s” was taken back from those who never chose.", **words)


def word(deed: Deed) -> str:
    """What of a watched word is another now; its name in `after` is the one that it had."""
    now = str(deed.after.get("called", ""))
    return _("The watched word “%(name)s” was changed: %(changes)s.", name=now, changes=_changes(deed, _WORD))


def _changes(deed: Deed, names: Mapping[str, str]) -> str:
    return "; ".join(
        _(
            "%(what)s from “%(before)s” to “%(after)s”",
            what=_(word),
            before=_value(key, deed.before.get(key)),
            after=_value(key, deed.after.get(key)),
        )
        for key, word in names.items()
        if deed.before.get(key) != deed.after.get(key)
    )


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    text = "" if value is None else str(value)
    if key == "kind" and text in kinds.KEYS:
        return kinds.kind(text).name
    known = _VALUES.get(key) or (_AUDIENCE if key.endswith("_by") else {})
    return _(known[text]) if text in known else _cut(text) or "–"


def _rights(kept: str) -> str:
    return (
        ", ".join(_(_RIGHTS[right]) for right in ("see", "start", "reply", "moderate") if right in kept.split()) or "–"
    )


def _level(kept: str | None) -> str:
    return place_levels()[Level(kept or Level.NORMAL)].name


def _called(deed: Deed) -> str:
    return str(deed.after.get("called", ""))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
