"""What the tests of conversations share."""

from __future__ import annotations

from forum.conversations import actions, queries
from forum.conversations.drafts import MessageDraft, StartDraft
from tests import cast


def letter(words="Hello.", **given):
    return MessageDraft(cast.words(words), **given)


def start(session, person, *names, words="Hello there.", group="", title=""):
    """A conversation that `person` begins."""
    draft = StartDraft(letter(words), names, group, title)
    return actions.start(session, cast.actor(session, person), draft)


def say(session, person, about, words, **given):
    """A message, through the verb."""
    actor = cast.actor(session, person)
    seen = queries.conversation_for_update(session, actor, about.id)
    return actions.send(session, actor, seen, letter(words, **given))


def read(session, person, about, page=None):
    """The words that `person` finds on a page of the conversation."""
    actor = cast.actor(session, person)
    return [
        message.plain
        for message in queries.conversation_page(session, actor, about.id, page).messages.items
        if not message.is_note
    ]


def ask(session, verb, person, about, *args, **named):
    """Another verb about a conversation."""
    actor = cast.actor(session, person)
    return verb(session, actor, queries.conversation_for_update(session, actor, about.id), *args, **named)
