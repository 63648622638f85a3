"""Running the forum: `python app.py` serves it with a production server and its background worker beside it.

`preparing.py` brings the database up to date, seeds the demo or refuses to start, in words; `server.py` starts the
server; `processes.py` sees that nobody outlives anybody. Owns no table; announces and hears nothing.
"""

from forum.serving.preparing import refuse_unfit, told_in_words
from forum.serving.server import main

__all__ = ["main", "refuse_unfit", "told_in_words"]
