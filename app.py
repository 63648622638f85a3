"""The forum for any WSGI server (`app:app`), and, when run, served here with its background worker."""

from forum.app import create_app

app = create_app()
