"""The seeding calendar: conversations that the organization begins on purpose, for members to carry on.

Owns seeds, whom they invite and what those said, set-aside suggestions, and calendar addresses. What a seed must be
says `organization/seeds.py`; a topic is posted through the verb that everybody uses, with the guard asked again.
Announces what becomes of seeds; hears nothing: its calendar posts and reviews.
"""
