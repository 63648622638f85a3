"""What the tests run on: databases, mail and Redis servers, a browser, the live forum.

`tests/conftest.py` makes fixtures of them. Servers are started by the run itself on free ports, shared by all its
worker processes, and ended with it however it ends. What a machine lacks is said in one loud line (`missing.py`).
"""
