"""The words of the log and of the report. Tables, said when shown."""

from __future__ import annotations

from collections.abc import Mapping

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.holds import wording as holds
from forum.moderation import queue_words as moderation
from forum.moderation.operations import OPERATIONS
from forum.openness.lines import APPEAL, DECISION, NOTICE, PEER, REVOKED, SANCTION, SPAM, STEP, TOOL, WORD
from forum.openness.queries import Line
from forum.permissions import Kind
from forum.sanctions import wording as sanctions

# What was done to what.
_DECIDED: Mapping[str, Mapping[str, str]] = {
    "post": {
        "keep": mark("A post was left as it is"),
        "hide": mark("A post was hidden"),
        "remove": mark("A post was removed"),
    },
    "topic": {
        "keep": mark("A topic was left as it is"),
        "lock": mark("A topic takes no more replies"),
        "archive": mark("A topic was frozen"),
    },
    "account": {"keep": mark("A profile was left as it is"), "clear": mark("A profile was emptied")},
    "held": {"release": mark("A held post was posted"), "reject": mark("A held post was not posted")},
}
_ANSWERED: Mapping[str, str] = {
    "upheld": mark("An objection was answered: the decision stays"),
    "reversed": mark("An objection was answered: the decision was taken back"),
}
_REPORTED: Mapping[str, str] = {
    "removed": mark("A report of illegal content was answered: it was removed"),
    "limited": mark("A report of illegal content was answered: it is limited"),
    "kept": mark("A report of illegal content was answered: it stays"),
}
_STEPS: Mapping[str, str] = {
    "locked": mark("A topic takes no more replies"),
    "unlocked": mark("A topic takes replies again"),
    "archived": mark("A topic was frozen"),
    "unarchived": mark("A topic lives again"),
    "moved": mark("A topic was moved to another board"),
    "retitled": mark("A topic got another title"),
    "duplicate": mark("A topic was closed: another says the same"),
    "owner": mark("A topic got another owner"),
    "slow.on": mark("A topic was slowed down"),
    "slow.off": mark("A topic runs at its own pace again"),
    "merged.here": mark("Topics were merged"),
    "unmerged": mark("Merged topics were parted again"),
    "split.away": mark("Posts were moved to another topic"),
    "unsplit": mark("Posts were put back into their topic"),
}
_TOOLS: Mapping[str, str] = {
    "tag": mark("Topics got tags"),
    "untag": mark("Topics lost tags"),
    "close_at": mark("Topics got a time at which they close"),
    "open_ended": mark("Topics do not close by themselves any more"),
}
_SPAM = mark("A spam account was removed, with everything of it")
_SANCTIONS: Mapping[str, str] = {
    Kind.WARNING: mark("Warnings"),
    Kind.WITHDRAWN: mark("Rights withdrawn"),
    Kind.READ_ONLY: mark("Reading only"),
    Kind.SUSPENSION: mark("Suspensions"),
}
_WORDS: Mapping[str, str] = {
    "created": mark("A word is watched for"),
    "changed": mark("A watched word was changed"),
    "deleted": mark("A word is watched for no longer"),
}
_OTHER: Mapping[str, Mapping[str, str]] = {
    APPEAL: _ANSWERED,
    NOTICE: _REPORTED,
    PEER: {"taken_out": mark("A peer moderator was taken out of the moderators")},
    SPAM: {SPAM: _SPAM},
    STEP: _STEPS,
    TOOL: _TOOLS,
    WORD: _WORDS,
}
# How something ended that does not stand any more.
_HOW: Mapping[str, str] = {
    "undo": mark("Taken back by moderators"),
    "appeal": mark("Taken back after an objection"),
    "lapse": mark("Undone: no peer moderator looked in time"),
    "refused": mark("A peer moderator said no"),
    "kept": mark("A moderator looked, and left it as it was"),
    "mended": mark("Its author mended it"),
    "lapsed": mark("Lapsed: what it was about is gone"),
    "restored": mark("Put back by moderators"),
}


def done(line: Line) -> str:
    """What was done."""
    if line.source == DECISION:
        said = _DECIDED.get(line.about, {}).get(line.act)
        return _(said) if said else moderation.act(line.act)
    if line.source == SANCTION:
        return _("A member: %(what)s", what=sanctions.about_member(line.act, line.about))
    if line.source == REVOKED:
        return _("Taken back as if it had never been: %(what)s", what=sanctions.about_member(line.act, line.about))
    if line.source == PEER and line.by_host:
        return _("A peer moderator was taken out of the moderators by the organization")
    said = _(_OTHER[line.source][line.act])
    if line.source == WORD and line.about:
        return _("%(said)s (%(what)s)", said=said, what=holds.actions()[line.about])
    return _("%(what)s: %(number)s", what=said, number=line.number) if line.source == TOOL else said


def acts() -> Mapping[str, Mapping[str, str]]:
    """All that can be asked for, in groups: source and act → words."""
    return {
        _("Decisions by a rule"): {f"{DECISION}:{key}": moderation.act(key) for key in OPERATIONS},
        _("Sanctions"): {
            **{f"{SANCTION}:{key}": _(title) for key, title in _SANCTIONS.items()},
            **{f"{REVOKED}:{key}": _("%(what)s taken back", what=_(title)) for key, title in _SANCTIONS.items()},
            f"{SPAM}:{SPAM}": _(_SPAM),
        },
        _("Objections and reports"): _those(APPEAL, NOTICE),
        _("Topics"): _those(STEP, TOOL),
        _("Watched words"): _those(WORD),
        _("Moderators"): _those(PEER),
    }


def _those(*sources: str) -> Mapping[str, str]:
    return {f"{source}:{key}": _(said) for source in sources for key, said in _OTHER[source].items()}


def sanction(key: str) -> str:
    """What a kind of sanctions is called."""
    return _(_SANCTIONS[Kind(key)])


def how(key: str) -> str:
    """How something was taken back."""
    return _(_HOW[key])


def ended(line: Line) -> str:
    """How a line that does not stand any more ended; "" for one that does."""
    if line.state == "in_force":
        return ""
    if line.state == "lifted":
        return _("Ended early by moderators")
    return how(line.how or "undo")


def role(line: Line) -> str:
    """As what somebody did it."""
    return moderation.role(line.role)


def roles() -> Mapping[str, str]:
    """All of them."""
    return {key: moderation.role(key) for key in ("moderator", "board_moderator", "administrator", "house")}


def facts(line: Line) -> list[str]:
    """By whom in which role, how it was found, whether a peer agreed: one after the other."""
    said = [_("on a board that you do not see")] if line.elsewhere else []
    said.append(role(line) if line.role == "house" else _("by %(role)s", role=role(line)))
    if line.by_host:
        said.append(_("belongs to the organization"))
    said.append(_("automatically") if line.automated else _("not automatically"))
    if line.rule and line.detected:
        said.append(moderation.detected(line.detected))
    if line.concerns_host:
        said.append(_("by or about the organization"))
    if line.emergency:
        said.append(_("done at once, in an emergency"))
    if line.confirmed:
        said.append(_("confirmed by a peer moderator"))
    if line.review:
        said.append(_("a peer moderator still looks at it"))
    return said
