"""The log of the administration in words: one sentence a line, from what the verbs noted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forum.core.words import gettext as _
from forum.site.logos import Brand
from forum.site.models import Deed
from forum.site.settings import TABLE, said

# Longer values are cut in the log's sentences; the rows keep them whole.
LONGEST = 80


def kinds_of_deeds() -> dict[str, str]:
    """What lines can be about, as one chooses from them."""
    return {
        "setting": _("Settings"),
        "place": _("This place"),
        "page": _("Pages"),
        "tag": _("Tags"),
        "person": _("People"),
    }


def sentence(deed: Deed) -> str:
    """What happened."""
    say = _SENTENCES.get((deed.about, deed.deed))
    return say(deed) if say else _("%(what)s %(which)s: %(deed)s", what=deed.about, which=deed.subject, deed=deed.deed)


def can_be_undone(deed: Deed) -> bool:
    """Whether the log offers to take it back."""
    return (deed.about, deed.deed) in _UNDOABLE


def _setting(deed: Deed) -> str:
    if deed.subject not in TABLE:
        return _("A setting that is no more, “%(name)s”, was changed.", name=deed.subject)
    return _(
        "“%(name)s” from %(before)s to %(after)s.",
        name=_(TABLE[deed.subject].name),
        before=said(deed.subject, int(deed.before.get("value", 0))),
        after=said(deed.subject, int(deed.after.get("value", 0))),
    )


def _place(deed: Deed) -> str:
    names = {"name": _("name"), "tagline": _("tagline"), "welcome": _("welcome"), "accent": _("colour")}
    changed = [
        _(
            "%(what)s from “%(before)s” to “%(after)s”",
            what=word,
            before=_cut(deed.before, key),
            after=_cut(deed.after, key),
        )
        for key, word in names.items()
        if deed.before.get(key) != deed.after.get(key)
    ]
    return _("This place was described anew: %(changes)s.", changes="; ".join(changed) or _("nothing changed"))


def _branded(deed: Deed) -> str:
    had, has = Brand.of(deed.before), Brand.of(deed.after)
    if has.light is None:
        return _("The logo was taken away.")
    if had.light is None:
        return _("The place got a logo.")
    if has.light != had.light:
        return _("The logo was replaced by another.")
    if has.dark is None and had.dark is not None:
        return _("The logo for dark pages was taken away.")
    if has.dark != had.dark:
        return _("There is another logo for dark pages.")
    return _("The name stands beside the logo.") if has.beside else _("The name stands no longer beside the logo.")


def _published(deed: Deed) -> str:
    words = {"title": deed.after.get("title", deed.subject), "number": deed.after.get("number", "")}
    if deed.after.get("asks"):
        return _("Version %(number)s of “%(title)s” was published; members are asked to accept it.", **words)
    return _("Version %(number)s of “%(title)s” was published.", **words)


def _withdrawn(deed: Deed) -> str:
    return _("“%(title)s” was withdrawn.", title=deed.before.get("title", deed.subject))


def _merged_tags(deed: Deed) -> str:
    old = deed.before.get("tag", {})
    return _("The tag “%(tag)s” was merged into “%(into)s”.", tag=old.get("name", ""), into=deed.after.get("name", ""))


def _parted_tags(deed: Deed) -> str:
    return _(
        "“%(tag)s” is a tag of its own again, beside “%(into)s”.", tag=deed.after["name"], into=deed.before["name"]
    )


def _held(deed: Deed) -> str:
    return _(
        "The standing of %(name)s is held at “%(level)s”: %(reason)s",
        name=deed.after.get("name", ""),
        level=deed.after.get("level", ""),
        reason=deed.after.get("reason", ""),
    )


def _released(deed: Deed) -> str:
    return _("The standing of %(name)s follows from what they do again.", name=deed.after.get("name", ""))


def _moved(deed: Deed) -> str:
    words = {
        "name": deed.after.get("name", ""),
        "old": deed.before.get("email", ""),
        "new": deed.after.get("email", ""),
    }
    return _("%(name)s moved from %(old)s to %(new)s: %(reason)s", reason=deed.after.get("reason", ""), **words)


def _closed(deed: Deed) -> str:
    reason = deed.after.get("reason", "")
    return _("The account of %(name)s was closed: %(reason)s", name=deed.after.get("name", ""), reason=reason)


def _reopened(deed: Deed) -> str:
    return _("The account of %(name)s is open again.", name=deed.after.get("name", ""))


def _merged_people(deed: Deed) -> str:
    return _("%(gone)s was merged into %(into)s.", gone=deed.before.get("name", ""), into=deed.after.get("name", ""))


def _cut(values: Mapping[str, object], key: str) -> str:
    text = str(values.get(key, ""))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


_SENTENCES: Mapping[tuple[str, str], Callable[[Deed], str]] = {
    ("setting", "changed"): _setting,
    ("place", "described"): _place,
    ("place", "branded"): _branded,
    ("tag", "merged"): _merged_tags,
    ("tag", "parted"): _parted_tags,
    ("person", "held"): _held,
    ("person", "moved"): _moved,
    ("person", "closed"): _closed,
    ("person", "reopened"): _reopened,
    ("person", "merged"): _merged_people,
    ("person", "released"): _released,
    ("page", "published"): _published,
    ("page", "withdrawn"): _withdrawn,
}

_UNDOABLE = frozenset({("setting", "changed"), ("place", "branded"), ("tag", "merged")})
