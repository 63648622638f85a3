"""The visitor sends what a browser without JavaScript would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, request

from tests.machines.visitor import Visitor

PAGE = """<form action=/search><input name=q></form>
<form id=sign-out method=post action=/bye><button name=go value=1>x</button></form>
<form method=post><input type=hidden name=token value=t1><input name=title value="old"><textarea name=body>
as it &lt;was&gt;</textarea><select name=board><option value=1>a<option value=2 selected>b</select>
<input type=checkbox name=watch checked><input type=checkbox name=pin><input type=checkbox name=tag value=x checked>
<input type=checkbox name=tag value=y checked></form>"""


@pytest.fixture
def visitor() -> Visitor:
    app = Flask("toy")
    app.extensions["settings"] = SimpleNamespace(base_url="http://127.0.0.1:1234")

    @app.route("/edit", methods=["GET", "POST"])
    @app.route("/bye", methods=["GET", "POST"], endpoint="bye")
    def edit() -> Any:
        said = request.form.to_dict(flat=False)
        return {"said": said, "path": request.path, "host": request.host} if request.method == "POST" else PAGE

    return Visitor(app, app.response_class, use_cookies=True)


def test_a_form_is_sent_with_what_it_held_and_what_was_filled_in(visitor):
    said = visitor.submit("/edit", {"title": "new"}).json["said"]
    assert said == {
        "token": ["t1"],
        "title": ["new"],
        "body": ["as it <was>"],
        "board": ["2"],
        "watch": ["on"],
        "tag": ["x", "y"],
    }


def test_a_form_is_found_by_its_name(visitor):
    assert visitor.submit("/edit", form="sign-out").json["path"] == "/bye"


def test_a_visitor_asks_the_address_of_the_forum(visitor):
    assert visitor.submit("/edit", {"title": "x"}).json["host"] == "127.0.0.1:1234"


def test_a_field_that_no_form_has_is_named(visitor):
    with pytest.raises(AssertionError, match="colour"):
        visitor.submit("/edit", {"colour": "red"})
