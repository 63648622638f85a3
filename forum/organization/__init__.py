"""The organization as a member: who belongs to it, since when; what that means for a post.

Owns organizations and affiliations. The guard, charter and rota come here with the heart of the product.
"""
