"""Scheduled topics: written now, published at a time by the worker, through the verb that everybody uses.

Owns what waits. It takes a topic's draft in place of the verb that would publish it (`posts/companions.py`). When
the time comes rights and limits are asked again: what is refused goes back to its author, with the reason. Announces
`TopicScheduled`, `ScheduledTopicCancelled`, `ScheduledTopicPublished`, `ScheduledTopicRefused`.
"""
