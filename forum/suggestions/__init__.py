"""Another wording that a member suggests for what somebody else wrote, and what becomes of it.

Owns suggestions; the wording itself is changed by a verb of `posts`. Decided by the author of the post, by those who
moderate its board and by regulars; of official words, by people of that organization alone. Announces what is
suggested, taken over, declined, withdrawn, and decided anew.
"""
