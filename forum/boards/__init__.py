"""Where topics stand: sections of boards, boards of boards, their kinds and rights, and tags.

Owns sections, boards, board rights, tags. Announces what `events.py` lists, when an administrator changes them. Hears
nothing; counters of boards and tags are moved by `posts`, which stands above.
"""
