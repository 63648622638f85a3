"""The organization as a member: who belongs to it, since when; what that means for a post.

Owns organizations, affiliations, roles, the charter, the decision log and what is counted of each board (`counts.py`).
Announces what happens to them (`events.py`). Hears who joins and leaves the group *staff*. Its hearts: the guard
(`guard.py`), which says when the organization should wait, and the charter (`charter.py`), which says in public what it
promises. The rota comes here, too.
"""
