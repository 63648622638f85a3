"""The log of the administration in words: one sentence a line, from what the verbs noted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from forum.admin import changes
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.sanctions.wording import about_member
from forum.site.logos import Brand
from forum.site.models import Deed
from forum.site.rules import title_of
from forum.site.settings import TABLE, said


def kinds_of_deeds() -> dict[str, str]:
    """What lines can be about, as one chooses from them."""
    return {
        "setting": _("Settings"),
        "place": _("This place"),
        "page": _("Pages"),
        "section": _("Sections"),
        "board": _("Boards"),
        "tag": _("Tags"),
        "reason": _("Saved reasons"),
        "word": _("Watched words"),
        "group": _("Groups"),
        "gate": _("Joining"),
        "organization": _("Organization"),
        "person": _("People"),
        "peer": _("Peer moderators"),
        "block": _("Blocks"),
        "report": _("Reports of illegal content"),
    }


def sentence(deed: Deed) -> str:
    """What happened."""
    say = SENTENCES.get((deed.about, deed.deed))
    return say(deed) if say else _("%(what)s %(which)s: %(deed)s", what=deed.about, which=deed.subject, deed=deed.deed)


def can_be_undone(deed: Deed) -> bool:
    """Whether the log offers to take it back."""
    if (deed.about, deed.subject) == ("place", "host"):
        return bool(deed.before.get("host"))  # once it has a host, it has one
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


def _linked(deed: Deed) -> str:
    words = {"title": deed.after.get("title", deed.subject)}
    if deed.after.get("footer"):
        return _("“%(title)s” is linked at the foot of every page.", **words)
    return _("“%(title)s” is linked no longer at the foot of every page.", **words)


def _merged_tags(deed: Deed) -> str:
    old = deed.before.get("tag", {})
    return _("The tag “%(tag)s” was merged into “%(into)s”.", tag=old.get("name", ""), into=deed.after.get("name", ""))


def _parted_tags(deed: Deed) -> str:
    return _(
        "“%(tag)s” is a tag of its own again, beside “%(into)s”.",
        tag=deed.after.get("name", ""),
        into=deed.before.get("name", ""),
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


def _sanctioned(deed: Deed) -> str:
    return _(
        "Decided of %(name)s: %(what)s (%(rule)s).",
        name=deed.after.get("name", ""),
        what=about_member(deed.after.get("kind", ""), deed.after.get("right", "")),
        rule=title_of(deed.after.get("rule", "")),
    )


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


def _said(message: str) -> Callable[[Deed], str]:
    """A sentence with what the line names: `%(name)s`, `%(person)s`, …"""

    def say(deed: Deed) -> str:
        words = (
            {
                "name": "",
                "person": "",
                "word": "",
                "email": "",
                "organization": "",
                "number": "",
                "note": "",
                "title": "",
                "board": "",
                "reason": "",
                "words": "",
                "when": "",
                "week": "",
            }
            | deed.before
            | deed.after
        )
        named = deed.after.get("called") or deed.before.get("called") or words["name"]
        return _(message, **{**words, "name": named})

    return say


SENTENCES: Mapping[tuple[str, str], Callable[[Deed], str]] = {
    ("setting", "changed"): _setting,
    ("place", "described"): changes.place,
    ("place", "changed"): changes.host,
    ("place", "known_as"): changes.known_as,
    ("place", "branded"): _branded,
    ("tag", "merged"): _merged_tags,
    ("tag", "parted"): _parted_tags,
    ("person", "held"): _held,
    ("person", "moved"): _moved,
    ("person", "closed"): _closed,
    ("person", "reopened"): _reopened,
    ("person", "merged"): _merged_people,
    ("person", "released"): _released,
    ("person", "sanctioned"): _sanctioned,
    ("person", "sanction_lifted"): _said(mark("Something decided of %(name)s was ended early.")),
    ("person", "sanction_revoked"): _said(mark("Something decided of %(name)s was taken back.")),
    ("person", "note_deleted"): _said(mark("A moderators’ note about %(name)s was thrown away.")),
    ("peer", "taken_out"): _said(mark("A peer moderator, %(name)s, was taken out: the public log says so.")),
    ("page", "published"): _published,
    ("page", "withdrawn"): _withdrawn,
    ("page", "linked"): _linked,
    ("section", "created"): _said(mark("There is a section “%(name)s” now.")),
    ("section", "changed"): changes.section,
    ("section", "deleted"): _said(mark("The section “%(name)s” was deleted.")),
    ("board", "created"): _said(mark("There is a board “%(name)s” now.")),
    ("board", "changed"): changes.board,
    ("board", "opened_to"): changes.rights,
    ("board", "archived"): _said(mark("The board “%(name)s” was archived.")),
    ("board", "reopened"): _said(mark("The board “%(name)s” is open again.")),
    ("board", "deleted"): _said(mark("The board “%(name)s” was deleted.")),
    ("board", "appointed"): _said(
        mark("%(person)s was asked to look after the board “%(name)s” for %(number)s months: %(reason)s")
    ),
    ("board", "accepted"): _said(mark("%(person)s looks after the board “%(name)s” until %(when)s.")),
    ("board", "declined"): _said(mark("%(person)s would rather not look after the board “%(name)s”.")),
    ("board", "called_back"): _said(mark("%(person)s is not asked any more to look after the board “%(name)s”.")),
    ("board", "resigned"): _said(mark("%(person)s gave up looking after the board “%(name)s”.")),
    ("board", "dismissed"): _said(mark("%(person)s was relieved of looking after the board “%(name)s”.")),
    ("board", "over"): _said(mark("The term of %(person)s, who looked after the board “%(name)s”, is over.")),
    ("board", "followed"): changes.level,
    ("board", "given"): changes.given,
    ("board", "taken_back"): changes.taken_back,
    ("reason", "created"): _said(mark("Moderators have a saved reason “%(name)s” now.")),
    ("reason", "changed"): _said(mark("The saved reason “%(name)s” was changed.")),
    ("reason", "deleted"): _said(mark("The saved reason “%(name)s” was thrown away.")),
    ("tag", "created"): _said(mark("There is a tag “%(name)s” now.")),
    ("tag", "changed"): changes.tag,
    ("tag", "deleted"): _said(mark("The tag “%(name)s” was deleted.")),
    ("tag", "worded"): _said(mark("“%(word)s” is another word for the tag “%(name)s” now.")),
    ("tag", "unworded"): _said(mark("“%(word)s” is no longer another word for the tag “%(name)s”.")),
    ("word", "created"): _said(mark("“%(name)s” is watched for.")),
    ("word", "changed"): changes.word,
    ("word", "deleted"): _said(mark("“%(name)s” is watched for no longer.")),
    ("group", "created"): _said(mark("There is a group “%(name)s” now.")),
    ("group", "changed"): changes.group,
    ("group", "deleted"): _said(mark("The group “%(name)s” was deleted.")),
    ("group", "added"): _said(mark("%(person)s was put into the group “%(name)s”.")),
    ("group", "removed"): _said(mark("%(person)s was taken out of the group “%(name)s”.")),
    ("group", "invited"): _said(mark("%(person)s was invited into the group “%(name)s”.")),
    ("group", "refused"): _said(mark("%(person)s was not let into the group “%(name)s”.")),
    ("group", "owner_made"): _said(mark("%(person)s looks after the group “%(name)s” now.")),
    ("group", "owner_unmade"): _said(mark("%(person)s looks after the group “%(name)s” no longer.")),
    ("gate", "changed"): changes.gate,
    ("organization", "added"): _said(mark("“%(name)s” takes part as a partner now.")),
    ("organization", "changed"): changes.organization,
    ("organization", "affiliated"): _said(mark("%(name)s belongs to “%(organization)s” now.")),
    ("organization", "parted"): _said(mark("%(name)s belongs to “%(organization)s” no longer.")),
    ("organization", "granted"): changes.granted,
    ("organization", "ended"): changes.ended,
    ("organization", "chartered"): _said(mark("Version %(number)s of the charter was saved: %(note)s")),
    ("organization", "noticed"): _said(mark("“%(title)s” was published as a notice about “%(note)s”.")),
    ("organization", "incident_began"): _said(mark("An incident was declared for at most %(number)s hours: %(note)s")),
    ("organization", "incident_ended"): _said(mark("The incident is over: %(note)s")),
    ("organization", "banner_raised"): _said(mark("A banner was raised: %(note)s")),
    ("organization", "banner_ended"): _said(mark("The banner was taken down: %(note)s")),
    ("organization", "recomputed"): _said(
        mark("The scorecard of %(week)s was reckoned anew as version %(number)s: %(reason)s")
    ),
    ("organization", "decided"): _said(mark("Decision %(number)s was entered: %(title)s")),
    ("organization", "recognized"): _said(mark("A contribution on %(board)s was recognized.")),
    ("organization", "unrecognized"): _said(mark("A recognition on %(board)s was taken back: %(reason)s")),
    ("organization", "award_added"): _said(mark("There is an award “%(name)s” now.")),
    ("organization", "award_retired"): _said(mark("The award “%(name)s” is given no more.")),
    ("person", "perks_given"): _said(mark("%(name)s has perks from the organization: %(words)s")),
    ("person", "perks_ended"): _said(mark("%(name)s has no perks from the organization any more.")),
    ("organization", "shift_given"): _said(mark("%(name)s was put on the rota: %(when)s.")),
    ("organization", "shift_changed"): _said(mark("A shift was changed, now of %(name)s: %(when)s.")),
    ("organization", "shift_removed"): _said(mark("A shift of %(name)s was taken off the rota: %(when)s.")),
    ("block", "blocked"): _said(mark("%(name)s was blocked: %(reason)s")),
    ("block", "unblocked"): _said(mark("%(name)s is not blocked any more.")),
    ("person", "addresses_seen"): _said(mark("From where %(name)s came was looked up.")),
    ("person", "spam_removed"): _said(mark("Everything of account %(number)s was removed as spam: %(reason)s")),
    ("person", "spam_restored"): _said(mark("Everything of account %(number)s was given back.")),
    ("report", "answered"): _said(mark("Report %(number)s of illegal content was decided.")),
    ("report", "reopened"): _said(mark("Report %(number)s of illegal content was opened again.")),
    ("person", "awaited"): _said(mark("The account of %(name)s was offered to %(email)s.")),
    ("person", "uninvited"): _said(mark("An invitation by %(name)s was revoked.")),
    ("person", "let_in"): _said(mark("%(name)s asked to join and was let in.")),
    ("person", "waits_again"): _said(mark("The answer to somebody who asked to join was taken back.")),
    ("person", "declined"): _said(mark("Somebody asked to join and was told no.")),
}

_UNDOABLE = frozenset({("setting", "changed"), ("place", "known_as"), ("place", "branded"), ("tag", "merged")})
