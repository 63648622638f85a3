"""Every column that names a topic, or a post by its number, is thought of where posts move between topics."""

from __future__ import annotations

from importlib import import_module

from forum.core.db import db
from tests.promises.test_verbs import modules

# What becomes of it when posts are split off or a topic is merged.
THOUGHT_OF = {
    "posts.topic_id": "relocating: it is what moves",
    "posts.number": "relocating: by time, and back to what it was",
    "posts.reply_to_number": "relocating: follows the post that is answered",
    "topic_reads.topic_id": "carrying: who has read what, and who follows",
    "topic_reads.last_number": "carrying",
    "notices.topic_id": "follow_posts of notifications; of a topic alone, it waits with the topic",
    "notices.number": "follow_posts of notifications",
    "bookmarks.topic_id": "follow_posts of bookmarks",
    "overrides.topic_id": "settling: where its post stands",
    "topic_links.to_topic_id": "note_relocated of search; a link to the old address counts for the new place",
    "stand_bys.topic_id": "merging: what stands by goes along, and back",
    "stand_bys.reply_to_number": "relocating: follows the post that is answered",
    "held_posts.topic_id": "merging: what waits for a moderator goes along, and back",
    "held_posts.reply_to_number": "relocating: follows the post that is answered",
    "backings.topic_id": "merging: who has it too, has the other; and back",
    "backings.from_topic_id": "merging: says which to take back",
    "topics.duplicate_of_id": "merging: leads to where the posts are, and back",
    "topics.last_number": "settling, as all counters and pointers",
    "topics.last_post_number": "settling",
    "boards.last_topic_id": "settling",
    "topic_tags.topic_id": "stays with its topic: the other has tags of its own",
    "topic_scores.topic_id": "stays: reckoned anew by the clock",
    "answer_invitations.topic_id": "stays with the question that somebody was asked about",
    "assignments.topic_id": "stays: whose the topic is, behind it",
    "internal_notes.topic_id": "stays: what staff noted of that topic",
    "attendances.topic_id": "stays: events are not merged",
    "safety_notices.topic_id": "stays with what was announced",
    "seeds.topic_id": "stays with what was begun on purpose",
    "invitations.topic_id": "stays: whoever joins by it is led on by the old address",
}
OF_OTHER_THINGS = {
    *("charter_versions.number", "decisions.number", "messages.number", "page_versions.number", "revisions.number"),
    *("message_reports.from_number", "message_reports.to_number"),
    *("conversations.last_number", "pages.published_number"),
}


def test_no_table_that_names_topics_is_forgotten():
    for name in modules(r"models$"):
        import_module(name)
    naming = set()
    for table in db.metadata.tables.values():
        for column in table.columns:
            to_topics = any(key.column.table.name == "topics" for key in column.foreign_keys)
            if to_topics or column.name.endswith(("topic_id", "number")):
                naming.add(f"{table.name}.{column.name}")
    assert naming - OF_OTHER_THINGS == set(THOUGHT_OF)
