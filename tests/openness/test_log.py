"""Everybody reads what moderators did; nobody reads about whom."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import pytest

from forum.core import clock as clocks
from forum.holds import actions as holds
from forum.holds.drafts import WordDraft
from forum.moderation import actions
from forum.moderation.actions.silencing import silence
from forum.moderation.operations import OPERATIONS
from forum.moderation.queries import appeals
from forum.openness import asking, figures, queries, wording
from forum.openness.asking import Wanted
from forum.openness.lines import SOURCES, WITHOUT_NOTE
from forum.openness.quarters import Quarter
from forum.organization.charter import Clock, Commitment
from forum.organization.charter import Kind as Promised
from forum.permissions import GUEST, HOUSE, Group, Kind
from forum.posts import actions as posts
from forum.posts.actions import using
from forum.posts.actions.publishing import LOGGED
from forum.posts.pointing import from_board
from tests import cast
from tests.caretakers.test_caretakers import willing
from tests.machines.databases import writing
from tests.moderation.people import settle
from tests.openness.scene import SECRETS, happened
from tests.stewardship.test_commitments import promise

ADDRESSES = (
    *("/moderation/log", "/moderation/log.atom", "/moderation/report", "/moderation/report.json"),
    *("/moderation/report.csv", "/moderation/report/2026-q1", "/moderation/report/2026-q1.json"),
)

FIRST = Quarter(2026, 1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def scene(session, uncounted, clock):
    return happened(session, clock)


def lines(scene, who=None, **wanted):
    """What somebody, by default a guest, reads in the log."""
    return queries.log(scene.session, cast.actor(scene.session, who), Wanted(**wanted)).lines


def said(found):
    return [f"{line.source} {line.act} {line.state}" for line in found]


def test_everything_that_moderators_did_stands_there_the_latest_first(scene):
    found = lines(scene)
    assert [line.at for line in found] == sorted((line.at for line in found), reverse=True)
    assert sorted(said(found)) == sorted([
        "decision hide in_force",
        "decision keep in_force",
        "decision lock in_force",
        "decision remove undone",
        "decision remove in_force",
        "decision remove refused",
        "decision remove undone",
        "decision release in_force",
        "decision reject in_force",
        "appeal reversed in_force",
        "sanction warning in_force",
        "sanction suspension lifted",
        "sanction suspension in_force",
        "revoked read_only in_force",
        "spam spam in_force",
        "step locked in_force",
        "tool untag in_force",
        "notice kept in_force",
    ])  # fmt: skip
    words = [wording.done(line) for line in found]
    assert len(words) == len(found)
    assert "A held post was not posted" in words
    assert "An objection was answered: the decision was taken back" in words
    assert "A report of illegal content was answered: it stays" in words
    assert "Taken back as if it had never been: Reads only; others are not told" in words


def test_what_moderators_do_to_topics_by_any_door_stands_there_and_what_authors_do_does_not(session, uncounted, clock):
    place = settle(session)
    board = cast.board(session, "other")
    mo, ann = place.actor(place.mo), place.actor(place.ann)
    told = from_board(place.board, "")
    posts.move_topic(session, mo, place.topic, board, told)
    posts.lock(session, mo, place.topic), posts.unlock(session, mo, place.topic)
    posts.archive(session, mo, place.topic), posts.unarchive(session, mo, place.topic)
    other = cast.topic(session, place.board, place.ann, "Which tent?")
    posts.retitle(session, ann, other, "Which tent, then?", [])
    cast.reply(session, other, place.ben, "A small one.")
    first, second = sorted((place.topic, other), key=lambda one: one.id)
    merged = using.use_on_one(session, mo, "merge", second.id, {"into": first.id}, "")
    using.undo_run(session, mo, merged)
    found = [line.act for line in queries.log(session, mo, Wanted()).lines]
    assert found[::-1] == ["moved", "locked", "unlocked", "archived", "unarchived", "merged.here", "unmerged"]
    assert {line.role for line in queries.log(session, GUEST, Wanted()).lines} == {"moderator"}


def test_watched_words_stand_there_by_what_they_do_and_never_as_words(session, uncounted, clock):
    boss = cast.administrator(session, "boss")
    row = holds.add_word(session, cast.actor(session, boss), WordDraft("rascal", "censor"))
    holds.change_word(session, cast.actor(session, boss), row, WordDraft("rascals", "censor"))
    holds.change_word(session, cast.actor(session, boss), row, WordDraft("rascals", "hold"))
    holds.remove_word(session, cast.actor(session, boss), row)
    found = queries.log(session, GUEST, Wanted()).lines
    assert [wording.done(line) for line in found][::-1] == [
        "A word is watched for (Censor: it is blackened)",
        "A watched word was changed",
        "A watched word was changed (Hold: a moderator looks first)",
        "A word is watched for no longer (Hold: a moderator looks first)",
    ]
    assert {(line.source, line.by_host) for line in found} == {("word", False)}
    sid = cast.join(session, cast.staff(session, "sid"), Group.ADMINISTRATORS)
    holds.add_word(session, cast.actor(session, sid), WordDraft("scoundrel", "hold"))
    assert queries.log(session, GUEST, Wanted(act="word:created")).lines[0].by_host


def test_silence_by_itself_stands_there_as_automatic(session, uncounted, clock):
    silence(session, HOUSE, cast.newcomer(session), "spam", "Secret facts.", "flags")
    clock.shift(timedelta(days=1))
    found = queries.log(session, GUEST, Wanted()).lines
    assert {(line.source, line.act, line.automated, line.role) for line in found} == {
        ("sanction", "withdrawn", True, "house")
    }
    assert {wording.done(line) for line in found} == {"A member: Does not reply", "A member: Begins no topics"}


def test_a_sanction_is_told_the_day_after_and_by_its_day_alone(session, uncounted, clock):
    place = settle(session)
    cast.sanction(session, place.ben, "warning", since=clocks.now())
    place.decide(place.mo)
    assert said(queries.log(session, GUEST, Wanted()).lines) == ["decision remove in_force"]
    clock.shift(timedelta(days=1))
    of_today, sanction = queries.log(session, GUEST, Wanted()).lines
    assert (of_today.source, of_today.at.hour) == ("decision", 9)
    assert sanction.at == of_today.at.replace(hour=0)


def test_an_office_that_hardly_anybody_holds_is_not_named(session, uncounted, clock):
    board = cast.board(session, "talk")
    keepers = [cast.member(session) for _n in range(3)]
    topic = cast.topic(session, board, cast.member(session))

    def roles():
        return {line.role for line in queries.log(session, GUEST, Wanted()).lines}

    willing(session, board, keepers[0])
    posts.lock(session, cast.actor(session, keepers[0]), topic)
    assert roles() == {"moderator"}
    willing(session, board, keepers[1]), willing(session, board, keepers[2])
    assert roles() == {"board_moderator"}
    head = cast.join(session, cast.administrator(session), Group.MODERATORS)
    posts.unlock(session, cast.actor(session, head), topic)
    assert roles() == {"board_moderator", "moderator"}


def test_a_line_says_in_which_role_whether_automatically_and_what_became_of_it(scene):
    by_key = {line.key: line for line in lines(scene)}

    def of(decision):
        line = by_key[f"decision-{decision.id}"]
        return wording.done(line), wording.facts(line), wording.ended(line)

    assert of(scene.removed)[0::2] == ("A post was removed", "Taken back after an objection")
    assert of(scene.removed)[1] == ["by a moderator", "not automatically", "members flagged it"]
    confirmed = of(scene.confirmed)[1]
    assert "belongs to the organization" in confirmed
    assert "confirmed by a peer moderator" in confirmed
    assert of(scene.lapsed)[2] == "Undone: no peer moderator looked in time"
    hidden = next(line for line in by_key.values() if line.act == "hide")
    assert wording.facts(hidden)[:2] == ["by itself", "automatically"]


def test_a_board_that_one_does_not_see_is_not_named_nor_asked_for(scene):
    board = cast.board(scene.session, "desk", rights=cast.STAFF_ONLY)
    scene.removed.board_id = board.id
    scene.session.flush()

    def line(who=None):
        return next(one for one in lines(scene, who) if one.key == f"decision-{scene.removed.id}")

    for who in (None, scene.place.ann):
        assert (line(who).board_id, line(who).board, line(who).slug, line(who).elsewhere) == (None, "", "", True)
        assert wording.facts(line(who))[0] == "on a board that you do not see"
        assert lines(scene, who, board="desk") == []
    assert (line(scene.place.hana).board, line(scene.place.hana).elsewhere) == (board.name, False)
    assert len(lines(scene, scene.place.hana, board="desk")) == 2  # the objection to it, too


def test_it_is_narrowed_by_each_thing_that_is_asked_for(scene):
    def count(**wanted):
        return len(lines(scene, **wanted))

    whole = count()
    assert count(act="decision:remove") == 4
    assert count(act="sanction:suspension") == 2
    assert count(act="spam:spam", rule="spam") == 1
    assert count(act="nothing:at_all") == 0
    assert count(rule="unkind") + count(rule="spam") + count(rule="off_topic") == whole - 3
    assert (count(role="house"), count(role="moderator")) == (1, whole - 1)
    assert count(by="machine") == 1
    assert count(by="people") == whole - 1
    assert count(state="undone") == 4
    assert count(state="standing") == whole - 4
    assert count(when="2026-03") == count(when="2026-q1") == whole
    assert count(when="2026-02") == count(when="2026-q2") == 0
    assert count(board=scene.place.board.slug) == 11
    assert count(board="nowhere") == 0


def test_no_page_feed_or_file_names_anybody_or_says_what_they_wrote(app, client, clock, uncounted):
    with writing(app) as session:
        happened(session, clock)
    for address in ADDRESSES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = unescape(answer.text)
        assert [word for word in SECRETS if re.search(rf"\b{word}\b", text, re.IGNORECASE)] == [], address
        assert re.findall(r"/[ptu]/\w+", text) == [], address


def test_the_feed_is_atom_narrowed_as_the_page_and_sent_once(app, client, clock, uncounted):
    with writing(app) as session:
        happened(session, clock)
    answer = client.get("/moderation/log.atom?act=decision:remove&role=moderator")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)  # noqa: S314
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 4
    for one in (feed, *entries):
        assert all(one.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == 4
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith("/moderation/log.atom?act=decision:remove&role=moderator")
    undone = [one for one in entries if one.findtext(f"{ATOM}updated") > one.findtext(f"{ATOM}published")]
    assert len(undone) == 2  # taken back after an objection, and lapsed; the others were looked at in the same minute
    again = client.get(
        "/moderation/log.atom?act=decision:remove&role=moderator", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_who_decides_is_said_and_where_nobody_is_independent_of_the_host(scene, client):
    told = queries.deciders(scene.session, GUEST)
    assert (told.moderators, told.peers) == (3, 2)
    reader = cast.actor(scene.session, None)
    assert queries.deciders(scene.session, reader).peerless == []
    for who in (scene.place.mo, scene.place.mia):
        cast.suspend(scene.session, who)
    told = queries.deciders(scene.session, reader)
    assert told.peers == 0
    assert told.peerless == [(scene.place.board.slug, scene.place.board.name)]
    assert told.host == cast.host(scene.session).name


def test_the_log_is_read_page_by_page_without_a_line_twice_or_missing(scene, monkeypatch):
    whole = [line.key for line in lines(scene)]
    monkeypatch.setattr(queries, "PER_PAGE", 4)
    read, before = [], None
    while True:
        page = queries.log(scene.session, GUEST, Wanted(), before)
        read += [line.key for line in page.lines]
        if not page.next:
            break
        before = asking.place(page.next)
    assert read == whole
    assert [line.key for _day, those in page.days for line in those] == whole[-len(page.lines) :]


def test_addresses_of_no_page_month_or_quarter_lead_nowhere(app, client, clock, uncounted):
    with writing(app) as session:
        happened(session, clock)
    for address in ("log?when=2026-13", "log?when=2026-q5", "log?before=nowhere", "report/2026-q2", "report/2026-q5"):
        assert client.get(f"/moderation/{address}").status_code == 404, address
    assert "Nothing of that kind was done." in client.get("/moderation/log?when=2026-02").text
    later = client.get("/moderation/log?before=20260101T000000.000000Z-decision-1")
    assert "The latest" in later.text


def test_an_empty_log_says_so_and_that_there_is_no_peer(client):
    page = client.get("/moderation/log").text
    assert "Moderators have not had to do anything yet." in page
    assert "There is no peer moderator" in page
    assert "Nothing in this quarter." in client.get("/moderation/report").text


def test_every_act_and_end_has_words():
    known = {key for group in wording.acts().values() for key in group}
    assert {f"decision:{key}" for key in OPERATIONS} <= known
    assert {f"{source}:{kind}" for kind in Kind for source in ("sanction", "revoked")} <= known
    assert {f"step:{key}" for key in LOGGED} | {f"tool:{key}" for key in WITHOUT_NOTE} <= known
    assert {key.partition(":")[0] for key in known} == set(SOURCES)
    assert all(wording.how(key) for key in figures.HOW)


def test_of_a_tool_only_what_was_done_is_told_and_how_many(session, uncounted, clock):
    place = settle(session)
    cast.tag(session, "gut"), cast.tag(session, "reed")
    other = cast.topic(session, place.board, place.ann, "Which reed?")
    place.topic.concerns_host = True
    left_out = using.use_tool(session, place.actor(place.hana), "tag", [place.topic.id], {"tags": ["gut"]})
    assert "why" in left_out.items[0]
    using.use_tool(session, place.actor(place.hana), "tag", [place.topic.id, other.id], {"tags": ["reed"]})
    lines = queries.log(session, GUEST, Wanted(act="tool:tag")).lines
    assert [wording.done(line) for line in lines] == ["Topics got tags: 1"]


def test_an_emergency_is_called_one_whether_it_waits_lapsed_or_was_refused(session, uncounted, clock):
    place = settle(session)
    found = []
    for _each in range(3):
        post = cast.reply(session, place.topic, place.ada, "Acme never listens.")
        found.append(place.decide(place.hana, post=post, emergency="It names a street."))
        clock.shift(timedelta(minutes=1))
    actions.refuse(session, place.actor(place.mo), found[1], "An opinion.")
    clock.shift(timedelta(hours=48))
    actions.lapse(session, HOUSE, found[0])
    lines = queries.log(session, GUEST, Wanted(act="decision:remove")).lines
    assert [line.state for line in lines[::-1]] == ["undone", "undone", "in_force"]
    assert all("done at once, in an emergency" in wording.facts(line) for line in lines)


def test_the_target_of_objections_is_the_one_that_the_charter_promises(session, uncounted, clock):
    def targets():
        times = {one.kind: one.target for one in queries.deciders(session, GUEST).times}
        row = dict(
            zip(figures.times(session, FIRST).columns, figures.times(session, FIRST).rows["appeal"], strict=True)
        )
        return times["appeal"], row["target_hours"]

    place = settle(session)
    cast.host(session)
    assert targets() == (timedelta(days=7), 168.0)
    promise(session, {Promised.APPEAL: Commitment(72, Clock.WALL, 100)})
    assert targets() == (timedelta(days=3), 72.0)
    decision = place.decide(place.mo)
    found = appeals.objected_for_update(session, place.actor(place.ada), decision.id)
    actions.appeal(session, place.actor(place.ada), found, "It was a quote.")
    assert place.case("appeal").due_at == clocks.now() + timedelta(days=3)
