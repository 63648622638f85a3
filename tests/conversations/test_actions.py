"""Conversations through their verbs, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.accounts import actions as accounts
from forum.accounts.models import Account
from forum.conversations import actions, queries
from forum.conversations.models import Message
from forum.core.errors import Invalid, NotFound, Refused, TooSoon
from forum.permissions import Group
from forum.posts.check import drifts
from forum.posts.limits import AskFirst
from tests import cast
from tests.conversations.talk import ask, letter, read, say, start


@pytest.fixture
def people(session, clock):
    return {name: cast.member(session, name) for name in ("ada", "bo", "cleo", "dora")}


def wait(clock, **span):
    clock.shift(timedelta(**(span or {"minutes": 10})))


def rows(session, person, box=""):
    found = queries.conversations(session, cast.actor(session, person), box).rows
    return [(row.conversation.id, row.unread, row.excerpt) for row in found]


def test_a_message_goes_to_and_fro_and_the_list_says_what_is_new(session, people, clock):
    about = start(session, people["ada"], "bo", title="Reeds")
    assert rows(session, people["bo"]) == [(about.id, 1, "Hello there.")]
    assert rows(session, people["ada"]) == [(about.id, 0, "Hello there.")]
    assert rows(session, people["cleo"]) == []
    session.expire_all()
    assert session.get(Account, people["bo"].id).new_message_at is not None
    ask(session, actions.mark_read, people["bo"], about, 1)
    session.expire_all()
    assert session.get(Account, people["bo"].id).new_message_at is None
    wait(clock)
    say(session, people["bo"], about, "Hello to you.")
    other = start(session, people["ada"], "cleo", words="And you?")
    assert [row[:2] for row in rows(session, people["ada"])] == [(about.id, 1), (other.id, 0)]
    found = queries.conversations(session, cast.actor(session, people["ada"]), person="CLE")
    assert [row.conversation.id for row in found.rows] == [other.id]


def test_pressing_twice_sends_once_and_haste_and_repetition_are_refused(session, people, clock):
    about = start(session, people["ada"], "bo")
    wait(clock, seconds=1)
    with pytest.raises(TooSoon):
        say(session, people["ada"], about, "Too quick.")
    wait(clock, seconds=20)
    with pytest.raises(Invalid, match="this very text"):
        say(session, people["ada"], about, "hello  THERE.")
    first = say(session, people["ada"], about, "Once.", once="form-1")
    assert say(session, people["ada"], about, "Once.", once="form-1").id == first.id
    assert about.last_number == 2


def test_who_writes_meanwhile_is_read_first(session, people, clock):
    about = start(session, people["ada"], "bo")
    wait(clock)
    say(session, people["bo"], about, "Wait, it is solved.")
    wait(clock)
    with pytest.raises(AskFirst, match="bo wrote"):
        say(session, people["ada"], about, "Still broken?", seen=1)
    say(session, people["ada"], about, "Still broken?", seen=1, confirmed=frozenset({"newer"}))


def test_a_message_is_edited_within_a_day_by_its_author_only(session, people, clock):
    about = start(session, people["ada"], "bo")
    for name, refused in (("bo", Refused), ("cleo", NotFound)):
        with pytest.raises(refused):
            change(session, people[name], about, "Changed.")
    change(session, people["ada"], about, "Better.")
    assert read(session, people["bo"], about) == ["Better."]
    wait(clock, hours=25)
    with pytest.raises(Refused):
        change(session, people["ada"], about, "Too late.")


def change(session, person, about, words):
    actor = cast.actor(session, person)
    first = session.query(Message.id).filter_by(conversation_id=about.id, number=1).scalar()
    message, seen = queries.message(session, actor, first)
    actions.edit_message(session, actor, message, seen, cast.words(words))


def test_who_is_brought_in_sees_from_now_on_or_everything(session, people, clock):
    about = start(session, people["ada"], "bo", words="A secret.")
    ask(session, actions.invite, people["ada"], about, people["cleo"], whole=False)
    ask(session, actions.invite, people["bo"], about, people["dora"], whole=True)
    wait(clock)
    say(session, people["bo"], about, "For all.")
    assert read(session, people["cleo"], about) == ["For all."]
    assert read(session, people["dora"], about) == ["A secret.", "For all."]
    assert "secret" not in str(rows(session, people["cleo"]))
    with pytest.raises(Invalid, match="part"):
        ask(session, actions.invite, people["cleo"], about, cast.member(session, "eli"), whole=True)
    ask(session, actions.leave, people["dora"], about)
    with pytest.raises(NotFound):
        read(session, people["dora"], about)
    ask(session, actions.invite, people["ada"], about, people["dora"], whole=False)
    assert read(session, people["dora"], about) == []


def test_put_away_comes_back_muted_stays_silent_and_alone_nobody_talks(session, people, clock):
    about = start(session, people["ada"], "bo")
    ask(session, actions.archive, people["bo"], about, on=True)
    assert rows(session, people["bo"]) == []
    assert len(rows(session, people["bo"], "archive")) == 1
    wait(clock)
    message = say(session, people["ada"], about, "Are you there?")
    assert rows(session, people["bo"]) == [(about.id, 1, "Are you there?")]
    assert list(queries.recipients(session, message.id)) == [people["bo"].id]
    ask(session, actions.mute, people["bo"], about, on=True)
    assert list(queries.recipients(session, message.id)) == []
    session.expire_all()
    assert session.get(Account, people["bo"].id).new_message_at is None
    ask(session, actions.leave, people["bo"], about)
    wait(clock)
    with pytest.raises(Invalid, match="nobody would read"):
        say(session, people["ada"], about, "Hello?")


def test_strangers_may_be_refused_but_neither_moderators_nor_people_one_knows(session, people, clock):
    bo = people["bo"]
    accounts.choose_senders(session, cast.actor(session, bo), bo, "known")
    with pytest.raises(Invalid, match="people they know"):
        start(session, people["ada"], "bo")
    start(session, cast.moderator(session, "mod"), "bo")
    circle = cast.group(session)
    for name in ("bo", "cleo"):
        cast.join(session, people[name], circle.id)
    start(session, people["cleo"], "bo")
    start(session, bo, "dora")
    wait(clock)
    start(session, people["dora"], "bo")
    for member in (Group.STAFF,):
        cast.join(session, people["ada"], member)
        cast.join(session, bo, member)
    with pytest.raises(Invalid, match="people they know"):
        start(session, people["ada"], "bo")


def test_newcomers_write_to_two_people_and_begin_three_a_day(session, people, clock):
    new = cast.newcomer(session, "newt")
    with pytest.raises(Invalid, match="at most 2"):
        start(session, new, "ada", "bo", "cleo")
    with pytest.raises(Invalid, match="nobody here by the name"):
        start(session, new, "nobody-at-all")
    for number in range(3):
        start(session, new, "ada", "bo", words=f"Number {number}")
        wait(clock)
    with pytest.raises(TooSoon):
        start(session, new, "ada", words="Number 4")
    with pytest.raises(Refused):
        start(session, cast.suspended(session, "late"), "ada")


def test_who_is_ignored_learns_nothing_and_is_not_heard(session, people, clock):
    ada, bo = people["ada"], people["bo"]
    accounts.ignore(session, cast.actor(session, bo), ada, 30)
    about = start(session, ada, "bo")
    assert rows(session, bo) == []
    assert session.get(Account, bo.id).new_message_at is None
    wait(clock)
    message = say(session, ada, about, "Do you hear me?")
    assert rows(session, bo) == []
    assert list(queries.recipients(session, message.id)) == []
    with pytest.raises(Invalid, match="You ignore"):
        start(session, bo, "ada")
    assert not any(one.what.startswith("accounts") for one in drifts(session))
    assert cast.actor(session, bo).ignored == {ada.id}
    wait(clock, days=31)
    assert cast.actor(session, bo).ignored == frozenset()
    accounts.stop_ignoring(session, cast.actor(session, bo), ada)
    assert bo.ignores_until is None
    say(session, ada, about, "And now?")
    assert len(rows(session, bo)) == 1


def test_moderators_cannot_be_ignored_not_even_by_those_who_did_before(session, people):
    bo, ada = people["bo"], people["ada"]
    accounts.ignore(session, cast.actor(session, bo), ada, 0)
    with pytest.raises(Invalid, match="Moderators"):
        accounts.ignore(session, cast.actor(session, bo), cast.moderator(session, "mod"), 0)
    with pytest.raises(Refused):
        accounts.ignore(session, cast.actor(session, bo), bo, 0)
    cast.join(session, ada, Group.MODERATORS)
    assert cast.actor(session, bo).ignored == frozenset()


def test_a_group_reads_its_inbox_and_who_wrote_reads_the_answers(session, people, clock):
    circle = cast.group(session, "Tuners", written_to_by="members")
    for name in ("bo", "cleo"):
        cast.join(session, people[name], circle.id)
    about = start(session, people["ada"], group="tuners", title="A question", words="Who tunes?")
    assert rows(session, people["bo"], "tuners") == [(about.id, 1, "Who tunes?")]
    wait(clock)
    message = say(session, people["bo"], about, "I do.")
    assert set(queries.recipients(session, message.id)) == {people["ada"].id, people["cleo"].id}
    assert read(session, people["ada"], about) == ["Who tunes?", "I do."]
    with pytest.raises(NotFound):
        read(session, people["dora"], about)
    circle.written_to_by = "nobody"
    session.flush()
    wait(clock)
    with pytest.raises(Refused):
        start(session, people["dora"], group="tuners", words="Me too.")


def test_all_moderators_share_one_conversation_with_a_member(session, people, clock):
    mod, root = cast.moderator(session, "mod"), cast.administrator(session, "root")
    ada = people["ada"]
    with pytest.raises(Refused):
        actions.write_to_member(session, cast.actor(session, people["bo"]), ada, letter())
    actions.write_to_member(session, cast.actor(session, mod), ada, letter("Please mind the tone."))
    wait(clock)
    actions.write_to_moderators(session, cast.actor(session, ada), letter("I will."))
    number = queries.moderators_conversation_id(session, ada.id)
    about = queries.conversation(session, cast.actor(session, root), number).conversation
    assert read(session, root, about) == read(session, ada, about) == ["Please mind the tone.", "I will."]
    with pytest.raises(NotFound):
        read(session, people["bo"], about)
    page = queries.conversation_page(session, cast.actor(session, root), number)
    assert page.other_moderator[0].name == "mod"
    assert queries.conversation_page(session, cast.actor(session, mod), number).other_moderator is None
    assert queries.conversation_page(session, cast.actor(session, ada), number).other_moderator is None
    wait(clock)
    actions.write_to_member(session, cast.actor(session, mod), ada, letter("Thank you."))
    wait(clock)
    with pytest.raises(AskFirst, match="mod, a moderator, wrote"):
        actions.write_to_member(session, cast.actor(session, root), ada, letter("Mind the tone!", seen=2))
    assert rows(session, root, "moderators")[0][0] == number
    cast.suspend(session, ada)
    session.flush()
    wait(clock)
    actions.write_to_moderators(session, cast.actor(session, ada), letter("Why am I suspended?"))
    with pytest.raises(Refused):
        ask(session, actions.leave, ada, about)


def test_a_reported_message_shows_itself_two_before_two_after_and_nothing_else(session, people, clock):
    ada, bo, mod = people["ada"], people["bo"], cast.moderator(session, "mod")
    about = start(session, ada, "bo", words="Number 1", title="Secret title")
    for number in range(2, 9):
        wait(clock)
        say(session, (bo, ada)[number % 2], about, f"Number {number}")
    actor = cast.actor(session, bo)
    wanted = session.query(Message.id).filter_by(conversation_id=about.id, number=5).scalar()
    message, seen = queries.message(session, actor, wanted)
    with pytest.raises(Invalid):
        actions.report_message(session, actor, message, seen, " ")
    report = actions.report_message(session, actor, message, seen, "Rude.")
    assert actions.report_message(session, actor, message, seen, "Rude again.").id == report.id
    own, own_seen = queries.message(session, cast.actor(session, ada), wanted)
    with pytest.raises(Refused):
        actions.report_message(session, cast.actor(session, ada), own, own_seen, "Mine.")
    actions.edit_message(session, cast.actor(session, ada), own, own_seen, cast.words("Changed since."))
    found = queries.evidence(session, cast.actor(session, mod), report.id)
    assert [message.number for message in found.messages] == [3, 4, 5, 6, 7]
    assert "Number 5" in found.report.html
    with pytest.raises(NotFound):
        read(session, mod, about)
    with pytest.raises(Refused):
        queries.evidence(session, cast.actor(session, ada), report.id)
    actions.close_report(session, cast.actor(session, mod), report)
    assert report.closed_at is not None
    cast.join(session, ada, Group.MODERATORS)
    with pytest.raises(NotFound):
        queries.evidence(session, cast.actor(session, ada), report.id)
