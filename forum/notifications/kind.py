"""What a kind of notice is: what it says, how it looks, how strong it is, and through which channels it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forum.core.words import gettext as _

CHANNELS = SITE, MAIL, DIGEST, PUSH = "site", "mail", "digest", "push"

MENTIONS, REPLIES = "mentions", "replies"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `one` may name %(actor)s and %(title)s; `many` says how many there are."""

    key: str
    label: str  # in the settings: "When …"
    icon: str
    one: str
    event: str  # which event makes it
    many: Callable[[int], str] | None = None
    strength: int = 0
    folds: bool = False  # notices of one topic stand as one line, which opens at the first unread post
    says_why: bool = False  # it is about a note in the stream: the line says what happened, and why
    family: str = ""  # the filter of the centre that shows it
    channels: frozenset[str] = frozenset({SITE, DIGEST})

    def says(self, *, actor: str, title: str, count: int) -> str:
        """The sentence, in the reader's language."""
        if count > 1 and self.many is not None:
            return self.many(count)
        return _(self.one, actor=actor or _("Somebody"), title=title)


DIRECT = frozenset({SITE, MAIL, DIGEST, PUSH})
QUIET = frozenset({SITE})
