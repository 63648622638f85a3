"""How the organization does as a member: measures, the months behind them, and what the guard reads of each board.

`facts.py` says what is counted, `measures.py` and `monthly.py` count it: pure functions over plain values. `queries.py`
fetches the facts; `check.py` works out again what a board's state should be. Owns the monthly evaluations. Announces
`BoardPromoted` and `DriftFound`. Hears what is published, taken away, moved and pinned.
"""
