"""What is closed to somebody is not there for them: no page, count, picture, redirect or refusal says otherwise.

The staff's board is the hidden place. Everybody who may not see it walks through every address of the forum with the
numbers of what is hidden there, and meets the very answers that they met before it existed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from sqlalchemy import text

from forum.boards.models import Board
from forum.core import clock as time
from forum.permissions import Group, Right
from forum.posts.models import Post, Revision, Topic, TopicTag
from tests import cast
from tests.machines.databases import reading, writing
from tests.machines.proof import PROVE
from tests.machines.visitor import Visitor

SECRET = "wombat"
WATCHED = (
    "posts topics revisions reactions topic_reads topic_tags boards tags read_marks groups group_members board_rights "
    "sections site outbox"
).split()
# The rights are the same SQL on both databases; one will do, unless proving.
pytestmark = [
    pytest.mark.databases(*(("sqlite", "postgresql") if PROVE else ("sqlite",))),
    pytest.mark.usefixtures("uncounted", "clock"),
]
OUTSIDERS = ("guest", "newcomer", "unconfirmed", "member", "suspended", "moderator", "administrator")
REFUSED = {401, 403, 404, 405}


@dataclass
class Hidden:
    """What stands where only staff look."""

    topic_id: int
    opening_id: int
    reply_id: int


@pytest.fixture
def public(app):
    """What everybody may see, written by the same people under the same tag."""
    with writing(app) as session:
        sid = cast.staff(session, "sid")
        tag = cast.tag(session, "reeds")
        board = cast.board(session, "workshop", kind="question")
        topic = cast.topic(session, board, sid, title="A topic for everybody")
        session.add(TopicTag(topic_id=topic.id, tag_id=tag.id))
        tag.topic_count = 1
        answer = cast.reply(session, topic, cast.member(session, "bea"))
        gone = cast.reply(session, topic, cast.member(session, "cyd"))
        cellar = cast.board(session, "cellar", kind="question", rights={}, name="Cellar", position=99)
        return topic, answer.id, gone.id, cellar.id


@pytest.fixture
def cellar(app, public):
    """`hide()` puts the secrets in."""

    def hide():
        board_id = public[3]
        with writing(app) as session:
            sid = session.query(cast.Account).filter_by(name="sid").one()
            board = session.get_one(Board, board_id)
            for right in (Right.SEE, Right.START, Right.REPLY, Right.MODERATE):
                session.add(cast.BoardRight(board_id=board.id, group_id=int(Group.STAFF), right=str(right)))
            session.flush()
            hidden = cast.topic(session, board, sid, title=f"The {SECRET} affair", body=f"{SECRET} words")
            reply = cast.reply(session, hidden, sid, body=f"more of the {SECRET}")
            session.add(TopicTag(topic_id=hidden.id, tag_id=1))
            session.execute(text("update tags set topic_count = topic_count + 1"))
            opening = session.query(Post).filter_by(topic_id=hidden.id, number=1).one()
            for number in (1, 2):
                session.add(
                    Revision(
                        post_id=opening.id, number=number, author_id=sid.id, created_at=time.now(),
                        title=None, source=f"{SECRET} before", reason=SECRET,
                    )
                )  # fmt: skip
            opening.revision_count = 2
            return Hidden(hidden.id, opening.id, reply.id)

    return hide


def visitor_as(app, kind):
    client = Visitor(app, app.response_class)
    if kind != "guest":
        with writing(app) as session:
            cast.sign_in(client, session, getattr(cast, kind)(session, f"{kind[:12]}x"))
    return client


def addresses(app, hidden, method):
    """Every address with the numbers and names of what is hidden in it: rule and path."""
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "static" and not rule.rule.startswith("/admin"):
            for post_id in (hidden.opening_id, hidden.reply_id):
                given = {"topic_id": str(hidden.topic_id), "post_id": str(post_id), "name": "sid", "secret": "x" * 43}
                given |= {"slug": "reeds" if "/tags/" in rule.rule else "cellar", "session_id": "1"}
                yield rule, re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda m, given=given: given.get(m[1], "1"), rule.rule)


def is_about_hidden(rule):
    return bool({"topic_id", "post_id"} & rule.arguments) or rule.rule.startswith("/b/")


def page(answer):
    """A page as it reads: without tokens, flashes' forms and what differs between any two requests."""
    tokens = r'value="[^"]{40,}"|name="(?:once|tab)"[^>]*|"theirs-[^"]*"'
    found = re.sub(tokens, "", answer.get_data(as_text=True))
    return answer.status_code, answer.headers.get("Location", ""), found


