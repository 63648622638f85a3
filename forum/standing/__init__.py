"""How far a member is known here: rights earned and lost by behaviour, never by points, and never hidden from them.

Owns `standings` and `days_here`; writes `accounts.trust`. Announces `StandingChanged`; hears what members read. The
thinking is in `levels.py`; a job reckons every night; staff stand outside.
"""
