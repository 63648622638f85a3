"""The ground: settings, database, events, errors, words, clock, paging, storage, mail transport, markup, web.

Leans on no capability; every capability leans on it.
"""
