"""What the scorecard of a week says, first of a board whose figures are known exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.accounts.models import Account
from forum.core import clock as clocks
from forum.importers.queries import posts_without_affiliation
from forum.organization.charter_json import to_json
from forum.organization.models import CharterVersion, Organization
from forum.organization.notice_models import Incident
from forum.organization.voices import Voice
from forum.posts.guard_models import Override
from forum.posts.models import Post, Topic
from forum.recognition.models import Recognition
from forum.scorecard.queries.gathering import reckoned
from forum.statements.actions import pledge
from forum.stewardship import queries as stewardship
from forum.stewardship.measures import measured
from tests import cast
from tests.organization.charters import GOOD
from tests.posts.people import counted
from tests.stewardship.f1 import NOW, practice


@pytest.fixture
def board(session):
    return practice(session)


def of(session, at=NOW, slug=""):
    return next(part.data for part in reckoned(session, at, None) if part.slug == slug)


def figures(data, *names):
    return {name: (data["lines"][name]["k"], data["lines"][name]["n"]) for name in names}


def override(session, board, title, number, rule="G1", reason="safety", at=NOW - timedelta(days=20)):
    topic = session.query(Topic).filter_by(title=title).one()
    post = session.query(Post).filter_by(topic_id=topic.id, number=number).one()
    session.add(
        Override(
            rule=rule, board_id=board.id, topic_id=topic.id, post_id=post.id, author_id=post.author_id, at=at,
            reason=reason, text="",
        )
    )  # fmt: skip
    session.flush()


def test_the_known_board_has_the_known_figures(session, board):
    data = of(session, slug="practice")
    assert figures(data, "share_of_voice", "staff_first_rate", "peer_answer_rate", "peer_first_breaches") == {
        "share_of_voice": (7, 21),
        "staff_first_rate": (1, 3),
        "peer_answer_rate": (3, 4),
        "peer_first_breaches": (1, 3),
    }
    voice = data["lines"]["share_of_voice"]
    assert (voice["value"], voice["limit"], voice["state"]) == (0.3333, 0.6, "within")
    assert data["lines"]["staff_first_rate"]["state"] == "too_few", "3 topics, and 10 are needed"
    assert (data["peers"], data["stage"]) == (6, "inception")
    assert figures(data, "announcements")["announcements"][0] == 1
    assert figures(data, "housekeeping") == {"housekeeping": (0, 7)}


def test_it_says_of_all_boards_what_the_measures_say(session, board):
    data = of(session)
    found = measured(stewardship.facts(session, [board.id], NOW))
    for one in found:
        if one.measure.name != "peer_first_breaches":
            line = data["lines"][one.measure.name]
            assert (line["k"], line["n"], line["version"]) == (one.figure.k, one.figure.n, one.measure.version)


def test_an_answer_that_was_overridden_in_public_is_told_apart(session, board):
    override(session, board, "T1", 2)
    override(session, board, "T1", 2, rule="G2")
    override(session, board, "T1", 2, at=NOW - timedelta(days=29))
    data = of(session)
    assert figures(data, "peer_first_breaches", "peer_first_overrides", "overrides") == {
        "peer_first_breaches": (0, 3),
        "peer_first_overrides": (1, 3),
        "overrides": (1, 7),
    }, "one post, which passed over two limits"
    assert data["lines"]["overrides"]["state"] == "too_few", "7 posts, and 20 are needed to say a share"
    assert data["overrides"] == [
        {"rule": "G1", "reason": "safety", "count": 1},
        {"rule": "G2", "reason": "safety", "count": 1},
    ]


def test_who_asked_for_the_organization_or_in_an_urgent_matter_was_not_left_waiting(session, board):
    topic = session.query(Topic).filter_by(title="T1").one()
    topic.waived_at = topic.created_at + timedelta(minutes=5)
    session.flush()
    assert figures(of(session), "peer_first_breaches") == {"peer_first_breaches": (0, 3)}
    topic.waived_at, topic.urgent_at = None, topic.created_at
    session.flush()
    assert figures(of(session), "peer_first_breaches", "peer_answer_rate") == {
        "peer_first_breaches": (0, 2),
        "peer_answer_rate": (2, 3),
    }


def test_a_board_on_which_fewer_than_five_members_write_is_in_the_whole_and_not_alone(session, clock):
    small, tiny, large = (cast.board(session, name) for name in ("small", "tiny", "large"))
    people = [cast.member(session) for _ in range(5)]
    for number, person in enumerate(people):
        cast.topic(session, large, person)
        if number < 4:
            cast.topic(session, small if number < 3 else tiny, person)
    clock.shift(timedelta(hours=1))
    parts = reckoned(session, clocks.now(), None)
    assert [part.slug for part in parts] == ["", "large"]
    assert parts[0].data["posts"] == 9
    assert (parts[0].data["boards"], parts[0].data["boards_shown"]) == (3, 1)


def test_a_single_small_board_cannot_be_had_by_taking_the_others_from_the_whole(session, clock):
    boards = [cast.board(session, name) for name in ("small", "middle", "large")]
    people = [cast.member(session) for _ in range(6)]
    for board, many in zip(boards, (4, 5, 6), strict=True):
        for person in people[:many]:
            cast.topic(session, board, person)
    clock.shift(timedelta(hours=1))
    assert [part.slug for part in reckoned(session, clocks.now(), None)] == ["", "large"]


def test_what_members_cannot_all_see_is_nowhere_on_it(session, clock):
    hidden = cast.board(session, "hidden", rights=cast.STAFF_ONLY)
    for _ in range(6):
        cast.topic(session, hidden, cast.staff(session))
    clock.shift(timedelta(hours=1))
    (whole,) = reckoned(session, clocks.now(), None)
    assert (whole.data["posts"], whole.data["boards"]) == (0, 0)


def test_it_is_as_of_its_instant_however_late_it_is_reckoned(session, clock):
    board = cast.board(session, "practice")
    begun = cast.topic(session, board, cast.member(session))
    rae, word = cast.staff(session), Voice("official", "official", "responder")
    cast.reply(session, begun, rae)
    said = cast.reply(session, begun, rae, voice=word)
    kept = pledge(session, cast.actor(session, rae), said, "Mend the stove.", clocks.now().date(), rae)
    clock.shift(timedelta(hours=1))
    then = clocks.now()
    before = reckoned(session, then, None)
    clock.shift(timedelta(hours=1))
    late = cast.reply(session, begun, cast.member(session))
    late.deleted_at, late.deleted_by_id = clocks.now(), cast.moderator(session).id
    begun.urgent_at = said.hidden_at = clocks.now()
    kept.kept_on = clocks.now().date()
    session.add(
        CharterVersion(
            organization_id=cast.host(session).id, number=1, data=to_json(GOOD), saved_at=clocks.now(), note=""
        )
    )
    session.flush()
    assert reckoned(session, then, None) == before
    assert figures(before[0].data, "official_overdue", "pledges_open") == {
        "official_overdue": (0, 1),
        "pledges_open": (1, None),
    }
    clock.shift(timedelta(hours=1))
    assert figures(of(session, clocks.now()), "posts_removed") == {"posts_removed": (1, None)}


def test_what_moderators_took_away_counts_and_what_its_author_did_does_not(session, clock):
    board = cast.board(session, "practice")
    begun = cast.topic(session, board, cast.member(session))
    own, taken, held = (cast.reply(session, begun, cast.member(session)) for _ in range(3))
    own.deleted_at, own.deleted_by_id = clocks.now(), own.author_id
    taken.deleted_at, taken.deleted_by_id = clocks.now(), cast.moderator(session).id
    held.hidden_at = clocks.now()
    session.flush()
    clock.shift(timedelta(hours=1))
    data = of(session, clocks.now())
    assert figures(data, "posts_removed", "posts_held") == {"posts_removed": (1, None), "posts_held": (1, None)}


def test_budgets_are_those_of_the_boards_that_use_them(session, clock):
    quiet, loud = cast.board(session, "quiet"), cast.board(session, "loud", kind="announcement")
    assert quiet.id != loud.id
    for _ in range(5):
        topic = cast.topic(session, loud, cast.member(session), title="Something to announce")
        post = session.query(Post).filter_by(topic_id=topic.id).one()
        post.affiliation_kind, post.intent = "staff", "announce"
    session.flush()
    clock.shift(timedelta(hours=1))
    line = of(session, clocks.now())["lines"]["announcements"]
    assert (line["k"], line["limit"], line["state"]) == (5, 4, "beyond")


def test_its_questions_grow_with_boards_and_not_with_what_is_written(app, session, board):
    people = [cast.member(session) for _ in range(6)]
    for person in people:
        cast.reply(session, cast.topic(session, board, person), people[0])
    with counted(app) as few:
        reckoned(session, clocks.now() + timedelta(hours=1), posts_without_affiliation())
    for person in people * 3:
        cast.reply(session, cast.topic(session, board, person), people[0])
    with counted(app) as many:
        parts = reckoned(session, clocks.now() + timedelta(hours=1), posts_without_affiliation())
    assert [part.slug for part in parts] == ["", "practice"]
    assert len(many) <= len(few)
    assert len(many) < 40


def test_thanks_perks_and_emergencies_of_the_weeks_before_stand_on_the_whole_and_on_no_board(session, board):
    post = session.query(Post).filter(Post.affiliation_kind == "").order_by(Post.id).first()
    written = session.query(Post).filter_by(author_id=post.author_id, affiliation_kind="").count()
    session.get_one(Account, post.author_id).perks_since = (NOW - timedelta(days=300)).date()
    host = session.query(Organization).filter_by(is_host=True).one()
    begun = {
        "organization_id": host.id,
        "role": "host",
        "reason": "Mail is down",
        "started_at": NOW - timedelta(hours=50),
    }
    session.add(Incident(**begun, until=NOW - timedelta(hours=2), ended_at=NOW - timedelta(hours=47, minutes=30)))
    for day in range(6):
        thanked = {
            "organization_id": host.id,
            "post_id": post.id,
            "account_id": post.author_id,
            "words": "Well done",
            "words_key": "w",
        }
        at = NOW - timedelta(days=day, minutes=1)
        session.add(Recognition(**thanked, created_at=at, is_not_lately=day == 0, is_outside_top=True))
    session.flush()
    lines = of(session)["lines"]
    assert (lines["incidents"]["k"], lines["incident_hours"]["k"]) == (1, 3)
    assert (lines["recognized_anew"]["k"], lines["recognized_anew"]["n"], lines["recognized_anew"]["state"]) == (
        1,
        6,
        "beyond",
    )
    assert lines["recognized_beyond_top"]["state"] == "within"
    assert (lines["written_with_perks"]["k"], lines["written_with_perks"]["n"]) == (written, 14)
    assert lines["kept_shifts"]["state"] == "too_few", "nobody was on a rota"
    assert "incidents" not in of(session, slug="practice")["lines"]
