"""The organization as a member: who belongs to it, since when; what that means for a post.

Owns organizations and affiliations. Announces `HostNamed`, `AffiliationBegan`, `AffiliationEnded`. Hears who joins and
leaves the group *staff*. The guard, charter and rota
come here with the heart of the product.
"""
