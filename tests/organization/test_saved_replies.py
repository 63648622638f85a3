"""Texts that replies begin with: what is filled in, who keeps them, and that they say nothing of what a post is for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.errors import InvalidFields, NotFound, Refused
from forum.core.markup import render
from forum.organization import actions
from forum.organization.models import Affiliation, RoleGrant
from forum.organization.queries import saved
from forum.organization.saved_models import SavedReply
from forum.organization.saved_replies import VARIABLES, filled, unknown
from forum.permissions import Role
from forum.posts.models import Post
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, read, token

HELLO = "Hello {{member}}, in “{{topic}}” on {{ board }} you ask {{organization}}.\n\n{{me}}"


def test_what_stands_between_braces_is_filled_in_and_the_rest_stays():
    values = {"member": "Mia", "topic": "Pegs", "board": "Practice", "me": "Rea", "organization": "Acme"}
    assert filled(HELLO, values) == "Hello Mia, in “Pegs” on Practice you ask Acme.\n\nRea"
    assert filled("{{ weather }} {member}", values) == "{{ weather }} {member}"
    assert list(unknown("{{member}} {{ weather }} {{weather}} {{}}")) == ["weather", ""]
    assert unknown("".join(f"{{{{{name}}}}}" for name in VARIABLES)) == []


@given(st.text(st.sampled_from("[]()*_`<>!#|~a:/.@& \n1"), max_size=30))
def test_what_somebody_called_themselves_or_a_topic_is_never_markdown(value):
    html = render(filled("x {{member}} y", {"member": value})).html
    assert not any(tag in html for tag in ("<a ", "<em", "<strong", "<code", "<h1", "<img", "<del", "<ul", "<table"))


@pytest.mark.parametrize("value", ["www.evil.example", "https://a.example/b", "ada@example.org", ":smile:", "1. x"])
def test_what_is_filled_in_is_words_alone_in_code_too(value):
    assert render(filled("x {{member}}", {"member": value})).html == f"<p>x {value}</p>"
    assert f"<code>x {value}</code>" in render(filled("`x {{member}}`", {"member": value})).html
    assert f"<code>{value}\n</code>" in render(filled("```\n{{member}}\n```", {"member": value})).html


@pytest.fixture
def people(app, client):
    with writing(app) as session:
        board = cast.board(session, "practice", kind="question", name="Practice")
        topic = cast.topic(session, board, cast.member(session, "mia"), title="How do pegs stick")
        cast.staff(session, "hal", roles=[Role.HOST, Role.RESPONDER])
        cast.staff(session, "rea", roles=[Role.RESPONDER])
        return topic.id


def keep(app, name, *, shared=False, source=HELLO, called="A hello"):
    with writing(app) as session:
        account = session.query(cast.Account).filter_by(name=name).one()
        host = cast.host(session)
        row = SavedReply(organization_id=host.id, account_id=None if shared else account.id)
        return actions.save_reply(session, cast.actor(session, account), row, called, source).id


def offered(app, name):
    with reading(app) as session:
        actor = cast.actor(session, session.query(cast.Account).filter_by(name=name).one())
        return [row.name for row in saved.saved_replies(session, actor)]


def test_ones_own_are_ones_own_and_the_organizations_are_for_all_its_people(app, people):
    keep(app, "rea", called="Mine")
    shared = keep(app, "hal", shared=True, called="Ours")
    assert offered(app, "rea") == ["Mine", "Ours"]
    assert offered(app, "hal") == ["Ours"]
    assert offered(app, "mia") == []
    with pytest.raises(Refused):
        keep(app, "rea", shared=True)
    with pytest.raises(Refused):
        keep(app, "mia")
    with writing(app) as session:
        little = cast.staff(session, "little", roles=[Role.HOST])
        board = session.query(cast.Board).first()
        session.query(RoleGrant).filter_by(account_id=little.id).update({"board_ids": [board.id]})
    with pytest.raises(Refused):
        keep(app, "little", shared=True)
    with reading(app) as session:
        mia = cast.actor(session, session.query(cast.Account).filter_by(name="mia").one())
        with pytest.raises(NotFound):
            saved.saved_reply(session, mia, shared)


def test_whoever_left_has_none_any_more(app, people):
    keep(app, "rea")
    with writing(app) as session:
        rea = session.query(cast.Account).filter_by(name="rea").one()
        session.query(Affiliation).filter_by(account_id=rea.id).update({"until": cast.clock.now()})
    assert offered(app, "rea") == []


def test_a_variable_that_nobody_knows_is_refused_by_its_name(app, people):
    with pytest.raises(InvalidFields) as refused:
        keep(app, "rea", source="Dear {{weather}}", called="")
    assert "{{weather}}" in refused.value.fields["source"]
    assert "{{member}}" in refused.value.fields["source"]
    assert set(refused.value.fields) == {"name", "source"}


def test_without_a_script_it_comes_back_in_the_editor_and_its_writer_still_says_what_for(app, client, people):
    saved_id = keep(app, "rea")
    enter(app, client, "rea")
    words = {"body": "Begun.", "intent": "", "speaking": "responder", "reply_to": "", "page": "1"}
    asked = words | {"csrf_token": token(client, f"/t/{people}"), "saved": str(saved_id), "door": "insert"}
    answer = client.post(f"/t/{people}/reply", data=asked)
    assert answer.status_code == 200
    area = answer.text.partition('id="body"')[2].partition("</textarea>")[0]
    assert "Begun.\n\nHello mia" in area
    assert "How do pegs stick" in area
    assert 'selected value="answer"' not in answer.text
    sent = asked | {"door": "", "body": "Hello mia, chalk."}
    refused = client.post(f"/t/{people}/reply", data=sent)
    assert refused.status_code == 422
    assert "Say what this post is for" in refused.text
    with reading(app) as session:
        assert session.query(Post).count() == 1


def test_a_script_gets_the_text_filled_in_and_nobody_else_does(app, client, people):
    saved_id = keep(app, "rea")
    enter(app, client, "rea")
    answer = client.get(f"/t/{people}/saved-reply?saved={saved_id}")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("Hello mia, in “How do pegs stick” on Practice you ask Acme.")
    for address in (f"/t/{people}/saved-reply?saved={saved_id + 1}", f"/t/{people}/saved-reply"):
        assert client.get(address).status_code == 404
    for other in ("mia", "hal"):
        enter(app, client, other)
        assert client.get(f"/t/{people}/saved-reply?saved={saved_id}").status_code == 404


def test_one_keeps_changes_and_throws_away_a_reply_in_the_browser(app, client, people):
    enter(app, client, "hal")
    page = "/settings/saved-replies"
    wrong = client.submit(page, {"name": "Thanks", "source": "{{all}}", "whose": "shared"}, form=page)
    assert wrong.status_code == 422
    assert "{{all}}" in wrong.text
    assert client.submit(page, {"name": "Thanks", "source": "Dear {{member}}", "whose": "shared"}).status_code == 303
    with reading(app) as session:
        row = session.query(SavedReply).one()
        assert row.account_id is None
    one = f"{page}/{row.id}"
    assert client.submit(one, {"name": "Many thanks"}, form=f"{row.id}").status_code == 303
    assert "Many thanks" in read(client, page)
    enter(app, client, "rea")
    assert "its hosts change it" in read(client, one)
    assert client.post(f"{one}/throw-away", data={"csrf_token": token(client, page)}).status_code == 403
    enter(app, client, "hal")
    assert client.submit(one, form="throw-away").status_code == 303
    assert "None yet." in read(client, page)
