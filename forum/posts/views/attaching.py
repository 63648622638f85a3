"""A picture or a file put into a text by the editor's own form, without any script."""

from __future__ import annotations

from flask import request
from wtforms import TextAreaField

from forum import identity
from forum.core.db import transaction
from forum.core.words import gettext as _
from forum.permissions import Act, require
from forum.uploads import actions
from forum.uploads.addresses import markdown
from forum.uploads.forms import brought_file, keep


def is_attaching() -> bool:
    """Whether the button was pressed that adds a file to the text."""
    return "attach" in request.form


def attach(body: TextAreaField) -> str:
    """Keep the file that came, put it at the end of the text, and say so. Raises Invalid in words."""
    actor = identity.actor()
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
