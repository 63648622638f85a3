"""Answers: whole pages, fragments of them, and refusals in words.

`render("posts/topic.html", fragment="post", …)` gives the block to htmx and the whole page to everybody else: one
template, nothing written twice.
"""

from __future__ import annotations

import logging
import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, flash, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from jinja2_fragments.flask import render_block
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from forum.core.errors import AcceptFirst, ForumError, Sanctioned, SignInNeeded, TooSoon
from forum.core.words import gettext as _

log = logging.getLogger(__name__)

_NOT_WORDS = re.compile("token|password|secret|^(.*-)?(base|seen|once|next|letter|started|invitation|version|waiting)$")
"""Fields whose content nobody typed, or nobody may read."""
_WORDS = frozenset({"body", "title", "words", "reason", "why", "facts", "summary"})
"""Fields for words: given back however short they are."""
_LONG = 40


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page (a restored history entry wants all of it)."""
    return "HX-Request" in request.headers and request.headers.get("HX-History-Restore-Request") != "true"


def render(template: str, *, fragment: str = "", status: int = 200, **context: Any) -> Response:
    """The page, or its block `fragment` when htmx asked for it."""
    if fragment and wants_fragment():
        answer = make_response(render_block(template, fragment, **context), status)
    else:
        answer = make_response(render_template(template, **context), status)
    answer.headers.add("Vary", "HX-Request, Cookie")
    return answer


def see_other(url: str) -> BaseResponse:
    """Redirect after a change, so that reloading repeats nothing."""
    return redirect(url, code=303)


def is_local(url: str) -> bool:
    """Whether `url` stays on this site: where a person may be sent on to."""
    # Browsers drop tabs and line ends from an address before they read it, so that "/\t/elsewhere" is "//elsewhere".
    return url.startswith("/") and not url.startswith(("//", "/\\")) and not any(ord(c) < 0x20 for c in url)


def local_or(url: str | None, fallback: str) -> str:
    """`url` when it stays on this site, else `fallback`."""
    return url if url and is_local(url) else fallback


def where_it_stood() -> str:
    """The page on which what was pressed stood; the first page when the browser does not say."""
    referrer = urlsplit(request.referrer or "")
    path = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return path if referrer.netloc == request.host and is_local(path) else url_for("posts.home")


def register(app: Flask) -> None:
    """Turn every refusal and accident into a page in words."""
    app.register_error_handler(ForumError, _refusal)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, http_refused)
    app.register_error_handler(Exception, _accident)


def _refusal(error: Exception) -> BaseResponse:
    if isinstance(error, SignInNeeded) and request.method == "GET" and not wants_fragment():
        flash(_("Sign in first, and you come back to where you were going."), "notice")
        return see_other(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    if isinstance(error, AcceptFirst) and request.method == "GET" and not wants_fragment():
        return see_other(url_for("pages.accept", next=request.full_path.rstrip("?")))
    status = error.status if isinstance(error, ForumError) else 400
    sentence = error.sentence if isinstance(error, ForumError) else ""
    accept = url_for("pages.accept", next=where_it_stood()) if isinstance(error, AcceptFirst) else ""
    why = (url_for("sanctions.own"), error.rule) if isinstance(error, Sanctioned) else None
    answer = refused(status, sentence, typed=_typed(), accept=accept, why=why)
    if isinstance(error, TooSoon) and error.seconds:
        answer.headers["Retry-After"] = str(error.seconds)
    return answer


def expired(error: Exception) -> BaseResponse:
    """What a form without a valid token gets: nothing was done, and its longer texts are given back."""
    log.warning("refused %s %r: %s", request.method, request.path, error)
    return refused(
        400,
        _("This form has been open for too long, or cookies are switched off. Nothing was sent."),
        typed=_typed(),
    )


def http_refused(error: Exception) -> BaseResponse:
    """What the server itself refuses: a page in words, longer texts given back."""
    assert isinstance(error, HTTPException)
    if error.code is not None and error.code < 400:
        return error.get_response()
    answer = refused(error.code or 500, "", typed=_typed())
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers[name] = value
    return answer


def _accident(error: Exception) -> BaseResponse:
    log.error("accident at %s %r", request.method, request.path, exc_info=error)
    return refused(500, "", typed=_typed())


def _typed() -> list[str]:
    """Texts of a form that could not be taken, given back so that nothing written is lost."""
    try:
        sent = [(name, text) for name, text in request.form.items() if not _NOT_WORDS.search(name)]
        return [text for name, text in sent if text.strip() and (name in _WORDS or len(text) > _LONG)]
    except HTTPException:
        return []


def refused(
    status: int,
    sentence: str,
    typed: list[str] | None = None,
    accept: str = "",
    why: tuple[str, str] | None = None,
) -> Response:
    """A refusal in words: a page, or for htmx a notice on the page that stays. `typed`: texts given back; `accept`:
    where what holds here waits to be accepted first; `why`: where a sanction is explained, and by which rule it is."""
    page = {"status": status, "sentence": sentence, "typed": typed or [], "accept": accept, "why": why}
    try:
        if wants_fragment():
            return _notice(status, page)
        return make_response(render_template("error.html", **page), status)
    except Exception:
        log.exception("the error page itself failed")
        return Response(_("Something went wrong. Nothing was lost on our side."), status, mimetype="text/plain")


def _notice(status: int, page: dict[str, Any]) -> Response:
    """For htmx: said where what just happened is said, so that nothing else on the page changes."""
    answer = make_response(render_template("layout/refused.html", **page), status)
    answer.headers["HX-Retarget"] = "#flashes"
    answer.headers["HX-Reswap"] = "innerHTML show:top"
    return answer
