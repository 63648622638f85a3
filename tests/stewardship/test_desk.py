"""A member of staff at their desk: what waits for them, and their own numbers, nobody else's."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from forum.backstage.models import Assignment
from forum.core import clock as clocks
from forum.organization.charter import Clock, Commitment, Kind
from forum.organization.models import BoardHour, BoardSummary, RoleGrant
from forum.organization.notice_models import DecisionItem
from forum.organization.queries import state
from forum.organization.rota_models import ShiftRow
from forum.organization.voices import Voice
from forum.permissions import Right, Role
from forum.posts import actions
from forum.posts.guard_models import Override, OverrideRequest
from forum.statements.models import Pledge
from forum.stewardship.queries.desk import desk
from forum.stewardship.queries.presence import absent_boards
from tests import cast
from tests.machines.databases import writing
from tests.posts.doors import established, living
from tests.posts.people import counted, enter, read
from tests.stewardship.test_commitments import DAY_AND_NIGHT, hours, promise, question

ANSWER = Voice("answer", "official", "responder")


def at(session, who):
    session.flush()
    return desk(session, cast.actor(session, who))


def on(session, person, role, *boards):
    """Give a role on these boards alone."""
    session.query(RoleGrant).filter_by(account_id=person.id, role=role).one().board_ids = [one.id for one in boards]


def test_only_staff_have_a_desk(app, client):
    with writing(app) as session:
        cast.member(session, "ann")
        cast.staff(session, "sid")
    assert client.get("/desk").status_code in {302, 303, 401}
    enter(app, client, "ann")
    assert client.get("/desk").status_code == 404
    assert "/desk" not in read(client, "/")
    enter(app, client, "sid")
    assert "/desk" in read(client, "/")
    page = read(client, "/desk")
    for line in (
        "Nobody waits for you.",
        "Nothing at present: Topics that are yours to see to · ",
        "What you said officially, to be looked at again",
        "Nothing was written on your boards",
    ):
        assert line in page


def test_each_sees_who_waits_for_their_roles_on_their_boards(session, clock):
    promise(session, {**DAY_AND_NIGHT, Kind.IDEA_STATUS: Commitment(24, Clock.WALL)})
    first, second = cast.board(session, kind="question"), cast.board(session, kind="question")
    here, there = question(session, board=first), question(session, board=second)
    idea = question(session, board=cast.board(session, kind="idea"))
    rita, lena = cast.staff(session, roles=[Role.RESPONDER]), cast.staff(session, roles=[Role.LISTENER])
    on(session, rita, "responder", first)
    clock.shift(hours(20))
    assert [duty.topic_id for duty in at(session, rita).duties] == [here.id]
    assert at(session, rita).ideas is None
    assert [duty.topic_id for duty in at(session, lena).ideas] == [idea.id]
    assert at(session, lena).duties == []
    everybody = {duty.topic_id for duty in at(session, cast.staff(session)).duties}
    assert everybody == {here.id, there.id, idea.id}  # the idea has no reply either


def test_boards_that_somebody_may_not_see_do_not_stand_on_their_desk(session, clock):
    promise(session)
    private = cast.board(session, rights={cast.Group.MODERATORS: [Right.SEE, Right.START, Right.REPLY]})
    question(session, cast.moderator(session), private)
    clock.shift(hours(30))
    assert at(session, cast.staff(session)).duties == []


def test_it_says_in_words_what_is_late_and_what_is_due(app, client, clock):
    with writing(app) as session:
        promise(session)
        late = question(session, title="Why does my reed buzz?")
        clock.shift(hours(7))
        cast.topic(session, cast.board(session), cast.newcomer(session), title="Hello from the coast")
        clock.shift(hours(19))
        late.urgent_at = clocks.now()
        cast.staff(session, "sid")
    enter(app, client, "sid")
    page = read(client, "/desk")
    assert page.index("2 hours late") < page.index("due in 5 hours")
    assert page.index("Why does my reed buzz?") < page.index("Hello from the coast")
    for words in ("urgent", "their first topic", "A hello for newcomers", "No silence"):
        assert words in page


def test_own_replies_that_stand_by_requests_and_invitations(app, clock):
    with established(), writing(app) as session:
        sid, tom, hal = (cast.staff(session, name) for name in ("sid", "tom", "hal"))
        topic = question(session)
        clock.shift(timedelta(minutes=5))
        cast.try_to_reply(session, living(session, topic), sid, voice=ANSWER)
        pia = cast.member(session, may_be_asked=True)
        actions.ask_to_answer(session, cast.actor(session, sid), living(session, topic), pia)
        session.add(
            OverrideRequest(
                author_id=sid.id, organization_id=cast.host(session).id, board_id=topic.board_id, place="reply",
                place_id=topic.id, source="Now.", html="<p>Now.</p>", intent="answer", reason="safety",
                asked_at=clocks.now(), expires_at=clocks.now() + hours(24),
            )
        )  # fmt: skip
        own = at(session, sid)
        assert [view.row.topic_id for view in own.stand_bys] == [topic.id]
        assert [(one.person.id, one.invitation.state) for one in own.invitations] == [(pia.id, "open")]
        assert own.requests == []  # nobody gives themselves leave
        assert len(at(session, hal).requests) == 1
        assert (at(session, tom).stand_bys, at(session, tom).invitations) == ([], [])
        cast.reply(session, living(session, topic), cast.member(session))
        assert [view.row.state for view in at(session, sid).stand_bys] == ["cancelled_by_peer"]
        clock.shift(timedelta(days=8))
        assert at(session, sid).stand_bys == []


def test_what_somebody_answers_for_and_said_we_will_do(session, clock):
    sid, tom = cast.staff(session), cast.staff(session)
    official = Voice("official", "official", "responder")
    post = cast.reply(session, question(session), sid, voice=official)
    for person in (sid, tom):
        session.add(
            Pledge(
                post_id=post.id, owner_id=person.id, words="Send it back.", created_at=clocks.now(),
                due_on=clocks.now().date() + timedelta(days=2),
            )
        )  # fmt: skip
    assert (len(at(session, sid).pledges), at(session, sid).reviews) == (1, [])
    clock.shift(timedelta(days=366))
    found = at(session, sid)
    assert [str(view.state) for view in found.pledges] == ["late"]
    assert [view.statement.post_id for view in found.reviews] == [post.id]
    assert at(session, tom).reviews == []


def test_hosts_see_what_waits_for_a_decision_and_when_nobody_is_on_duty(app, client):
    with writing(app) as session:
        hal, rita = cast.staff(session, "hal"), cast.staff(session, "rita", roles=[Role.RESPONDER])
        topic = question(session, title="Whose is this?")
        host = cast.host(session)
        session.add(DecisionItem(organization_id=host.id, opened_at=clocks.now(), over=5, posts=40))
        session.add(Assignment(topic_id=topic.id, account_id=rita.id, by_id=hal.id, since=clocks.now()))
        session.add(
            ShiftRow(
                organization_id=host.id, role="responder", person_id=rita.id, board_ids=[], zone="UTC",
                since=clocks.now() - hours(9), until=clocks.now() - hours(1),
            )
        )  # fmt: skip
    enter(app, client, "hal")
    page = read(client, "/desk")
    assert "Exceptions in 5 of our 40 posts within 28 days" in page
    assert "The first is on" in page
    enter(app, client, "rita")
    page = read(client, "/desk")
    assert "Exceptions in 5" not in page
    assert page.index("Topics that are yours to see to") < page.index("Whose is this?")


# ── boards ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def summed(session, board, **said):
    """What is stored of a board, in the place of months of posts."""
    session.query(BoardSummary).filter_by(board_id=board.id).delete()
    session.add(BoardSummary(board_id=board.id, counted_from=clocks.now() - timedelta(days=28), **said))
    session.flush()


def test_own_numbers_stand_beside_the_boards_and_nobody_elses(session):
    sid, tom, board = cast.staff(session), cast.staff(session), cast.board(session, kind="question")
    topic = question(session, board=board)
    for who in (sid, sid, tom):
        cast.reply(session, topic, who, voice=ANSWER)
    removed = cast.reply(session, topic, sid, voice=ANSWER)
    removed.hidden_at = clocks.now()
    for who in (sid, tom, tom):
        session.add(
            Override(rule="G2", board_id=board.id, post_id=None, author_id=who.id, at=clocks.now(), reason="legal")
        )
    summed(session, board, posts=40, our_posts=3, stage="establishment")
    (one,) = [one for one in at(session, sid).numbers if one.board.id == board.id]
    assert (one.mine, one.ours, one.posts) == (2, 3, 40)
    assert one.share == Fraction(3, 40)
    assert one.ceiling == Fraction(35, 100)


def test_who_posted_with_a_reason_sees_how_often(session):
    sid, tom, board = cast.staff(session), cast.staff(session), cast.board(session)
    topic = question(session, board=board)
    for who, rules in ((sid, ("G1", "G2")), (tom, ("G2",))):
        post = cast.reply(session, topic, who, voice=ANSWER)
        for rule in rules:
            session.add(
                Override(
                    rule=rule, board_id=board.id, post_id=post.id, author_id=who.id, at=clocks.now(), reason="legal"
                )
            )
    summed(session, board, posts=4, our_posts=2)
    (one,) = [one for one in at(session, sid).numbers if one.board.id == board.id]
    assert (one.with_reason, one.all_with_reason, one.share) == (1, 2, None)


def test_hours_that_nobody_moved_along_are_left_out_for_many_boards_as_for_one(session):
    board = cast.board(session)
    now = clocks.now()
    summed(session, board, posts=9, our_posts=4)
    row = session.query(BoardSummary).filter_by(board_id=board.id).one()
    row.counted_from = now - timedelta(days=28, hours=2)
    session.add(BoardHour(board_id=board.id, hour=now - timedelta(days=28, hours=1), posts=3, our_posts=1))
    session.flush()
    one, many = state.stored(session, board.id, now), state.stored_of(session, [board.id], now)
    assert (one.counts.posts, one.counts.our_posts) == (6, 3)
    assert many == {board.id: one}


@pytest.mark.parametrize(
    ("rates", "seeds"),
    (([[2, 10], [4, 10]], True), ([[4, 10], [5, 10]], False), ([[1, 4], [1, 10]], False), ([[1, 10]], False)),
    ids=("twice under a half", "a half is enough", "too few once", "only once"),
)
def test_where_members_answered_too_seldom_twice_a_seeder_should_begin_something(session, rates, seeds):
    board = cast.board(session)
    summed(session, board, stage="establishment", peer_answers=rates)
    found = [one.is_too_quick for one in at(session, cast.staff(session, roles=[Role.SEEDER])).signals]
    assert found == ([False] if seeds else [])
    assert at(session, cast.staff(session, roles=[Role.RESPONDER])).signals == []


def test_where_we_answered_first_too_often_we_wait_longer_and_say_so(app, client):
    with writing(app) as session:
        summed(session, cast.board(session, name="Bench"), stage="establishment", staff_first=[[23, 50]])
        summed(session, cast.board(session, name="Parlour"), stage="establishment", staff_first=[[2, 5]])
        cast.staff(session, "sid")
    enter(app, client, "sid")
    page = read(client, "/desk")
    assert "We answered first in 46 % of topics on Bench; we are waiting longer this month." in page
    assert "of topics on Parlour" not in page


def old_board(session, **given):
    board = cast.board(session, **given)
    board.created_at -= timedelta(days=60)
    session.flush()
    return board


def absent(session):
    return [board.id for board in absent_boards(session, clocks.now())]


def test_a_board_where_nobody_of_the_staff_wrote_for_28_days_is_absent(session, clock):
    cast.host(session)
    board = old_board(session)
    for given in ({"member_run": True}, {"kind": "announcement"}, {"archived_at": clocks.now()}):
        old_board(session, **given)
    old_board(session, rights=cast.STAFF_ONLY)
    cast.board(session)  # of today
    assert absent(session) == [board.id]
    topic = cast.topic(session, board, cast.member(session))
    cast.reply(session, topic, cast.staff(session), voice=Voice("moderate", "official", "host"))
    assert absent(session) == [board.id]
    hello = cast.reply(session, topic, cast.staff(session), voice=Voice("welcome", "official", "responder"))
    assert absent(session) == []
    clock.shift(timedelta(days=28, minutes=1))
    assert board.id in absent(session)
    assert hello.affiliation_kind == "staff"


def test_without_a_host_nobody_is_absent(session):
    old_board(session)
    assert absent(session) == []


def test_the_board_the_desk_and_the_organizations_page_say_so(app, client):
    with writing(app) as session:
        cast.staff(session, "sid")
        old_board(session, slug="attic", name="Attic")
    assert "Nobody of Acme has written here for 28 days." in read(client, "/b/attic")
    assert "Nobody of it has written for 28 days on:" in read(client, "/organization")
    enter(app, client, "sid")
    assert "Nobody of us has written on Attic for 28 days." in read(client, "/desk")


# ── promises in public ────────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_may_read_how_promises_were_kept(app, client, clock):
    with writing(app) as session:
        cast.staff(session, "sid")
        promise(session)
        pia = cast.member(session)
        for _ in range(4):
            cast.reply(session, question(session), pia)
        question(session)
        clock.shift(hours(30))
    for address in ("/organization", "/organization/charter"):
        assert "In the last 28 days kept in 4 of 5 cases (80 %)." in read(client, address)
        assert "In the last 28 days nothing fell due." in read(client, address)


# ── cost ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_full_desk_costs_as_much_as_one_with_a_line_each(app, client, clock):
    with writing(app) as session:
        sid, board = cast.staff(session, "sid"), cast.board(session, kind="question")
        promise(session, {**DAY_AND_NIGHT, Kind.IDEA_STATUS: Commitment(24, Clock.WALL)})
        lines(session, sid, board)
    clock.shift(hours(20))
    enter(app, client, "sid")
    read(client, "/desk")
    with counted(app) as few:
        assert read(client, "/desk").count("bookmark-row") >= 4
    with writing(app) as session:
        sid = session.query(cast.Account).filter_by(name="sid").one()
        for _ in range(3):
            lines(session, sid, cast.board(session, kind="question"))
    clock.shift(hours(20))
    read(client, "/desk")
    with counted(app) as many:
        assert read(client, "/desk").count("bookmark-row") >= 12
    assert len(many) == len(few) <= 32


def lines(session, sid, board):
    """One more of each."""
    topic = question(session, board=board)
    question(session, board=cast.board(session, kind="idea"))
    answered = question(session, board=board)
    post = cast.reply(session, answered, sid, voice=Voice("official", "official", "responder"))
    session.add(
        Pledge(
            post_id=post.id, owner_id=sid.id, words="Send it back.", created_at=clocks.now(),
            due_on=clocks.now().date(),
        )
    )  # fmt: skip
    actions.ask_to_answer(
        session, cast.actor(session, sid), living(session, topic), cast.member(session, may_be_asked=True)
    )
    with established():
        cast.try_to_reply(session, living(session, topic), sid, voice=ANSWER)
    summed(session, board, posts=4, our_posts=1)


def test_on_a_partners_desk_stands_nothing_of_what_the_host_promised_and_counts(app, client):
    with writing(app) as session:
        promise(session, DAY_AND_NIGHT)
        question(session)
        cast.staff(session, "pat", cast.partner(session))
    enter(app, client, "pat")
    page = read(client, "/desk")
    assert "Nothing at present: Your replies that stand by" in page
    for words in ("Up next", "Your boards", "Our share", "of ours", "Topics that are yours", "Nobody is on duty"):
        assert words not in page


def test_whoever_looks_after_boards_finds_the_topics_that_are_theirs(app, client):
    with writing(app) as session:
        topic, mod = question(session), cast.moderator(session, "mod")
        session.add(Assignment(topic_id=topic.id, account_id=mod.id, since=clocks.now()))
        title = topic.title
    enter(app, client, "mod")
    page = read(client, "/desk")
    assert title in page
    assert "Your replies that stand by" not in page
    assert "/desk#assigned" in read(client, f"/t/{topic.id}")
