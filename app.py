"""The forum for any WSGI server (`app:app`), and, when run, served here with its background worker."""

import gc

gc.disable()  # what is imported stays: looking through it for rubbish, again and again, is an eighth of the start

from forum import serving
from forum.app import create_app

gc.freeze()
gc.enable()

if __name__ == "__main__":
    raise SystemExit(serving.main(create_app))

with serving.told_in_words():
    app = create_app()
    serving.refuse_unfit(app)
