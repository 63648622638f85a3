"""Asking the table: whether somebody may, or in words why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from forum.core.errors import AcceptFirst, Refused, SignInNeeded
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.permissions.actors import Actor
from forum.permissions.acts import Act
from forum.permissions.rules import RULES

# What people of an organization hear where anybody else might do it.
BEING_OF_IT: Mapping[Act, str] = {
    Act.START_TOPIC: mark("Only an announcer of %(name)s may announce and pin."),
    Act.PIN_TOPIC: mark("Only an announcer of %(name)s may announce and pin."),
    Act.WAIVE_TURN: mark("Whether an answer of %(name)s is wanted now is for the member who asked to say."),
    Act.TAKE_TURN: mark("“I’m on it” is for members to say: it gives them more time before %(name)s answers."),
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
    if actor.is_suspended:
        raise Refused(_("Your account is suspended, so you can read but not take part."))
    if actor.is_waiting:
        raise Refused(_("Somebody here will look at your request to join soon; until then you can only look around."))
    if not actor.is_confirmed:
        raise Refused(_("Confirm your e-mail address first: the link is in the mail we sent you."))
    if actor.must_accept and allows(replace(actor, must_accept=False), act, subject):
        raise AcceptFirst(_("The rules have a new version. Please look at what changed first."))
    if actor.belonging is not None and allows(replace(actor, belonging=None), act, subject):
        sentence = BEING_OF_IT.get(act, mark("People of %(name)s may not do this here."))
        raise Refused(_(sentence, name=actor.belonging.organization))
    raise Refused(_("You may not do this here."))
