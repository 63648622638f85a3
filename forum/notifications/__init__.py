"""Notices: what a member should hear about, whoever caused it, kept until it was read and 90 days more.

Owns `notices` and each member's choice of channels. Whoever announces something calls `actions.notify` from a
subscriber of its own, or adds a row to `kinds.py` and a subscriber here. Announces `NoticesMade`, which what leaves
the machine (mail, push) hears. Hears posts being written, edited, read, taken away, chosen and thanked for.
"""
