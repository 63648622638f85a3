"""Reads of the search. Rights are part of the SQL, in every one of them."""

from forum.search.queries.finding import Found, Hit, Results, search
from forum.search.queries.linking import linked_from
from forum.search.queries.meant import meant
from forum.search.queries.missed import missed
from forum.search.queries.similar import SimilarTopic, similar

__all__ = ["Found", "Hit", "Results", "SimilarTopic", "linked_from", "meant", "missed", "search", "similar"]
