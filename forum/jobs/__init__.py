"""Work that happens later, done at least once: rows with leases in the database.

A job row is written in the transaction of its reason, leased by a worker, and run again if the worker dies. Jobs are
safe to repeat. Owns `jobs`. What each name does, and the calendar, is wired in `wiring.py`.
"""
