"""Bookmarks: posts that a member wants to find again, with a note and perhaps a reminder. Nobody else sees them.

Owns bookmarks. A member's reading position in a topic says whether they have any there (`TopicRead.has_bookmarks`),
so that other topics' pages ask nothing. Announces `BookmarkDue` once, when a reminder's time has come.
"""
