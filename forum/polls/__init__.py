"""Polls: a question with options, in the opening post of a topic or a reply.

Owns polls, their options and votes. A poll comes along with its post (`posts/companions.py`): both are written in
one transaction, and the post keeps a mark (`has_poll`), so that pages without polls ask nothing. Announces
`PollAttached`, `PollEdited`, `Voted`, `VoteWithdrawn`, `PollClosed`. Who voted in an anonymous poll is told to
nobody: not on a page, not in an event; the rows are there to let each vote once and change their mind.
"""
