"""Reads of conversations; rights are part of the SQL."""

from forum.conversations.queries.finding import (
    Seen,
    conversation,
    conversation_for_update,
    message,
    moderators_conversation_id,
    people_by_names,
    recipients,
)
from forum.conversations.queries.lists import Box, ConversationList, boxes, conversations
from forum.conversations.queries.pages import ConversationPage, conversation_page, first_unread_page, page_of
from forum.conversations.queries.reports import Evidence, evidence, report
from forum.conversations.queries.spots import spots, was_sent
from forum.conversations.queries.visible import readable

__all__ = [
    "Box",
    "ConversationList",
    "ConversationPage",
    "Evidence",
    "Seen",
    "boxes",
    "conversation",
    "conversation_for_update",
    "conversation_page",
    "conversations",
    "evidence",
    "first_unread_page",
    "message",
    "moderators_conversation_id",
    "page_of",
    "people_by_names",
    "readable",
    "recipients",
    "report",
    "spots",
    "was_sent",
]
