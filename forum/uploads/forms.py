"""A file as it comes with a form: by itself, or put into a text by the editor's own form, without any script."""

from __future__ import annotations

from flask import request
from wtforms import TextAreaField

from forum.core.db import reading, transaction
from forum.core.errors import Invalid
from forum.core.web.running import storage
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, require
from forum.site import queries as sites
from forum.uploads import actions
from forum.uploads.addresses import markdown
from forum.uploads.kinds import Brought, read_file
from forum.uploads.limits import limits_from


def brought_file(field: str = "file") -> tuple[Brought, str]:
    """The file that came, read and put into storage, with its key; raises Invalid. Before any transaction."""
    file = request.files.get(field)
    if file is None or not file.filename:
        raise Invalid(_("Choose a picture or a file first."), field)
    limits = limits_from(sites.settings(reading()))
    data = file.stream.read(max(limits.file_bytes, limits.picture_bytes) + 1)
    brought = read_file(data, file.filename, limits)
    return brought, keep(brought)


def keep(brought: Brought) -> str:
    """Put the bytes into storage; again, after the row is written, in case its namesake was just forgotten."""
    return storage().put("uploads", brought.data, brought.ending)


def is_attaching() -> bool:
    """Whether the button was pressed that adds a file to the text."""
    return "attach" in request.form


def attach(actor: Actor, body: TextAreaField) -> str:
    """Keep the file that came, put it at the end of the text, and say so. Raises Invalid in words."""
    require(actor, Act.UPLOAD)
    brought, key = brought_file()
    with transaction() as session:
        upload = actions.bring(session, actor, brought, key)
    keep(brought)
    words = request.form.get("alt", "")[:300]
    body.data = f"{(body.data or '').rstrip()}\n\n{markdown(upload, words)}\n".lstrip("\n")
    if not upload.is_image:
        return _("“%(name)s” stands at the end of your text now.", name=upload.name)
    if words.strip():
        return _("The picture stands at the end of your text now.")
    return _(
        "The picture stands at the end of your text now. Between its square brackets is room for a sentence about what "
        "it shows, for those who cannot see it."
    )
