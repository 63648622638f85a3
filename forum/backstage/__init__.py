"""What staff say and arrange behind a topic: internal notes, and whose a topic is. No member ever sees it.

Owns notes and assignments. A note is no post: it counts nowhere and is in no search, list, feed, mail or export.
Announces what was written and who was asked. Hears nothing.
"""
