"""The addresses of uploads: bringing one from a script, and seeing or fetching one."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, jsonify, request
from flask import Response as FlaskResponse
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response
from werkzeug.wsgi import wrap_file

from forum import identity
from forum.backstage import queries as backstage
from forum.conversations import queries as conversations
from forum.core.db import reading, transaction
from forum.core.errors import ForumError, NotFound
from forum.core.web.limits import limiter
from forum.core.web.running import storage
from forum.core.web.sizes import takes_files
from forum.permissions import Act, require
from forum.posts import queries as posts
from forum.posts.queries import held
from forum.uploads import actions, queries
from forum.uploads.addresses import markdown, path
from forum.uploads.forms import brought_file, keep
from forum.uploads.models import Upload

blueprint = Blueprint("uploads", __name__)

# A picture opened by itself is a document: it may load and run nothing.
ALONE = "default-src 'none'; sandbox"


def _key() -> str:
    return f"uploads:{identity.actor().account_id or request.remote_addr}"


@blueprint.post("/files")
@limiter.limit("30/minute", key_func=_key)
@takes_files
def bring() -> Response:
    """For the editor's script: what to write into the text, or what was wrong, in words."""
    actor = identity.actor()
    try:
        require(actor, Act.UPLOAD)
        brought, key = brought_file()
        with transaction() as session:
            upload = actions.bring(session, actor, brought, key)
        keep(brought)
    except ForumError as error:
        refusal = jsonify(sentence=error.sentence)
        refusal.status_code = error.status
        return refusal
    return jsonify(
        markdown=markdown(upload, request.form.get("alt", "")[:500]),
        path=path(upload),
        image=upload.is_image,
        name=upload.name,
    )


@blueprint.get("/files/<name>")
def file(name: str) -> Response:
    """A picture, to be shown; a file, to be downloaded and never shown here."""
    token, _dot, ending = name.partition(".")
    actor = identity.actor()
    where = {
        "post": posts.readable(actor),
        "held": held.readable(actor),
        "message": conversations.readable(actor),
        "note": backstage.readable(actor),
    }
    upload = queries.upload(reading(), actor, token, where)
    kept = storage().open(upload.key) if upload.ending == ending else None
    if kept is None:
        raise NotFound
    stream, size = kept
    # Piece by piece: many who fetch large files at once do not fill the memory.
    answer = FlaskResponse(wrap_file(request.environ, stream), mimetype=upload.media_type, direct_passthrough=True)
    answer.content_length = size
    answer.headers["Content-Security-Policy"] = ALONE
    # Rights may change: a browser keeps what its owner saw for a while, shared caches keep nothing.
    answer.headers["Cache-Control"] = "private, max-age=600"
    answer.headers["Vary"] = "Cookie"
    answer.set_etag(upload.key.rpartition("/")[2][:32])
    if not upload.is_image:
        answer.headers["Content-Disposition"] = _download(upload)
    return answer.make_conditional(request, accept_ranges=True, complete_length=size)


def _download(upload: Upload) -> str:
    plain = upload.name.encode("ascii", "ignore").decode().replace('"', "").replace("%", "") or f"file.{upload.ending}"
    header = dump_options_header("attachment", {"filename": plain})
    if plain == upload.name:
        return header
    return f"{header}; filename*=UTF-8''{quote(upload.name, safe='')}"
