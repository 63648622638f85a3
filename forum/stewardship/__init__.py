"""How the organization does as a member: measures, and the months behind them.

`facts.py` says what is counted, `measures.py` and `monthly.py` count it: pure functions over plain values. `queries.py`
fetches the facts. Owns no table yet; announces and hears nothing. The guard, duty queue and scorecard come here.
"""
