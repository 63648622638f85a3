"""What every address keeps: changes only by POST with a token, headers on every answer, GETs that cannot write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

import forum
from forum.core.db import db, reading, transaction
from forum.core.db.dialect import WRITING
from forum.core.web.headers import HEADERS
from tests import cast
from tests.machines.databases import writing

SAFE = {"GET", "HEAD", "OPTIONS"}


def changing(app):
    """Addresses that take something other than a read, with invented values for their parts."""
    for rule in app.url_map.iter_rules():
        if not rule.methods <= SAFE:
            values = {name: 1 if "Integer" in type(part).__name__ else "x" for name, part in rule._converters.items()}
            yield rule, rule.build(values)[1]


def test_no_page_and_no_answer_leads_to_an_address_that_does_not_exist(app):
    """What is named in `url_for` stands in the table of addresses: otherwise pressing there would break."""
    root = Path(forum.__file__).parents[1]
    files = [*root.glob("forum/**/*.py"), *root.glob("templates/**/*.html")]
    named = {
        (endpoint, file.relative_to(root).as_posix())
        for file in files
        for endpoint in re.findall(r"""url_for\(\s*['"]([a-z_.]+)['"]\s*[,)]""", file.read_text())
    }
    assert len(named) > 200
    assert sorted(where for where in named if where[0] not in app.view_functions) == []


def test_every_change_is_a_post(app):
    odd = {rule.rule: rule.methods - SAFE for rule, _ in changing(app) if rule.methods - SAFE != {"POST"}}
    assert odd == {}


@pytest.fixture
def writes(app):
    """Every transaction that was opened for writing, from now on."""
    opened = []

    def listen(connection):
        if connection.get_execution_options().get(WRITING):
            opened.append(connection)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "begin", listen)
    yield opened
    event.remove(engine, "begin", listen)


@pytest.mark.parametrize("who", ["guest", "administrator"])
def test_a_change_without_the_forms_token_does_not_even_open_a_transaction(app, writes, who):
    client = app.test_client()
    if who == "administrator":
        with writing(app) as session:
            cast.sign_in(client, session, cast.administrator(session))
    routes = list(changing(app))
    assert len(routes) > 50
    writes.clear()
    for rule, path in routes:
        answer = client.post(path)
        assert 300 <= answer.status_code < 500, rule.rule
        assert writes == [], rule.rule


@pytest.mark.parametrize("path", ["/", "/no/such/page", "/static/css/trellis.css", "/sign-in"])
def test_every_answer_carries_the_security_headers(client, path):
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_read_cannot_write_on_either_database(app):
    with app.app_context(), pytest.raises(DBAPIError, match=r"read-?only"):
        reading().execute(text("update site set name = 'changed'"))


def test_a_verb_that_raises_leaves_nothing_behind(app):
    def breaks():
        with transaction() as session:
            session.execute(text("update site set name = 'changed'"))
            raise RuntimeError("in the middle")

    with app.app_context():
        with pytest.raises(RuntimeError):
            breaks()
        assert reading().scalar(text("select name from site")) == "Trellis"


def test_a_transaction_inside_another_is_a_mistake(app):
    with app.app_context(), transaction(), pytest.raises(RuntimeError, match="open already"), transaction():
        pass


def test_a_body_over_the_limit_is_refused_before_it_is_read(app):
    class Unread:
        def read(self, *_):
            raise AssertionError("somebody read the body")

    limit = app.config["MAX_CONTENT_LENGTH"]
    with app.test_client() as client:
        answer = client.post(
            "/sign-in",
            environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": str(limit + 1)},
            content_type="application/x-www-form-urlencoded",
        )
    assert answer.status_code == 413
