"""A file as it comes with a form: in the editor's own, or by itself."""

from __future__ import annotations

from flask import request

from forum.core.db import reading
from forum.core.errors import Invalid
from forum.core.web.running import storage
from forum.core.words import gettext as _
from forum.site import queries as sites
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
