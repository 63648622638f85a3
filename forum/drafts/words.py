"""What is kept of a form: its title, its text, and its other fields by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from forum.core.errors import Invalid
from forum.core.words import gettext as _
from forum.drafts.models import Rest

LONGEST_BODY = 40_000  # a little more than a post may have: too long is no reason to lose it
LONGEST_TITLE = 300
LONGEST_REST = 12_000
_LEFT_OUT = frozenset(
    "csrf_token once draft tab tick file alt attach preview keep confirmed page after next seen body title first "
    "waiting aside begun door dangerous why why_text confidential".split()
)
# What stands in a form before anybody writes in it, or is chosen with one press: by itself no reason for a draft.
_CHOSEN = frozenset(
    "tags time_zone wants_org intent purpose speaking base reply_to people letter group poll-choose poll-results "
    "poll-secrecy poll-seen".split()
)


@dataclass(frozen=True)
class Words:
    """A form as it was left."""

    title: str = ""
    body: str = ""
    rest: Rest = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        typed = (value for name, values in self.rest.items() if name not in _CHOSEN for value in values)
        return not any(words.strip() for words in (self.title, self.body, *typed))


def words_of(pairs: Iterable[tuple[str, str]]) -> Words:
    """The words in a form's fields; raises Invalid when they are more than is kept."""
    title = body = ""
    rest: Rest = {}
    for name, value in pairs:
        if name == "body":
            body = value
        elif name == "title":
            title = value
        elif name not in _LEFT_OUT and value:
            rest.setdefault(name[:60], []).append(value)
    if len(body) > LONGEST_BODY or sum(len(value) for values in rest.values() for value in values) > LONGEST_REST:
        raise Invalid(_("This text is too long to be kept as a draft. Shorten it, or keep it on your device."))
    return Words(title[:LONGEST_TITLE], body, rest)


def fields_of(words: Words) -> list[tuple[str, str]]:
    """The same as fields of a form again."""
    rest = [(name, value) for name, values in words.rest.items() for value in values]
    return [("title", words.title), ("body", words.body), *rest]
