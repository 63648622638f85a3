"""Finding: full text over titles and posts, on SQLite and PostgreSQL alike, with operators; topics alike each other.

Owns what was asked for and not found, without who asked, and which topics link to which. Announces nothing; hears of
new and changed posts, for their links. The words that it searches are rows that publishing, editing and importing
write (`posts/texts.py`). Read `operators.py` for what can be asked, `queries/finding.py` for how it is found.
"""
