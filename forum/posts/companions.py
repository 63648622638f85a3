"""What may come along with a post: asked for beside its text, written in the same transaction.

Posts do not know polls. `wiring.py` lists the companions; the forms that publish show the part of each, a draft
carries what was answered as plain values (`along`), and the verb that made the post hands them to `bring`, which
belongs to the capability above. What it refuses takes the post back with it: both are there, or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from forum.boards.models import Board
from forum.core.errors import Invalid, InvalidFields
from forum.permissions import Actor
from forum.posts.models import Post

Answered = Mapping[str, Any]
Along = Mapping[str, Answered]


@dataclass(frozen=True)
class Companion:
    """`part` makes the form's part: with `answered()`, giving plain values or None, or raising Invalid at one of its
    fields' full names, and `refill(answered)`, showing them again. `template` draws it as `part`.
    `bring(session, actor, post, answered)` writes it; `typed(answered, zone)` gives the part's fields as somebody there
    would fill them in, for drafts."""

    key: str
    part: Callable[..., Any]
    template: str
    bring: Callable[[Session, Actor, Post, Answered], None] | None = None
    typed: Callable[[Answered, str], Mapping[str, str]] | None = None
    # What others will read of it, by the part's fields.
    said: Callable[[Answered], Mapping[str, str]] | None = None
    # Takes a topic's draft in place of the verb that would publish it, and says where to go.
    instead: Callable[[Session, Actor, Board, Any, Answered], str] | None = None
    # Offered only where a topic is started.
    topics_only: bool = False
    # May still be added when an opening post is edited, as long as there is none.
    addable: bool = False


_table: dict[str, Companion] = {}


def wire(companions: Sequence[Companion]) -> None:
    """Install what may come along."""
    _table.clear()
    _table.update({companion.key: companion for companion in companions})


def parts_of_form(given: Mapping[str, Any], *, of_topic: bool) -> Sequence[tuple[Companion, Any]]:
    """Each companion with its part of a form that is made with `given`: of what was sent, or kept, or empty."""
    filled = _filled(given)
    return [
        (companion, companion.part(**filled)) for companion in _table.values() if of_topic or not companion.topics_only
    ]


def addable_parts(given: Mapping[str, Any]) -> Sequence[tuple[Companion, Any]]:
    """The same for what may be added by editing."""
    return [(companion, companion.part(**_filled(given))) for companion in _table.values() if companion.addable]


def _filled(given: Mapping[str, Any]) -> dict[str, Any]:
    return {"formdata": given["formdata"]} if "formdata" in given else {}


class Accompanied:
    """What a form that publishes knows of its companions."""

    companions: Sequence[tuple[Companion, Any]] = ()
    form_errors: list[str]

    def along(self) -> Along:
        """What comes along with the post; raises Invalid at a part's field."""
        answers = {companion.key: part.answered() for companion, part in self.companions}
        return {key: answered for key, answered in answers.items() if answered is not None}

    def refill_along(self, along: Along) -> None:
        """Show what was answered."""
        for companion, part in self.companions:
            if companion.key in along:
                part.refill(along[companion.key])

    def show(self, error: Invalid) -> None:
        """Put the refusal beside its field, be it in a part."""
        parts = {field.name: field for _companion, part in self.companions for field in part}
        wrong = error.fields if isinstance(error, InvalidFields) else {error.field or "": error.sentence}
        for name in wrong.keys() & parts.keys():
            parts[name].errors = [*parts[name].errors, wrong[name]]
            self.form_errors.append(f"{parts[name].label.text}: {wrong[name]}")
        if others := {name: sentence for name, sentence in wrong.items() if name not in parts}:
            super().show(InvalidFields(others))  # type: ignore[misc]


def bring(session: Session, actor: Actor, post: Post, along: Along) -> None:
    """Write what came along with a post that is new."""
    for key, answered in along.items():
        write = _table[key].bring
        if write is not None:
            write(session, actor, post, answered)


def typed(along: Along, zone: str) -> dict[str, str]:
    """The fields of what comes along, by their full names, as somebody in the zone would fill them in."""
    found: dict[str, str] = {}
    for key, answered in along.items():
        write = _table[key].typed
        if write is not None:
            found |= {f"{key}-{name}": text for name, text in write(answered, zone).items()}
    return found


def said(along: Along) -> dict[str, str]:
    """What others will read of what comes along, by the full names of its fields."""
    found: dict[str, str] = {}
    for key, answered in along.items():
        words = _table[key].said if key in _table else None
        if words is not None:
            found |= {f"{key}-{name}": text for name, text in words(answered).items()}
    return found


def taken(session: Session, actor: Actor, board: Board, draft: Any) -> str | None:
    """Where to go, when something takes the draft of a topic in place of the verb; None: nothing does."""
    for key, answered in draft.along.items():
        take = _table[key].instead
        if take is not None:
            return take(session, actor, board, draft, answered)
    return None
