"""Mail out: one outbox row a message, written with its cause, sent by the worker.

Hears what accounts announce, and of thanks. Without a mail server the row stays, readable by administrators at
`/admin/outbox`.
"""
