"""Posts of an older renderer get the HTML of the present one, and nothing else changes."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from forum import rerendering, wiring
from forum.accounts.models import Account
from forum.boards.models import Board
from forum.conversations.actions import leave
from forum.conversations.models import Message
from forum.conversations.queries import conversation_for_update
from forum.core.db import db
from forum.core.markup import RENDERER_VERSION, SourceKind
from forum.posts import actions
from forum.posts.actions.rerendering import posts_to_render, rerender
from forum.posts.models import Post
from forum.uploads import actions as uploads
from forum.uploads.kinds import read_file
from forum.uploads.models import UploadUse
from tests import cast
from tests.conversations.talk import start
from tests.machines.databases import reading, writing
from tests.uploads.files import picture

OWN = "https://forum.example.org"


@pytest.fixture
def topic(app):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        cast.tag(session, "reeds")
        topic = cast.topic(session, cast.board(session), ada, body="*Hello* @ada, about #reeds and #nothing.")
        cast.reply(session, topic, cast.member(session, "bo"), body="**Yes.**")
    return topic


def render(app, **options):
    told = []
    with app.app_context():
        changed = rerendering.render_again(
            **{"everything": False, "own": OWN, "workers": 1, "told": told.append} | options
        )
    return changed, sum(told)


def age(app):
    with writing(app) as session:
        session.execute(update(Post).values(renderer_version=RENDERER_VERSION - 1, html="<p>old</p>"))


def htmls(app):
    with reading(app) as session:
        return session.scalars(select(Post.html).where(Post.action == "").order_by(Post.number)).all()


def test_what_an_older_renderer_wrote_is_rendered_again(app, topic):
    age(app)
    assert render(app) == (2, 2)
    first, second = htmls(app)
    assert "<em>Hello</em>" in first
    assert 'href="/u/ada"' in first
    assert "reeds</a>" in first
    assert "nothing</a>" not in first
    assert "<strong>Yes.</strong>" in second
    with reading(app) as session:
        assert set(session.scalars(select(Post.renderer_version))) == {RENDERER_VERSION}
        assert session.scalars(select(Post.plain).where(Post.number == 2)).one().startswith("Yes.")


def test_afterwards_there_is_nothing_to_do(app, topic):
    age(app)
    render(app)
    assert render(app) == (0, 0)
    with reading(app) as session:
        assert rerendering.waiting(session, everything=False) == 0
        assert rerendering.waiting(session, everything=True) == 2
    assert render(app, everything=True) == (0, 2)


def test_notes_in_the_stream_have_nothing_to_render(app, topic):
    with writing(app) as session:
        moderator = cast.actor(session, cast.moderator(session, "eli"))
        actions.lock(session, moderator, rerendered_topic(session, moderator, topic.id))
    with reading(app) as session:
        assert rerendering.waiting(session, everything=True) == 2


def rerendered_topic(session, actor, topic_id):
    from forum.posts import queries

    return queries.topic_for_update(session, actor, topic_id)


def test_posts_that_came_as_html_stay_html_and_their_mentions_live(app, topic):
    source = '<p><b>Old</b> <a class="mention" href="/u/ada">@ada</a><script>alert(1)</script></p>'
    with writing(app) as session:
        session.execute(
            update(Post)
            .where(Post.number == 2)
            .values(source=source, source_kind=str(SourceKind.HTML), renderer_version=0)
        )
    render(app)
    html = htmls(app)[1]
    assert "<strong>Old</strong>" in html or "<b>Old</b>" in html
    assert 'href="/u/ada"' in html
    assert "script" not in html


def test_an_edit_that_came_between_wins(app, topic):
    age(app)
    with reading(app) as session:
        stale = posts_to_render(session, everything=False, after=0, limit=10)
    with writing(app) as session:
        session.execute(update(Post).where(Post.number == 2).values(source="Newer", html="<p>Newer</p>"))
    with writing(app) as session:
        result = cast.words("Stale").rendered
        rerender(session, rerendering.HOUSE, [(one, result) for one in stale])
    assert htmls(app) == ["<p>Stale</p>", "<p>Newer</p>"]


def test_it_can_be_ended_anywhere_and_begun_again(app, topic, monkeypatch):
    age(app)
    monkeypatch.setattr(rerendering, "BATCH", 1)

    class Killed(BaseException):
        pass

    def kill(_number):
        raise Killed

    with pytest.raises(Killed):
        render(app, told=kill)
    assert htmls(app)[1] == "<p>old</p>", "the second was not reached"
    assert render(app) == (1, 1)
    assert "old" not in "".join(htmls(app))


def test_profiles_guidance_and_the_welcome_are_rendered_too(app):
    with writing(app) as session:
        cast.member(session, "ada", about_source="*Me*", about_html="", about_version=0)
        cast.board(session, guidance_source="*Kindly*", guidance_html="")
    assert render(app) == (2, 2)
    with reading(app) as session:
        assert session.scalars(select(Account.about_html)).one() == "<p><em>Me</em></p>"
        assert session.scalars(select(Account.about_version)).one() == RENDERER_VERSION
        assert session.scalars(select(Board.guidance_html)).one() == "<p><em>Kindly</em></p>"
    assert render(app) == (0, 1), "guidance keeps no version, so it is looked at each time"


def test_private_messages_are_rendered_too_and_nothing_else_of_them_changes(app, monkeypatch):
    monkeypatch.setattr(rerendering, "BATCH", 1)
    with writing(app) as session:
        ada, _bo = cast.member(session, "ada"), cast.member(session, "bo")
        about = start(session, ada, "bo", words="Is it *true*? ![](https://elsewhere.example/bow.png)")
        leave(session, cast.actor(session, ada), conversation_for_update(session, cast.actor(session, ada), about.id))
        session.execute(update(Message).where(Message.source != "").values(html="<p>old</p>", renderer_version=0))
        brought = read_file(picture(), "bow.png")
        copied = uploads.fetched(
            session, rerendering.HOUSE, "https://elsewhere.example/bow.png", brought, "uploads/b.png"
        )
        copied = copied.id
    assert render(app) == (1, 1)
    with reading(app) as session:
        told, note = session.scalars(select(Message).order_by(Message.number)).all()
        assert "<em>true</em>" in told.html
        assert (told.renderer_version, told.plain[:10], told.edited_at) == (RENDERER_VERSION, "Is it true", None)
        assert (note.html, note.renderer_version) == ("", 0)
        use = session.query(UploadUse).one()
        assert (use.upload_id, use.place, use.place_id) == (copied, "message", told.id)
    assert render(app) == (0, 0)


def test_every_table_that_keeps_html_with_a_version_is_rendered_again():
    versioned = {
        (mapper.class_.__name__, column.key)
        for mapper in db.Model.registry.mappers
        for column in mapper.columns
        if column.key.endswith(("renderer_version", "about_version"))
    }
    known = {
        (texts.version.class_.__name__, texts.version.key) for texts in rerendering.TEXTS if texts.version is not None
    }
    assert versioned == known | {("Post", "renderer_version")}
    html = {
        mapper.class_.__name__ for mapper in db.Model.registry.mappers if any("html" in c.key for c in mapper.columns)
    }
    # A report keeps what the message said when it was reported.
    assert html == {texts.html.class_.__name__ for texts in rerendering.TEXTS} | {"Post", "MessageReport"}


def test_a_batch_costs_the_same_queries_whatever_it_mentions(app, topic):
    from sqlalchemy import event

    age(app)
    asked = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        rerendering.render_again(everything=False, own=OWN, workers=1)
    assert len([sql for sql in asked if "FROM former_names" in sql]) <= 1
    assert len([sql for sql in asked if "FROM tags" in sql and "about_source !=" not in sql]) <= 1


def test_a_post_shown_plainly_because_the_machine_was_busy_is_rendered_soon_after(app):
    with writing(app) as session:
        person = cast.member(session, about_source="I teach **music**.", about_html="<p>I teach **music**.</p>")
        topic = cast.topic(session, cast.board(session), person)
        post = session.get(Post, topic.last_post_id)
        post.source, post.renderer_version = "Some *words*", 0
        post_id, person_id = post.id, person.id
    with app.app_context():
        wiring.JOBS["finish_rendering"]()
    with reading(app) as session:
        assert session.get(Post, post_id).html == "<p>Some <em>words</em></p>"
        assert session.get(Account, person_id).about_html == "<p>I teach <strong>music</strong>.</p>"
