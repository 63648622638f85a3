"""What a statement of reasons says in plain words: tables to be read from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.moderation import queue_words
from forum.moderation.appeal_models import Appeal
from forum.moderation.models import Ruling
from forum.moderation.operations import OPERATIONS, SANCTION
from forum.sanctions.wording import to_member
from forum.site.rules import DETECTED, RULES, Rule

_ROLES: Mapping[str, str] = {
    "house": mark("this place itself"),
    "administrator": mark("an administrator"),
    "moderator": mark("a moderator"),
    "board_moderator": mark("a moderator of this board"),
    "member": mark("a member"),
}
_BEFORE: Mapping[str, str] = {
    "keep": mark("Nothing changed."),
    "hide": mark("Whoever sees the board could read it."),
    "remove": mark("Whoever sees the board could read it."),
    "lock": mark("Whoever may reply on the board could reply."),
    "release": mark("It waited for a moderator."),
    "reject": mark("It waited for a moderator."),
    "spam": mark("Others could read what you wrote, and you could take part."),
    "clear": mark("Everybody who saw the profile could read it."),
    "archive": mark("People could reply, react and edit."),
}
_UNDONE: Mapping[str, str] = {
    "undo": mark("A moderator took it back."),
    "appeal": mark("It was taken back after an objection, by somebody who had taken no part in it."),
    "lapse": mark("It ended by itself: it was about the organization, and no moderator from among the members agreed."),
    "refused": mark("A moderator from among the members did not agree, so it was taken back."),
    "kept": mark("A moderator looked at it and left what you wrote as it was."),
    "mended": mark("What was hidden was mended, and is shown again."),
}


def told(ruling: Ruling) -> str:
    """What was done, as whom it concerns is told."""
    if ruling.act == SANCTION:
        return to_member(ruling.params["kind"], ruling.params["right"])
    return _(OPERATIONS[ruling.act].told)


def done(ruling: Ruling) -> str:
    """What was done, as moderators call it."""
    return queue_words.done(ruling)


def broken(ruling: Ruling) -> tuple[str, str]:
    """The rule: what it is called, and what it says."""
    worded = RULES[Rule(ruling.rule)]
    return _(worded.title), _(worded.sentence)


def detected(ruling: Ruling) -> str:
    """How it was found; who told the moderators is not said."""
    confidential = _("Who they are stays between them and the moderators.") if ruling.detected == "flags" else ""
    return f"{_(DETECTED[ruling.detected])} {confidential}".rstrip()


def before(ruling: Ruling) -> str:
    """How it was until then; "" where nobody wrote that down."""
    return _(_BEFORE[ruling.act]) if ruling.act in _BEFORE else ""


def role(key: str) -> str:
    """As what somebody decided: nobody's name."""
    return _(_ROLES.get(key, _ROLES["moderator"]))


def decided(ruling: Ruling) -> str:
    """Who decided, and whether it was a machine."""
    if ruling.automated:
        return _("By itself, since enough members said so. No person has decided yet: a moderator looks at it.")
    said = _("By %(role)s, a person.", role=role(ruling.role))
    if ruling.by_host:
        said = _("By %(role)s who belongs to the organization, a person.", role=role(ruling.role))
    if ruling.confirmed_at is not None:
        said += " " + _("A moderator from among the members agreed.")
    elif ruling.review_by is not None:
        said += " " + _(
            "It is about the organization, so a moderator from among the members looks at it within two days."
        )
    return said


def urgency(ruling: Ruling) -> str:
    """That it was done in an emergency, and what ends it; "" where it was not."""
    if not ruling.emergency:
        return ""
    if ruling.confirmed_at is not None:
        return _("It was done at once, in an emergency. A moderator from among the members has agreed since.")
    if ruling.review_by is None:
        return _("It was done at once, in an emergency, before a moderator from among the members looked at it.")
    return _(
        "It was done at once, in an emergency, before a moderator from among the members looked at it. Unless one "
        "agrees, it ends by itself: %(when)s.",
        when=ruling.review_by,
    )


def state(ruling: Ruling, *, holds: bool = True) -> str:
    """Whether it is in force; `holds`: what it imposed still does."""
    if ruling.state == "in_force":
        return _("In force.") if holds else _("It is over.")
    if ruling.state == "proposed":
        return _("Proposed: nothing is done yet.")
    if ruling.state == "undone":
        return _(_UNDONE.get(ruling.undone_how, _UNDONE["undo"]))
    return _("It was proposed, and not done.")


def answered(appeal: Appeal) -> str:
    """What came of an objection."""
    match appeal.state:
        case "upheld":
            return _("The decision stays.")
        case "reversed":
            return _("The objection was right. Everything is as it was before.")
        case "withdrawn":
            return _("The objection was withdrawn.")
        case _:
            return _("The objection is looked at.")
