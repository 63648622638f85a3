"""Reads archives of a Discourse forum and says what each post is in our terms.

Owns how such an archive looks on disk (`archive`, `rawfile`), what of it can be taken (`reading`, `records`) and what
is stored of a post (`convert`, `bbcode`, `cooked`, `links`). Pure: no database, no Flask. Announces and hears nothing.
"""
