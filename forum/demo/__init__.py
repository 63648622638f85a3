"""An invented community that a newcomer looks around in: its people, boards and topics stand in `community/*.toml`.

`texts.py` reads them, `rendering.py` turns them into posts before any transaction is opened, `seed.py` writes them into
an empty database. Owns no table; announces and hears nothing. Production refuses to start on what it wrote.
"""
