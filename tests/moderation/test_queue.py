"""One queue: who sees what waits in it, in which order, and what happens to it meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core.errors import Conflict, Invalid, NotFound, Refused, SignInNeeded
from forum.moderation import actions, jobs, queries, subjects
from forum.moderation.answers import Given
from forum.moderation.models import Case, Flag, Reason, Ruling
from forum.moderation.queries import items, own, queue, times
from forum.moderation.queries.queue import Wanted
from forum.notifications.models import Notice
from forum.permissions import GUEST, Right
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.posts.models import Post
from forum.site.models import Deed
from tests import cast
from tests.machines.databases import writing
from tests.moderation.people import settle
from tests.posts.people import counted, enter


@pytest.fixture
def place(session, uncounted, clock):
    return settle(session)


def waiting(place, who, **wanted):
    return [row.case.id for row in queue.queue(place.session, place.actor(who), Wanted(**wanted), 1).rows.items]


def test_the_most_urgent_stands_first_and_says_why_in_numbers(place, clock):
    late = place.flag(place.ann).case_id
    clock.shift(timedelta(hours=2))
    heavy = cast.reply(place.session, place.topic, place.ada, "Buy pegs.")
    light = cast.reply(place.session, place.topic, place.ada, "Buy reeds.")
    second = place.flag(place.ann, "harmful", light).case_id
    first = place.flag(place.ben, "spam", heavy).case_id
    place.flag(place.ann, "spam", heavy)
    assert waiting(place, place.mo) == [second, late, first]
    clock.shift(timedelta(hours=23))
    rows = queue.queue(place.session, place.actor(place.mo), Wanted(), 1).rows.items
    assert [row.is_late for row in rows] == [True, True, False]
    assert [(why.rule, why.count, why.is_confidential) for why in rows[2].why] == [("spam", 2, False)]
    assert rows[0].why[0].is_confidential
    assert rows[2].glance.words.startswith("Buy pegs.")


def test_a_boards_moderator_sees_their_board_only_and_members_nothing(place):
    keepers = cast.group(place.session, "keepers")
    other = cast.board(place.session, rights={**cast.PUBLIC, keepers.id: [Right.MODERATE]})
    post = cast.reply(place.session, cast.topic(place.session, other, place.ann), place.ada)
    cast.join(place.session, place.ben, keepers.id)
    theirs = place.flag(place.cy, post=post).case_id
    here = place.flag(place.cy).case_id
    assert waiting(place, place.ben) == [theirs]
    assert set(waiting(place, place.mo)) == {theirs, here}
    assert waiting(place, place.mo, board=other.id) == [theirs]
    with pytest.raises(NotFound):
        items.item(place.session, place.actor(place.ben), here, Wanted())
    for nobody in (place.actor(place.ann), GUEST):
        with pytest.raises((Refused, SignInNeeded)):
            queue.queue(place.session, nobody, Wanted(), 1)


def test_nobody_finds_what_is_about_themselves_nor_takes_back_what_was_decided_about_it(place):
    own_post = cast.reply(place.session, place.topic, place.mo, "A moderator writes, too.")
    case = place.flag(place.ann, post=own_post).case_id
    assert waiting(place, place.mo) == []
    assert waiting(place, place.mia) == [case]
    with pytest.raises(NotFound):
        queries.case_for_update(place.session, place.actor(place.mo), case)
    decision = place.decide(place.mia, "hide", place.case(), post=own_post)
    with pytest.raises(NotFound):
        place.ruling(place.mo, decision.id)


def test_what_the_hosts_own_cannot_decide_alone_is_not_theirs_to_look_at(place):
    about_host = place.flag(place.ann, about_host=True).case_id
    other = place.flag(place.ann, post=cast.reply(place.session, place.topic, place.ada)).case_id
    assert waiting(place, place.hana, show="mine") == [other]
    assert waiting(place, place.hana, show="host") == [about_host]
    assert set(waiting(place, place.mo, show="mine")) == {about_host, other}
    case = queries.case_for_update(place.session, place.actor(place.mia), about_host)
    actions.claim(place.session, place.actor(place.mia), case)
    assert waiting(place, place.mo, show="mine") == [other]
    with pytest.raises(Conflict):
        actions.claim(place.session, place.actor(place.mo), case)


def test_one_goes_from_item_to_item_and_past_what_another_looks_at(place):
    ids = [place.flag(place.ann, post=cast.reply(place.session, place.topic, place.ada)).case_id for _count in range(3)]
    mo, second = place.actor(place.mo), place.session.get_one(Case, ids[1])
    assert items.item(place.session, mo, ids[1], Wanted()).place == (2, 3, ids[0], ids[2])
    actions.claim(place.session, place.actor(place.mia), second)
    first = place.session.get_one(Case, ids[0])
    assert queue.next_after(place.session, mo, first, Wanted()) == ids[2]
    assert queue.next_after(place.session, mo, place.session.get_one(Case, ids[2]), Wanted()) == ids[0]


def test_the_record_of_both_sides_stands_beside_the_flags(place):
    other = cast.reply(place.session, place.topic, place.ada, "Go away.")
    place.flag(place.ann, post=other)
    place.decide(place.mo, "remove", place.case(), post=other)
    case = place.flag(place.ann).case_id
    found = items.item(place.session, place.actor(place.mia), case, Wanted())
    assert found.rule == "unkind"
    assert found.records[place.ada.id].decided == 1
    assert [one.act for one in found.records[place.ada.id].latest] == ["remove"]
    assert (found.records[place.ann.id].right, found.records[place.ann.id].wrong) == (1, 0)
    assert found.flags[0].by.name == "ann"


def test_hidden_by_flags_it_can_stay_hidden_by_decision_and_undoing_leaves_it_to_the_flags(place):
    for who in (place.ann, place.ben, place.cy):
        place.flag(who)
    decision = place.decide(place.mo, "hide", place.case())
    assert place.post.hidden_at is not None
    actions.undo(place.session, place.actor(place.mo), place.ruling(place.mo, decision.id), "Too quick.")
    assert place.post.hidden_at is not None
    place.decide(place.mo, "keep", place.case())
    assert place.post.hidden_at is None


def test_what_waits_follows_its_topic_to_another_board(place):
    case = place.flag(place.ann).case_id
    other = cast.board(place.session)
    mo = place.actor(place.mo)
    topic = reads.topic_for_update(place.session, mo, place.topic.id)
    posts.move_topic(place.session, mo, topic, other, cast.words("Moved."))
    place.session.expire_all()
    assert place.session.get_one(Case, case).board_id == other.id


# ── who asks to join, messages ────────────────────────────────────────────────────────────────────────────────────────


def test_a_message_shown_twice_waits_once_and_both_reports_are_closed_with_it(place):
    from forum.conversations import queries as conversations
    from forum.conversations.actions import report_message
    from forum.conversations.models import Message, MessageReport
    from tests.conversations.talk import start

    start(place.session, place.ada, place.ann.name, place.ben.name, words="You fool.")
    message = place.session.scalars(select(Message).order_by(Message.id)).first()
    for who in (place.ann, place.ben):
        found, seen = conversations.message(place.session, place.actor(who), message.id)
        report_message(place.session, place.actor(who), found, seen, "Unkind.")
    (case_id,) = waiting(place, place.mo, kind="message")
    case = queries.case_for_update(place.session, place.actor(place.mo), case_id)
    actions.answer(place.session, place.actor(place.mo), case, "nothing", Given("", case.version))
    assert (case.outcome, case.closed_by_id) == ("kept", place.mo.id)
    assert all(report.closed_at for report in place.session.scalars(select(MessageReport)))
    with pytest.raises(Conflict):
        actions.answer(place.session, place.actor(place.mo), case, "dealt", Given("", case.version))


def test_a_peer_answers_a_proposal_and_the_host_does_not(place):
    place.flag(place.ann, about_host=True)
    place.decide(place.hana, case=place.case())
    case = place.case("proposal")
    with pytest.raises(Refused):
        actions.answer(place.session, place.actor(place.hana), case, "confirm", Given("", case.version))
    with pytest.raises(Invalid, match="Say why"):
        actions.answer(place.session, place.actor(place.mo), case, "refuse", Given(" ", case.version))
    actions.answer(place.session, place.actor(place.mo), case, "refuse", Given("An opinion.", case.version))
    assert (case.outcome, place.session.scalars(select(Ruling)).one().state) == ("refused", "refused")


# ── one's own flags, reasons, times ───────────────────────────────────────────────────────────────────────────────────


def test_members_see_what_became_of_their_flags_and_of_nobody_elses(place):
    flag = place.flag(place.ann)
    place.flag(place.ben)
    found = own.own_flags(place.session, place.actor(place.ann), 1)
    assert [one.id for one in found.flags.items] == [flag.id]
    with pytest.raises(NotFound):
        own.own_flag(place.session, place.actor(place.ben), flag.id)


def test_a_profile_is_flagged_but_not_ones_own(place):
    subject = subjects.load(place.session, "account", place.ada.id)
    actions.flag(place.session, place.actor(place.ann), subject, "spam", "It sells pegs.")
    assert place.case().account_id == place.ada.id
    with pytest.raises(Refused):
        actions.flag(place.session, place.actor(place.ada), subject, "spam")


def test_administrators_keep_reasons_and_moderators_do_not(place):
    root = cast.administrator(place.session, "root")
    with pytest.raises(Refused):
        actions.keep_reason(place.session, place.actor(place.mo), Reason(), "spam", "Pegs", "It sells.")
    with pytest.raises(Invalid):
        actions.keep_reason(place.session, place.actor(root), Reason(), "no rule", "", "")
    row = Reason()
    actions.keep_reason(place.session, place.actor(root), row, "spam", "Pegs", "It sells.")
    actions.keep_reason(place.session, place.actor(root), row, "spam", "Pegs", "It sells pegs.")
    actions.throw_away_reason(place.session, place.actor(root), row)
    deeds = place.session.scalars(select(Deed).where(Deed.about == "reason").order_by(Deed.id)).all()
    assert [one.deed for one in deeds] == ["created", "changed", "deleted"]
    assert place.session.scalars(select(Reason)).all() == []


def test_usual_times_are_medians_with_how_many_there_were(place, clock):
    for hours in (1, 2, 9):
        post = cast.reply(place.session, place.topic, place.ada)
        place.flag(place.ann, post=post)
        clock.shift(timedelta(hours=hours))
        place.decide(place.mo, "keep", place.case(), post=post)
    told = times.usual_times(place.session)["flagged"]
    assert (told.hours, told.count) == (2.0, 3)


# ── by the clock ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_after_a_day_who_looks_after_the_board_is_reminded_once(app, clock):
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ann)
        mo, ann = place.mo.id, place.ann.id
    for hours in (23, 2, 1):
        clock.shift(timedelta(hours=hours))
        with app.app_context():
            jobs.remind_of_cases()
    with writing(app) as session:
        told = [row.recipient_id for row in session.query(Notice).filter_by(kind="case_waits")]
        assert told.count(mo) == 1
        assert ann not in told


def test_an_emergency_nobody_looked_at_lapses_by_the_clock(app, clock):
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ann, about_host=True)
        place.decide(place.hana, case=place.case(), emergency="It gives somebody's address.")
        post = place.post.id
    for hours in (47, 2):
        with app.app_context():
            jobs.lapse_emergencies()
        with writing(app) as session:
            assert session.get_one(Post, post).deleted_at is not None
        clock.shift(timedelta(hours=hours))
    with app.app_context():
        jobs.lapse_emergencies()
    with writing(app) as session:
        assert session.get_one(Post, post).deleted_at is None
        assert session.query(Ruling).one().undone_how == "lapse"


# ── pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

BUDGET = 16


def test_the_queue_costs_the_same_however_long_it_is(app, client):
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ann)
    enter(app, client, "momo", cast.moderator)
    few = _asked(app, client, "/moderation")
    with writing(app) as session:
        ada = session.get_one(Account, place.ada.id)
        topic = reads.topic(session, cast.actor(session, ada), place.topic.id)
        for post in [cast.reply(session, topic, ada) for _count in range(12)]:
            who = cast.actor(session, session.get_one(Account, place.ben.id))
            actions.flag(session, who, subjects.load(session, "post", post.id), "spam")
    assert _asked(app, client, "/moderation") == few <= BUDGET
    assert _asked(app, client, "/moderation/cases/1") <= BUDGET + 8
    assert _asked(app, client, "/moderation/decided") <= BUDGET


def _asked(app, client, address):
    with counted(app) as said:
        answer = client.get(address)
        assert answer.status_code == 200, address
        _whole = answer.text
        count = len([one for one in said if not one.startswith(("PRAGMA", "BEGIN", "SET "))])
    answer.close()
    return count


def test_flagged_decided_shown_again_and_on_to_the_next(app, client, uncounted):
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ben), place.flag(place.cy)
        other = place.flag(place.ben, post=cast.reply(session, place.topic, place.ada, "Another.")).case_id
        post, topic = place.post.id, place.topic.id
    client.get("/")
    assert client.get(f"/p/{post}/flag").status_code == 303  # a guest signs in first
    enter(app, client, "ann")
    told = client.submit(f"/p/{post}/flag", {"rule": "unkind", "words": "A fool?"}, form="flag", follow_redirects=True)
    assert "you hear what came of it" in told.text
    assert "have not decided yet" in client.get("/flags").text
    assert "A post is hidden here" in client.get(f"/t/{topic}", follow_redirects=True).text
    assert client.get("/moderation").status_code == 403
    enter(app, client, "ada")
    assert "momo" not in client.get("/flags").text
    assert client.get("/moderation/cases/1").status_code in (403, 404)
    enter(app, client, "momo", cast.moderator)
    page = client.get("/moderation/cases/1").text
    assert "post 2 of 3" in page

    done = client.submit("/moderation/cases/1", {"act": "keep"}, form="decide")
    assert done.location.endswith(f"/moderation/cases/{other}")
    assert "Undo" in client.get(done.location).text
    with writing(app) as session:
        assert "does not break this rule" in session.query(Ruling).order_by(Ruling.id.desc()).first().facts
    enter(app, client, "ann")
    assert "Only a fool asks." in client.get(f"/t/{topic}", follow_redirects=True).text
    assert "left it as it is" in client.get("/flags").text
    enter(app, client, "momo")
    with writing(app) as session:
        decision = session.query(Ruling.id).filter_by(act="keep").scalar()
    back = client.submit("/moderation/decided", {"why": "Too quick."}, form=f"undo-{decision}")
    assert back.location.endswith("/moderation/cases/1")
    enter(app, client, "ann")
    assert "A post is hidden here" in client.get(f"/t/{topic}", follow_redirects=True).text


def test_who_is_late_sees_what_the_other_decided_and_keeps_their_words(app, client, uncounted):
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ann)
    enter(app, client, "mia", cast.moderator)
    held = client.held("/moderation/cases/1", "facts")
    with writing(app) as session:
        place.session = session
        place.decide(session.get_one(Account, place.mo.id), "remove", session.get_one(Case, 1))
    late = client.post("/moderation/cases/1/decide", data={**held, "act": "keep", "facts": "My own long words."})
    assert late.status_code == 409
    for said in ("Somebody else has dealt with this", "My own long words.", "It calls somebody a fool.", "momo"):
        assert said in late.text
    with writing(app) as session:
        assert session.query(Ruling).count() == 1
        assert {flag.verdict for flag in session.query(Flag)} == {"right"}


def test_a_saved_reason_comes_below_what_was_typed(app, client):
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ann)
        session.add(Reason(rule="spam", title="Pegs", text="It sells pegs."))
    enter(app, client, "momo", cast.moderator)
    held = client.held("/moderation/cases/1", "facts")
    page = client.post("/moderation/cases/1/decide", data={**held, "facts": "Mine.", "reason": "1"}).text
    assert "Mine.\n\nIt sells pegs." in page
    assert client.get("/moderation/reasons").status_code == 200


def test_on_a_board_about_the_organization_its_own_moderator_only_proposes(app, client):
    with writing(app) as session:
        cast.administrator(session, "root")
        place = settle(session)
        board = place.board.id
    enter(app, client, "root", cast.administrator)
    assert client.submit(f"/admin/boards/{board}", {"is_feedback": "y"}, form="edit").status_code == 303
    assert "for what people think of the organization" in client.get("/admin/log").text
    with writing(app) as session:
        place.session = session
        place.flag(session.get_one(Account, place.ann.id), post=session.get_one(Post, place.post.id))
    enter(app, client, "hana", cast.staff)
    assert "What you decide is a proposal" in client.get("/moderation/cases/1").text
    client.submit("/moderation/cases/1", {"act": "remove", "facts": "It calls Ann a fool."}, form="decide")
    proposal = client.get("/moderation?kind=proposal").text
    assert "Remove it" in proposal
    with writing(app) as session:
        number = session.query(Case.id).filter_by(kind="proposal").scalar()
    assert "You belong to an organization" in client.get(f"/moderation/cases/{number}").text
    enter(app, client, "mia", cast.moderator)
    client.submit(f"/moderation/cases/{number}", {"answer": "confirm"}, form="answer")
    with writing(app) as session:
        assert session.get_one(Post, place.post.id).deleted_at is not None
