"""Members thank each other, the organization thanks them: at most one message a day, naming everybody."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from forum.core.clock import now
from forum.core.errors import Conflict, Invalid, Refused, TooSoon
from forum.mail.models import OutboxMessage
from forum.notifications import queries as notices
from forum.notifications.models import ChannelChoice, Notice
from forum.organization import actions as organization
from forum.permissions import HOUSE
from forum.posts import actions as posts
from forum.posts.models import Reaction
from forum.recognition import actions, queries
from forum.recognition.models import ThankYou, ThankYouMessage
from tests import cast
from tests.recognition.people import WORDS, Workshop

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def workshop(session, clock):
    return Workshop(session)


def lines(workshop, person):
    return [
        (line.says, line.title, line.unread)
        for line in notices.centre(workshop.session, workshop.actor(person)).lines
        if line.kind.key in ("thanks", "reaction")
    ]


def letters(workshop):
    return workshop.session.query(OutboxMessage).filter_by(cause="thanks").order_by(OutboxMessage.id).all()


def test_three_thanks_within_a_day_are_one_message_naming_three(workshop, clock):
    post, other = workshop.writes(workshop.pia), workshop.writes(workshop.pia)
    workshop.thanks(workshop.ben, post)
    clock.shift(8 * HOUR)
    workshop.notes(workshop.hal, other, "Your drawing\nhangs on our wall.")
    clock.shift(8 * HOUR)
    workshop.recognizes(workshop.rae, post)
    assert lines(workshop, workshop.pia) == [("Thanks for what you wrote here", "ben, hal, rae", True)]
    assert (actions.complete(workshop.session, HOUSE), letters(workshop)) == (0, [])
    clock.shift(8 * HOUR)
    assert actions.complete(workshop.session, HOUSE) == 1
    assert actions.complete(workshop.session, HOUSE) == 0
    (letter,) = letters(workshop)
    assert (letter.to, letter.subject) == ("pia@example.org", "3 people thank you")
    title = workshop.topic.title
    told = [f"ben, on “{title}”.", f"hal, on “{title}”:", "hangs on our wall.", f"rae, for Acme, on “{title}”:", WORDS]
    assert [letter.text.count(one) for one in told] == [1] * 5
    assert "May a recognition be shown" in letter.text


def test_however_late_the_clock_was_nobody_gets_two_letters_within_a_day(workshop, clock):
    for number in range(3):
        workshop.thanks(cast.member(workshop.session, f"m{number}"), workshop.writes(workshop.pia))
        clock.shift(25 * HOUR)
    sent = []
    for _ in range(8):
        sent += [now()] * actions.complete(workshop.session, HOUSE)
        clock.shift(8 * HOUR)
    assert len(sent) == len(letters(workshop)) == 3
    assert all(after - before >= DAY for before, after in pairwise(sent))
    assert len(lines(workshop, workshop.pia)) == 3


def test_who_comes_later_is_named_quietly(workshop, clock):
    post = workshop.writes(workshop.pia)
    workshop.thanks(workshop.ben, post)
    notice = workshop.session.query(Notice).filter_by(kind="thanks").one()
    notice.read_at = now()
    workshop.thanks(cast.member(workshop.session, "cleo"), post)
    workshop.session.refresh(notice)
    assert lines(workshop, workshop.pia) == [("Thanks for what you wrote here", "ben, cleo", False)]


def test_thanks_taken_back_before_the_day_is_over_are_not_told(workshop, clock):
    post = workshop.writes(workshop.pia)
    workshop.thanks(workshop.ben, post)
    row = workshop.recognizes(workshop.rae, post)
    posts.unreact(workshop.session, workshop.actor(workshop.ben), workshop.read(workshop.ben, post), "thanks")
    assert lines(workshop, workshop.pia)[0][1] == "rae"
    actions.take_back(workshop.session, workshop.actor(workshop.rae), row)
    assert [line[2] for line in lines(workshop, workshop.pia)] == [False]
    clock.shift(DAY)
    assert actions.complete(workshop.session, HOUSE) == 0
    assert (letters(workshop), workshop.session.query(ThankYouMessage).count()) == ([], 0)


def test_thanking_again_after_it_was_told_tells_nothing_again(workshop, clock):
    post = workshop.writes(workshop.pia)
    workshop.thanks(workshop.ben, post)
    clock.shift(DAY)
    actions.complete(workshop.session, HOUSE)
    posts.unreact(workshop.session, workshop.actor(workshop.ben), workshop.read(workshop.ben, post), "thanks")
    workshop.thanks(workshop.ben, post)
    assert workshop.session.query(ThankYou).count() == 1


def test_what_is_gone_from_view_is_thanked_for_no_more(workshop, clock):
    post = workshop.writes(workshop.pia)
    workshop.thanks(workshop.ben, post)
    posts.delete_post(workshop.session, workshop.actor(workshop.pia), workshop.read(workshop.pia, post))
    clock.shift(DAY)
    actions.complete(workshop.session, HOUSE)
    assert letters(workshop) == []


def test_who_wants_no_letter_gets_none_and_who_ignores_somebody_does_not_hear_their_thanks(workshop, clock):
    from forum.accounts.models import IgnoredMember

    workshop.session.add(ChannelChoice(account_id=workshop.pia.id, kind="thanks", channel="mail", is_on=False))
    workshop.session.add(IgnoredMember(account_id=workshop.pia.id, ignored_id=workshop.ben.id, since=now()))
    post = workshop.writes(workshop.pia)
    workshop.thanks(workshop.ben, post)
    assert lines(workshop, workshop.pia) == []
    workshop.thanks(cast.member(workshop.session), post)
    clock.shift(DAY)
    assert actions.complete(workshop.session, HOUSE) == 1
    assert letters(workshop) == []


def test_ten_thanks_a_day_are_enough_for_everybody(workshop, clock):
    replies = [workshop.writes(workshop.pia) for _ in range(11)]
    for post in replies[:10]:
        workshop.thanks(workshop.ben, post)
    with pytest.raises(TooSoon, match="10 times within a day"):
        workshop.thanks(workshop.ben, replies[10])
    posts.react(workshop.session, workshop.actor(workshop.ben), workshop.read(workshop.ben, replies[10]), "helpful")
    workshop.thanks(workshop.ben, replies[0])  # once more changes nothing, and is no eleventh
    for post in replies[:10]:
        workshop.notes(workshop.rae, post)
    with pytest.raises(TooSoon):
        workshop.notes(workshop.rae, replies[10])
    clock.shift(DAY)
    workshop.thanks(workshop.ben, replies[10])


def test_the_button_of_the_organization_is_a_reaction_and_a_note_that_only_its_reader_sees(workshop, client):
    post = workshop.writes(workshop.pia)
    workshop.notes(workshop.rae, post)
    assert (
        workshop.session.query(Reaction).filter_by(post_id=post.id, kind="thanks").one().account_id == workshop.rae.id
    )
    notes = lambda person: [  # noqa: E731
        one.note for one in queries.received(workshop.session, workshop.actor(person)).thanks.items
    ]
    assert (notes(workshop.pia), notes(workshop.rae), notes(workshop.ben)) == (["That saved our Tuesday."], [], [])
    with pytest.raises(Conflict):
        workshop.notes(workshop.rae, post, "Again.")
    with pytest.raises(Invalid):
        workshop.notes(workshop.hal, post, " ")


def test_a_note_follows_thanks_that_were_told_already(workshop, clock):
    post = workshop.writes(workshop.pia)
    workshop.thanks(workshop.rae, post)
    clock.shift(DAY)
    actions.complete(workshop.session, HOUSE)
    workshop.notes(workshop.rae, post)
    assert [one.note for one in workshop.session.query(ThankYou).order_by(ThankYou.id)] == [
        "",
        "That saved our Tuesday.",
    ]


def test_members_and_robots_have_no_such_button(workshop):
    robot = cast.member(workshop.session, "rob")
    organization.affiliate(workshop.session, HOUSE, robot, cast.host(workshop.session), "bot")
    post = workshop.writes(workshop.pia)
    for person in (workshop.ben, robot):
        with pytest.raises(Refused):
            workshop.notes(person, post)


def test_a_note_to_an_account_that_nobody_reads_is_not_lost_silently(workshop):
    post = workshop.writes(workshop.pia)
    workshop.pia.deactivated_at = now()
    with pytest.raises(Conflict, match="Nobody reads this account"):
        workshop.notes(workshop.rae, post)
