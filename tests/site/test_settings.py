"""The table of settings, and changing it while the forum runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts.models import Token
from forum.core.errors import Conflict, Invalid
from forum.mail.models import OutboxMessage
from forum.posts.limits import LIMITS, limits_from
from forum.site import actions, queries, settings
from forum.site.drafts import settings_fingerprint
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import enter, send

KEYS = sorted(settings.TABLE)


@pytest.mark.parametrize("key", KEYS)
def test_every_default_is_within_its_own_bounds_and_says_what_it_is_for(key):
    setting = settings.TABLE[key]
    assert setting.low <= setting.default <= setting.high
    assert setting.sentence.endswith(".")


@given(st.sampled_from(KEYS), st.integers(min_value=-10, max_value=10**8))
def test_whatever_the_row_keeps_the_value_that_holds_is_within_bounds(key, kept):
    value = settings.number({key: kept}, key)
    assert settings.TABLE[key].low <= value <= settings.TABLE[key].high
    if value == kept:
        assert settings.read(key, str(kept)) == kept
    else:
        with pytest.raises(Invalid):
            settings.read(key, str(kept))


def test_the_limits_of_writing_come_from_the_table():
    assert LIMITS.reply_pause == timedelta(seconds=5)
    assert limits_from({"reply_pause": 60, "title_min": 9}).reply_pause == timedelta(minutes=1)
    assert limits_from({"title_min": 900}).title_min == LIMITS.title_min


def change(session, ada, seen=None, **values):
    site = queries.site(session)
    section = settings.TABLE[next(iter(values))].section
    whole = {one.key: settings.number(site.settings, one.key) for one in settings.of_section(section)}
    seen = seen or settings_fingerprint(section, site.settings)
    return actions.change_settings(session, cast.actor(session, ada), site, section, whole | values, seen)


def test_a_change_holds_at_once_is_logged_and_can_be_undone_from_the_log(session):
    ada = cast.administrator(session, "ada")
    actor = cast.actor(session, ada)
    assert change(session, ada, first_day_topics=1) == 1
    board, new = cast.board(session), cast.newcomer(session)
    cast.topic(session, board, new)
    with pytest.raises(Invalid):
        change(session, ada, title_min=40, title_max=30)
    page = queries.log(session, actor, "setting")
    (line,) = page.items
    assert (line.by_id, line.subject, line.before, line.after) == (
        ada.id,
        "first_day_topics",
        {"value": 3},
        {"value": 1},
    )
    change(session, ada, first_day_topics=2)
    with pytest.raises(Conflict):
        actions.undo_setting(session, actor, queries.site(session), line)
    actions.undo_setting(session, actor, queries.site(session), queries.log(session, actor).items[0])
    actions.undo_setting(session, actor, queries.site(session), line)
    assert queries.site(session).settings == {}
    assert len(queries.log(session, actor).items) == 4


def test_two_administrators_do_not_overwrite_each_other(session):
    ada, bo = cast.administrator(session, "ada"), cast.administrator(session, "bo")
    seen = settings_fingerprint("pace", {})
    change(session, ada, seen=seen, topic_pause=60)
    with pytest.raises(Conflict):
        change(session, bo, seen=seen, reply_pause=9)
    change(session, bo, first_day_topics=9)  # another section is nobody's business
    assert queries.site(session).settings == {"topic_pause": 60, "first_day_topics": 9}


def test_an_administrator_changes_sets_back_and_undoes_in_the_browser(app, client):
    enter(app, client, "ada", cast.administrator)
    answer = client.submit("/admin/settings", {"reply_pause": "4000", "topic_pause": "a"}, form="settings/pace")
    assert answer.status_code == 422
    assert "Between 0 seconds and 3,600 seconds, please." in answer.text
    assert "Write a whole number." in answer.text
    assert 'value="4000"' in answer.text
    answer = client.submit("/admin/settings", {"reply_pause": "7"}, form="settings/pace", follow_redirects=True)
    assert "1 setting changed." in answer.text
    assert "Set it back" in answer.text
    assert "“Between two replies” from 5 seconds to 7 seconds." in client.get("/admin/log?about=setting").text
    answer = client.submit("/admin/log", form="undo", follow_redirects=True)
    assert "It is as it was before." in answer.text
    client.submit("/admin/settings", {"reply_pause": "8"}, form="settings/pace")
    send(client, "/admin/settings", "/admin/settings/reset", key="reply_pause")
    with reading(app) as session:
        assert queries.settings(session) == {}


def test_only_administrators_see_settings_and_log(app, client):
    with writing(app) as session:
        cast.board(session)
    enter(app, client, "mo", cast.moderator)
    for address in ("/admin/settings", "/admin/log"):
        assert client.get(address).status_code == 403


def test_files_conversations_invitations_and_drafts_go_by_the_settings(app, client, clock):
    from forum.conversations.limits import limits_from as talks
    from forum.uploads.limits import LIMITS as UPLOADS
    from forum.uploads.limits import limits_from as files

    assert files({}) == UPLOADS
    assert files({"file_megabytes": 1}).file_bytes == 2**20
    assert talks({"talk_people": 5}).people_max == 5
    with writing(app) as session:
        ada = cast.administrator(session, "ada")
        change(session, ada, invitation_uses=2)
        change(session, ada, sign_in_minute=2)
        change(session, ada, new_for=1)
        board = cast.board(session, "talk")
        topic = cast.topic(session, board, ada)
        topic.created_at -= timedelta(days=1, hours=1)
        title = topic.title
    enter(app, client, "ada")
    page = client.get("/invitations").text
    assert 'max="2"' in page
    assert "for 1 to 2 people" in client.submit("/invitations", {"uses": "3"}).text
    enter(app, client, "bo")
    assert title not in client.get("/new").text
    client._cookies.clear()
    tries = [client.submit("/sign-in", {"login": "ada", "password": "wrong"}).status_code for _ in range(3)]
    assert tries == [422, 422, 429]


def test_links_in_mails_sessions_and_calls_of_groups_last_as_long_as_the_settings_say(app, client, clock):
    with writing(app) as session:
        root = cast.administrator(session, "root")
        change(session, root, reset_life=3, mail_link_life=1, session_life=2)
        change(session, root, group_call_size=1)
        crowd = cast.group(session, "Crowd", mentioned_by="members")
        for name in ("cy", "di"):
            cast.join(session, cast.member(session, name), crowd.id)
    enter(app, client, "root")
    assert client.get("/complete?sign=@&q=cro").json["options"] == []
    clock.shift(timedelta(days=2, minutes=1))
    assert client.get("/settings").status_code == 303
    sent = client.submit("/forgot", {"login": "cy@example.org"})
    assert "works for 3 hours" in client.get(sent.location).text
    with reading(app) as session:
        token = session.query(Token).one()
        assert token.expires_at - token.created_at == timedelta(hours=3)
        assert "within 3 hours" in session.query(OutboxMessage).one().text
