"""At the guard's doors, by the verbs that people use: a reply that stands by, one that was posted all the same, what a
Host is asked. What they quote is what the guard says of the demo's own boards at that instant."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.boards.models import Board
from forum.demo.ground import Ground
from forum.demo.rendering import Prepared
from forum.drafts import actions as drafts
from forum.drafts.sequence import Attempt
from forum.drafts.words import Words
from forum.organization.overriding import Grounds
from forum.organization.voices import Voice
from forum.permissions import Actor
from forum.posts import actions
from forum.posts.actions.guarding import as_topic
from forum.posts.drafts import ReplyDraft
from forum.posts.queries import topic_for_update

Who = Callable[[Session, Account], Actor]


def stand_at_doors(
    session: Session, prepared: Prepared, ground: Ground, topic_ids: Mapping[str, int], who: Who
) -> None:
    """Knock at all of them; `topic_ids` by the keys of the texts."""
    waiting = prepared.community.waiting

    def actor(name: str) -> Actor:
        return who(session, session.get_one(Account, ground.people[name]))

    for text in waiting.stand_by:
        there = topic_for_update(session, actor(text["by"]), topic_ids[text["topic"]])
        words = prepared.words["stand_by", text["topic"], 0]
        actions.reply(session, actor(text["by"]), there, ReplyDraft(words, voice=_in_role(text)))
    for text in waiting.exception:
        there = topic_for_update(session, actor(text["by"]), topic_ids[text["topic"]])
        grounds = Grounds(text["reason"], text["why"])
        words = prepared.words["exception", text["topic"], 0]
        actions.reply(session, actor(text["by"]), there, ReplyDraft(words, voice=_in_role(text), grounds=grounds))
    for text in waiting.leave:
        board = session.get_one(Board, ground.boards[text["board"]])
        words, grounds = prepared.words["leave", text["board"], 0], Grounds(text["reason"], text["why"])
        place = as_topic(board, _in_role(text))
        actions.ask_host(session, actor(text["by"]), place, words, grounds, title=text["title"])
        rest = {"intent": [text["intent"]], "speaking": [text["role"]]}
        kept = Words(text["title"], words.source, rest)
        drafts.keep(session, actor(text["by"]), place.kind, place.id, kept, Attempt(""))


def _in_role(text: Mapping[str, str]) -> Voice:
    return Voice(text["intent"], "official", text["role"])
