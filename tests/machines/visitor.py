"""A test client like a browser without JavaScript: it asks our host, and fills in the form it was given."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = dict[str, Any]


class Visitor(FlaskClient):
    """Flask's client at the forum's own address, plus `submit`."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if not args or isinstance(args[0], str):
            kwargs.setdefault("base_url", self.application.extensions["settings"].base_url)
        return super().open(*args, **kwargs)

    def submit(self, page: str, data: Fields | None = None, *, form: str = "", **options: Any) -> TestResponse:
        """Fetch `page`, fill `data` into its form and send it with what the form already held (the CSRF token).

        `form` is a part of the wanted form's id or action; by default it is the first form that is sent by POST and has
        all the fields of `data`.
        """
        shown, chosen = self._form(page, form, set(data or {}))
        target = urljoin(shown.request.path, chosen.action) or shown.request.full_path
        return self.post(target, data={**chosen.fields, **(data or {})}, **options)

    def held(self, page: str, name: str) -> Fields:
        """What the form on `page` that has a field `name` holds before anybody touches it."""
        return self._form(page, "", {name})[1].fields

    def _form(self, page: str, form: str, names: set[str]) -> tuple[TestResponse, _Form]:
        shown = self.get(page, follow_redirects=True)
        assert shown.status_code < 400, f"{page} answered {shown.status}"
        parser = _Forms()
        parser.feed(shown.get_data(as_text=True))
        chosen = _choose(parser.forms, form, names)
        assert chosen is not None, f"{page} has no form {form or 'sent by POST'!r} with {sorted(names)}"
        return shown, chosen


class _Form:
    def __init__(self, attributes: dict[str, str]) -> None:
        self.method = attributes.get("method", "get").lower()
        self.action = attributes.get("action", "")
        self.id = attributes.get("id", "")
        self.fields: Fields = {}
        self.names: set[str] = set()


def _choose(forms: list[_Form], wanted: str, names: set[str]) -> _Form | None:
    posted = [form for form in forms if form.method == "post"]
    if wanted:
        return next((form for form in posted if wanted in form.action or wanted in form.id), None)
    return next((form for form in posted if names <= form.names), None)


class _Forms(HTMLParser):
    """The forms of a page with what a browser would send if nobody touched them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self._form: _Form | None = None
        self._textarea = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = _Form(given)
            self.forms.append(self._form)
        elif self._form and tag == "option" and "selected" in given:
            self._keep(self._select, given.get("value", ""))
        elif self._form and tag in {"input", "textarea", "select"} and given.get("name"):
            self._control(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name, kind = given["name"], given.get("type", "text")
        self._form.names.add(name)
        if tag == "textarea":
            self._textarea = name
            self._form.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif kind in {"checkbox", "radio"}:
            if "checked" in given:
                self._keep(name, given.get("value", "on"))
        elif kind not in {"submit", "button", "file", "image", "reset"} and "disabled" not in given:
            self._keep(name, given.get("value", ""))

    def _keep(self, name: str, value: str) -> None:
        assert self._form is not None
        held = self._form.fields
        held[name] = (
            value if name not in held else [*held[name], value] if isinstance(held[name], list) else [held[name], value]
        )

    def handle_data(self, data: str) -> None:
        if self._form and self._textarea:
            held = self._form.fields[self._textarea]
            self._form.fields[self._textarea] = held + data if held else re.sub(r"^\r?\n", "", data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._textarea = ""
