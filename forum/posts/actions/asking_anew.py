"""Other words in what stands already, wherever they stand in it: its text, its title, the fields of its form, its poll,
its pledges. The guard is asked about them as about a new post, by every verb that changes some."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy.orm import Session

from forum.core import clock
from forum.organization.edits import Wording, needs_evaluation, only_removes
from forum.organization.intents import Intent, intent_of
from forum.organization.overriding import NO_GROUNDS, Grounds
from forum.organization.voices import moderates
from forum.permissions import Actor
from forum.posts import judged
from forum.posts.actions import purposes
from forum.posts.actions.guarding import Place, as_edit, pass_guard, write_down
from forum.posts.actions.noticing import settle_notice
from forum.posts.drafts import EditDraft
from forum.posts.fingerprints import fingerprint
from forum.posts.judged import FIELDS, POLL, TEXT, TITLE
from forum.posts.models import Post


@dataclass(frozen=True)
class Said:
    """Words of a post, by the names of its parts (`judged`): as they stand, and as they would be. `purpose`: what it is
    for now, if that was chosen; `also`: what else a Host says yes to."""

    stands: Mapping[str, str]
    would: Mapping[str, str]
    grounds: Grounds = NO_GROUNDS
    purpose: str = ""
    also: Sequence[str] = field(default=())

    @property
    def whole(self) -> str:
        kept = json.dumps([sorted(self.would.items()), self.purpose, list(self.also)])
        return sha256(kept.encode()).hexdigest()


def beside(
    part: str, before: str, after: str, grounds: Grounds = NO_GROUNDS, purpose: str = "", also: Sequence[str] = ()
) -> Said:
    """Words that stand beside the text of a post, such as its poll's."""
    return Said({part: before}, {part: after}, grounds, purpose, also)


def said_in(post: Post, draft: EditDraft) -> Said:
    """What an edit in the form of the post changes."""
    stands, would = {TEXT: post.source}, {TEXT: draft.body.source}
    if post.is_opening and draft.title is not None:
        stands[TITLE], would[TITLE] = post.topic.title, draft.title
    if post.is_opening and draft.fields is not None:
        stands[FIELDS], would[FIELDS] = _in_a_row(post.topic.fields), _in_a_row(draft.fields)
    if draft.along:
        stands[POLL], would[POLL] = "", " ".join(_words_in(draft.along))
    return Said(stands, would, draft.grounds, draft.purpose)


def place_of_edit(actor: Actor, post: Post, draft: EditDraft) -> Place:
    """An edit as the guard is asked about it."""
    return _place(actor, post, said_in(post, draft), fingerprint(draft))


def place_beside(actor: Actor, post: Post, said: Said) -> Place:
    """The same of what stands beside the text."""
    return _place(actor, post, said, said.whole)


def pass_edit(session: Session, actor: Actor, post: Post, draft: EditDraft) -> bool:
    """The organization's words that become others are asked as new ones are; whether the post has another purpose
    now. Raises HeldBack."""
    return _pass(session, actor, post, said_in(post, draft), place_of_edit(actor, post, draft), draft.body.source)


def pass_beside(session: Session, actor: Actor, post: Post, said: Said) -> None:
    """The same of words beside the text (`post` locked, with topic and board)."""
    if _pass(session, actor, post, said, place_beside(actor, post, said), "\n".join(said.would.values())):
        purposes.take_effect(session, post, clock.now())


def check_suggested(session: Session, actor: Actor, post: Post, draft: EditDraft) -> None:
    """Raise HeldBack for another wording of a member's post, suggested by somebody of the organization, that would be
    an answer in it. A suggestion for a post of the organization is asked when it is taken over."""
    if not post.affiliation_kind and _is_judged(actor, post, said_in(post, draft)):
        pass_guard(session, actor, place_of_edit(actor, post, draft), NO_GROUNDS, draft.body.source)


def _place(actor: Actor, post: Post, said: Said, whole: str) -> Place:
    purpose = purposes.purpose_of_edit(actor, post, said.purpose, judged=_is_judged(actor, post, said))
    return as_edit(post, purpose, whole)


def _pass(session: Session, actor: Actor, post: Post, said: Said, place: Place, source: str) -> bool:
    is_judged = _is_judged(actor, post, said)
    if is_judged:
        passage = pass_guard(session, actor, place, said.grounds, source)
        write_down(session, passage, post)
        settle_notice(session, actor, post)
    _remember(actor, post, said, is_judged=is_judged)
    was, post.intent = post.intent, place.voice.intent
    return was != post.intent


def _is_judged(actor: Actor, post: Post, said: Said) -> bool:
    """Whether it is looked at as a new post: whatever people of the organization put into one of its posts or into a
    member's, wherever in it. Who looks after the board and takes words away moderates, and never waits."""
    if actor.belonging is None:
        return False
    purpose = purposes.chosen(actor, post, said.purpose)
    was = intent_of(post.intent)
    wanted = intent_of(purpose) if purpose else was
    if was is not wanted:
        return True
    known, looks_after = judged.seen_last(post.judged_source), moderates(actor, post.board_id)
    for part, after in said.would.items():
        before = known.get(part, said.stands[part])
        if not purpose and looks_after and only_removes(before, after):
            continue
        if needs_evaluation(Wording(Intent.ANSWER, before), Wording(Intent.ANSWER, after)):
            return True
    return False


def _remember(actor: Actor, post: Post, said: Said, *, is_judged: bool) -> None:
    """Before the words change: what the guard saw last is kept."""
    known = judged.seen_last(post.judged_source)
    if is_judged and TEXT in said.would:
        known = {}
    for part, after in said.would.items():
        if is_judged or (actor.belonging is None and not post.affiliation_kind):  # judged, or a member's own words
            known.pop(part, None)
        elif after != said.stands[part]:
            known.setdefault(part, said.stands[part])
    text = said.would.get(TEXT, post.source)
    post.judged_source = judged.kept_as(known, text)


def _in_a_row(fields: Mapping[str, object]) -> str:
    return " ".join(str(said) for _name, said in sorted(fields.items()))


def _words_in(said: object) -> Iterator[str]:
    """Whatever words stand in plain values."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for one in said.values():
            yield from _words_in(one)
    elif isinstance(said, Sequence):
        for one in said:
            yield from _words_in(one)
