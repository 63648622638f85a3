"""What a verb says when it says no. The web turns each into a status and a page in words.

Sentences are for the person who acts: what happened, what is safe, what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


class ForumError(Exception):
    """Base of every refusal; `sentence` is shown as it is."""

    status = 400

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(ForumError):
    """The draft breaks a rule (422). `field` names the form field to stand beside; None: the whole form."""

    status = 422

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class InvalidFields(Invalid):
    """Several fields at once, so that a person mends them in one go."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        name, sentence = next(iter(fields.items()))
        super().__init__(sentence, name)
        self.fields = dict(fields)


def gathered(*asked: Callable[[], Any]) -> list[Any]:
    """What each of them gives; InvalidFields with all that they refuse, so that a person mends it in one go."""
    given: list[Any] = []
    wrong: dict[str, str] = {}
    for ask in asked:
        try:
            given.append(ask())
        except InvalidFields as error:
            wrong |= error.fields
        except Invalid as error:
            wrong[error.field or ""] = error.sentence
    if wrong:
        raise InvalidFields(wrong)
    return given


class Refused(ForumError):
    """The actor may not do this (403)."""

    status = 403


class SignInNeeded(Refused):
    """A guest asked for what members may do: the web sends them to sign in and back (401)."""

    status = 401


class AcceptFirst(Refused):
    """A member has not accepted what holds here now: the web leads them to it and back (403)."""


class Sanctioned(Refused):
    """A sanction keeps the actor from it: the web says where they read why, and where to ask (403). `rule`: the key of
    the rule that it goes by."""

    def __init__(self, sentence: str = "", rule: str = "") -> None:
        super().__init__(sentence)
        self.rule = rule


class ReadFirst(Sanctioned):
    """A warning waits to be read: the web shows it, keeps what was sent, and goes on from there (403)."""


class NotFound(ForumError):
    """It is not there, or not for this actor: one answer for both (404)."""

    status = 404


class Gone(ForumError):
    """It was there and was removed (410)."""

    status = 410


class Conflict(ForumError):
    """Somebody else changed it meanwhile (409)."""

    status = 409


class TooSoon(ForumError):
    """A limit in time (429). `seconds`: whole seconds until it may be tried again."""

    status = 429

    def __init__(self, sentence: str, seconds: int = 0) -> None:
        super().__init__(sentence)
        self.seconds = seconds