def rows(app):
    with reading(app) as session:
        return {table: session.execute(text(f"select * from {table} order by 1, 2")).all() for table in WATCHED}


PLAUSIBLE = {
    "body": "Words that would do as a post.",
    "title": "A title that would do",
    "tried": "This and that.",
    "kind": "thanks",
    "number": "1",
    "reason": "Because.",
    "scope": "board",
    "days": "3",
    "base": "0",
    "board": "cellar",
    "confirmed": "old",
}


WAYS_TO_SEND = [(PLAUSIBLE, {}), ({**PLAUSIBLE, "preview": "1"}, {}), (PLAUSIBLE, {"HX-Request": "true"})]
ONES_OWN = {"accounts.sign_out", "posts.mark_all_read"}


# Everybody who may not see it walks in `make prove`; each day a guest, and a member with every right that members have.
WALKERS = OUTSIDERS if PROVE else [kind for kind in OUTSIDERS if kind in {"guest", "member"}]


@pytest.mark.parametrize("kind", WALKERS)
def test_whoever_may_not_see_a_board_walks_past_everything_on_it(app, public, cellar, kind, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    client = visitor_as(app, kind)
    general = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    general = [path for path in general if not path.startswith("/admin")]
    topic = public[0]
    general += [
        "/tags/reeds",
        "/b/workshop",
        "/u/sid",
        "/u/sid?show=replies",
        f"/t/{topic.id}-{topic.slug}",
        "/latest?page=2",
    ]
    before = {path: page(client.get(path)) for path in general}
    hidden = cellar()
    after = {path: page(client.get(path)) for path in general}
    assert {path for path in general if before[path] != after[path]} == set()
    for rule, path in addresses(app, hidden, "GET"):
        answer = client.get(path)
        said = answer.get_data(as_text=True) + str(answer.headers)
        assert SECRET not in said.lower(), path
        if is_about_hidden(rule):
            assert answer.status_code == 404, f"{path}: {answer.status}"
    untouched = rows(app)
    for turn, (rule, path) in enumerate(addresses(app, hidden, "POST")):
        ways = WAYS_TO_SEND if PROVE else [WAYS_TO_SEND[turn % len(WAYS_TO_SEND)]]
        for fields, headers in ways if rule.endpoint not in ONES_OWN else []:
            answer = client.post(path, data=fields, headers=headers)
            assert SECRET not in (answer.get_data(as_text=True) + str(answer.headers)).lower(), path
            if is_about_hidden(rule):
                assert answer.status_code in REFUSED, f"{path}: {answer.status}"
    assert rows(app) == untouched


def test_staff_find_all_of_it(app, public, cellar):
    """The same walk by those who may: it reaches what it looks for."""
    client = visitor_as(app, "staff")
    hidden = cellar()
    found = [
        path for rule, path in addresses(app, hidden, "GET") if SECRET in client.get(path, follow_redirects=True).text
    ]
    assert len(found) >= 8
    assert SECRET in client.get("/").text
    assert SECRET in client.get("/u/sid").text


@pytest.mark.parametrize("kind", ["guest", "member", "suspended", "administrator"])
def test_a_post_that_was_taken_away_or_hidden_is_read_by_moderators_alone(app, public, kind, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    topic, _answer, gone_id, _cellar = public
    client = visitor_as(app, kind)
    for column in ("deleted_at", "hidden_at"):
        with writing(app) as session:
            post = session.get_one(Post, gone_id)
            post.source, post.html, post.plain = (f"{SECRET}",) * 3
            post.hidden_at = post.deleted_at = None
            setattr(post, column, time.now())
        paths = [f"/p/{gone_id}", f"/p/{gone_id}/edit", f"/p/{gone_id}/history", f"/t/{topic.id}-{topic.slug}"]
        paths += [
            "/u/cyd?show=replies",
            "/",
            f"/t/{topic.id}-{topic.slug}?quote={gone_id}",
            f"/t/{topic.id}-{topic.slug}?reply_to={gone_id}",
        ]
        for path in paths:
            answer = client.get(path)
            assert SECRET not in answer.get_data(as_text=True) + str(answer.headers), f"{column} {path}"
        for verb in ("edit", "react", "accept", "restore", "delete", "undelete"):
            answer = client.post(f"/p/{gone_id}/{verb}", data=PLAUSIBLE)
            assert answer.status_code in REFUSED, f"{column} {verb}: {answer.status}"
            assert SECRET not in answer.get_data(as_text=True)
        with reading(app) as session:
            assert session.get_one(Post, gone_id).source == SECRET


def test_a_topic_that_was_taken_away_is_gone_for_all_but_moderators(app, public):
    topic = public[0]
    with writing(app) as session:
        found = session.get_one(Topic, topic.id)
        found.deleted_at, found.title = time.now(), f"The {SECRET} affair"
    for kind in ("guest", "member", "administrator"):
        client = visitor_as(app, kind)
        for path in ("/", "/latest", "/b/workshop", "/tags/reeds", "/u/sid", f"/t/{topic.id}", f"/t/{topic.id}/unread"):
            answer = client.get(path)
            assert SECRET not in answer.get_data(as_text=True) + str(answer.headers), path
        assert client.get(f"/t/{topic.id}").status_code == 410
    assert SECRET in visitor_as(app, "moderator").get(f"/t/{topic.id}", follow_redirects=True).text


# ── what is another's ─────────────────────────────────────────────────────────────────────────────────────────────────

# What members do to topics and posts of others: answer, react, vote, ask, doubt, come; and keep for themselves.
ANYBODYS = {
    *("posts.reply", "posts.react", "posts.unreact", "posts.vote", "posts.unvote", "posts.have_too"),
    *("posts.on_it", "posts.not_on_it", "moderation.flag", "suggestions.suggest"),
    *("posts.have_no_more", "posts.ask_to_answer", "posts.hand_on", "posts.doubt", "posts.withdraw_doubt"),
    *(
        "posts.follow",
        "posts.spend_reading",
        "gatherings.attend",
        "bookmarks.save",
        "bookmarks.remove",
        "bookmarks.done",
    ),
}


@pytest.mark.parametrize("kind", ["guest", "newcomer", "unconfirmed", "member", "suspended"])
def test_nobody_changes_what_another_wrote(app, public, kind, monkeypatch):
    """Every changing address of posts and topics, with plausible words, by somebody who is not their author."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    topic, answer_id, _gone, _cellar = public
    with writing(app) as session:
        session.add(Revision(post_id=answer_id, number=1, author_id=None, created_at=time.now(), source="before"))
        session.get_one(Post, answer_id).revision_count = 1
    client = visitor_as(app, kind)
    untouched, tried = rows(app), 0
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or not {"topic_id", "post_id"} & rule.arguments or rule.endpoint in ANYBODYS:
            continue
        path = re.sub(r"<[^>]+>", str(answer_id if "post_id" in rule.arguments else topic.id), rule.rule)
        for fields in (PLAUSIBLE, {**PLAUSIBLE, "preview": "1"}):
            answer = client.post(path, data=fields)
            assert answer.status_code in REFUSED, f"{path}: {answer.status}"
            tried += 1
    assert rows(app) == untouched
    assert tried >= 24


def test_nobody_ends_the_session_of_another_or_reads_their_settings(app, public, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with writing(app) as session:
        bea = session.query(cast.Account).filter_by(name="bea").one()
        for _browser in range(3):
            cast.sign_in(Visitor(app), session, bea)
        cast.sign_in(client, session, cast.member(session, "eve"))
        ids = [row.id for row in session.query(cast.AccountSession).filter_by(account_id=bea.id)]
    assert len(ids) == 3
    for session_id in ids:
        assert client.post(f"/settings/sessions/{session_id}/end").status_code == 404
    client.post("/settings/sessions/end-others")
    with reading(app) as session:
        assert session.query(cast.AccountSession).filter_by(account_id=bea.id).count() == 3
    for path in ("/settings", "/settings/account", "/settings/sessions"):
        assert "bea" not in client.get(path).text


@pytest.mark.parametrize("kind", ["guest", "newcomer", "unconfirmed", "member", "suspended", "moderator", "staff"])
def test_nobody_but_administrators_opens_the_administration(app, public, kind, monkeypatch):
    """Every address of it, read or changed; nothing of it is said in the refusal."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    client = visitor_as(app, kind)
    untouched, tried = rows(app), 0
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/admin"):
            continue
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        answer = (
            client.get(path) if "GET" in rule.methods else client.post(path, data={"name": "mine now", **PLAUSIBLE})
        )
        assert answer.status_code in {303, 401, 403}, f"{path}: {answer.status}"
        if answer.status_code == 303:
            assert kind == "guest"
            assert answer.location.startswith("/sign-in?next=/admin")
        assert "Cellar" not in answer.text
        tried += 1
    assert tried > 30
    assert rows(app) == untouched
