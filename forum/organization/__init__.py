"""The organization as a member: who belongs to it, since when; what that means for a post.

Owns organizations and affiliations. Announces `HostNamed`, `AffiliationBegan`, `AffiliationEnded`. Hears who joins and
leaves the group *staff*. Its heart is the guard (`guard.py`), which says when the organization should wait; charter and
rota come here, too.
"""
