"""Asking the table: whether somebody may, or in words why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forum.core.errors import AcceptFirst, ReadFirst, Refused, Sanctioned, SignInNeeded
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.permissions.actors import Actor, Kind
from forum.permissions.acts import Act
from forum.permissions.rules import RULES

# What people of an organization hear where anybody else might do it.
BEING_OF_IT: Mapping[Act, str] = {
    Act.START_TOPIC: mark("Only an announcer of %(name)s may announce and pin."),
    Act.PIN_TOPIC: mark("Only an announcer of %(name)s may announce and pin."),
    Act.WAIVE_TURN: mark("Whether an answer of %(name)s is wanted now is for the member who asked to say."),
    Act.TAKE_TURN: mark("“I’m on it” is for members to say: it gives them more time before %(name)s answers."),
}

# What somebody hears whose right was withdrawn.
WITHDRAWN: Mapping[str, str] = {
    "start": mark("The moderators decided that you begin no topics until %(until)s."),
    "reply": mark("The moderators decided that you do not reply until %(until)s."),
    "flag": mark("The moderators decided that you report nothing until %(until)s. You can still write to them."),
    "upload": mark("The moderators decided that you bring no pictures or files until %(until)s."),
    "message": mark("The moderators decided that you write no private messages until %(until)s, except to them."),
    "invite": mark("The moderators decided that you invite nobody until %(until)s."),
}


def allows(actor: Actor, act: Act, subject: object = None) -> bool:
    """Whether the table lets `actor` do `act` to `subject`."""
    return any(all(predicate(actor, subject) for predicate in clause) for clause in RULES[act])


def require(actor: Actor, act: Act, subject: object = None) -> None:
    """Raise SignInNeeded or Refused, in words, unless the table allows it."""
    if allows(actor, act, subject):
        return
    if actor.is_guest:
        raise SignInNeeded(_("Sign in to do this."))
    if actor.only_reads:
        raise Sanctioned(held_back(actor), _rule_of(actor))
    if actor.is_waiting:
        raise Refused(_("Somebody here will look at your request to join soon; until then you can only look around."))
    if not actor.is_confirmed:
        raise Refused(_("Confirm your e-mail address first: the link is in the mail we sent you."))
    if actor.restraints:
        _say_what_holds_back(actor, act, subject)
    if actor.must_accept and allows(replace(actor, must_accept=False), act, subject):
        raise AcceptFirst(_("The rules have a new version. Please look at what changed first."))
    if actor.belonging is not None and allows(replace(actor, belonging=None), act, subject):
        sentence = BEING_OF_IT.get(act, mark("People of %(name)s may not do this here."))
        raise Refused(_(sentence, name=actor.belonging.organization))
    raise Refused(_("You may not do this here."))


def _say_what_holds_back(actor: Actor, act: Act, subject: object) -> None:
    """Raise for the sanction that stands in the way, where the table would allow it without."""
    free = replace(actor, restraints={}, must_accept=False)
    if not allows(free, act, subject):
        return
    for key, restraint in actor.restraints.items():
        if restraint.right and not allows(replace(free, restraints={key: restraint}), act, subject):
            raise Sanctioned(held_back(actor, key), restraint.rule)
    if actor.must_acknowledge:
        raise ReadFirst(_("The moderators wrote you a warning. Please read it before you write on."))


def held_back(actor: Actor, right: str = "") -> str:
    """What holds somebody back altogether, or from one of RIGHTS, and until when; "" where nothing does."""
    if actor.is_suspended:
        suspension = actor.restraints.get(Kind.SUSPENSION)
        if suspension is None or suspension.until is None:
            return _("Your account is suspended, so you can read but not take part.")
        return _("Your account is suspended until %(until)s: you can read but not take part.", until=suspension.until)
    if (restraint := actor.restraints.get(Kind.READ_ONLY)) is not None:
        return _("The moderators decided that you only read until %(until)s.", until=restraint.until)
    if (restraint := actor.restraints.get(right)) is not None:
        return _(WITHDRAWN[restraint.right], until=restraint.until)
    return ""


def _rule_of(actor: Actor) -> str:
    restraint = actor.restraints.get(Kind.SUSPENSION) or actor.restraints.get(Kind.READ_ONLY)
    return restraint.rule if restraint is not None else ""
