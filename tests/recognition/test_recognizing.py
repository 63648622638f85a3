"""The organization recognizes members: by name, after the fact, seldom, and only who may be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.core.clock import now
from forum.core.errors import Conflict, Invalid, Refused
from forum.organization import actions as organization
from forum.organization import queries as organizations
from forum.organization.models import Affiliation
from forum.permissions import HOUSE, Role
from forum.posts import actions as posts
from forum.posts.models import Post
from forum.recognition import actions, queries
from forum.recognition.queries import choosing
from forum.site.models import Deed
from tests import cast
from tests.recognition.people import WORDS, Workshop

DAY = timedelta(days=1)


@pytest.fixture
def workshop(session, clock):
    return Workshop(session)


def test_a_recognizer_says_what_a_post_did_and_the_log_names_no_member(workshop):
    row = workshop.recognizes(workshop.rae, workshop.writes(workshop.pia), f"  {WORDS}\r\n")
    assert (row.account_id, row.by_id, row.words, row.is_public) == (workshop.pia.id, workshop.rae.id, WORDS, None)
    deed = workshop.session.query(Deed).filter_by(deed="recognized").one()
    assert (deed.by_id, deed.after) == (workshop.rae.id, {"board": workshop.board.name})


def test_nobody_else_does_and_only_on_their_boards(workshop):
    post = workshop.writes(workshop.pia)
    elsewhere = cast.board(workshop.session, "elsewhere")
    lea = cast.staff(workshop.session, "lea", roles=[])
    organization.grant_role(
        workshop.session, HOUSE, lea, Role.RECOGNIZER, [elsewhere.id], "https://acme.example/people"
    )
    robot = cast.member(workshop.session, "rob")
    organization.affiliate(workshop.session, HOUSE, robot, cast.host(workshop.session), "bot")
    organization.grant_role(workshop.session, HOUSE, robot, Role.RECOGNIZER, [], "https://acme.example/bots")
    others = [workshop.ben, cast.moderator(workshop.session), cast.staff(workshop.session, roles=[]), lea, robot]
    for person in others:
        with pytest.raises(Refused):
            workshop.recognizes(person, post)
    there = workshop.writes(workshop.pia, cast.topic(workshop.session, elsewhere, workshop.ben))
    assert workshop.recognizes(lea, there).by_id == lea.id


def test_too_few_words_and_old_contributions_are_refused(workshop, clock):
    post = workshop.writes(workshop.pia)
    with pytest.raises(Invalid, match="at least 20"):
        workshop.recognizes(workshop.rae, post, "Great work!  ")
    clock.shift(7 * DAY)
    workshop.recognizes(workshop.rae, post)
    late = workshop.writes(workshop.ben)
    clock.shift(7 * DAY + timedelta(seconds=1))
    with pytest.raises(Conflict, match="within 7 days"):
        workshop.recognizes(workshop.rae, late)


def test_what_never_changes_is_said_of_a_colleague_s_old_post(workshop, clock):
    old = workshop.writes(workshop.hal)
    clock.shift(8 * DAY)
    with pytest.raises(Refused, match="Members are recognized"):
        workshop.recognizes(workshop.rae, old)


def test_once_in_28_days_whoever_recognizes(workshop, clock):
    workshop.recognizes(workshop.rae, workshop.writes(workshop.pia))
    clock.shift(28 * DAY - timedelta(seconds=1))
    post = workshop.writes(workshop.pia)
    with pytest.raises(Conflict, match="within the last 28 days"):
        workshop.recognizes(workshop.hal, post)
    clock.shift(timedelta(seconds=1))
    workshop.recognizes(workshop.hal, post)


def test_staff_bots_members_with_perks_and_who_is_gone_are_never_recognized_nor_suggested(workshop):
    session = workshop.session
    people = [cast.staff(session, roles=[]), *(cast.member(session) for _ in range(5))]
    _sue, bot, perked, gone, hired, left = people
    rows = [workshop.writes(person) for person in people]
    for row in rows:
        workshop.thanks(workshop.ben, row)
        workshop.thanks(workshop.pia, row)
    organization.affiliate(session, HOUSE, bot, cast.host(session), "bot")
    organization.give_perks(session, HOUSE, perked, "Free courses.", now().date())
    gone.deactivated_at = now()
    cast.join(session, hired, 3)
    rows[5].affiliation_kind = "staff"  # wrote it while working there
    for row in rows:
        with pytest.raises(Refused):
            workshop.recognizes(workshop.rae, row)
    assert queries.suggestions(session, workshop.actor(workshop.rae)).posts == []
    assert left.deactivated_at is None
    organization.end_perks(session, HOUSE, perked)
    assert workshop.recognizes(workshop.rae, rows[2]).account_id == perked.id


def test_whoever_gave_it_takes_it_back_within_a_day_and_a_host_with_a_reason_after_that(workshop, clock):
    row = workshop.recognizes(workshop.rae, workshop.writes(workshop.pia))
    actions.take_back(workshop.session, workshop.actor(workshop.rae), row)
    assert row.withdrawn_at is not None
    row = workshop.recognizes(workshop.rae, workshop.writes(workshop.pia))
    for person in (workshop.ben, workshop.pia, cast.staff(workshop.session, roles=[Role.RECOGNIZER])):
        with pytest.raises(Refused):
            actions.take_back(workshop.session, workshop.actor(person), row, "It was somebody else’s work.")
    clock.shift(DAY + timedelta(seconds=1))
    with pytest.raises(Refused):
        actions.take_back(workshop.session, workshop.actor(workshop.rae), row)
    with pytest.raises(Invalid, match="Say why"):
        actions.take_back(workshop.session, workshop.actor(workshop.hal), row, "Hm.")
    actions.take_back(workshop.session, workshop.actor(workshop.hal), row, "It was somebody else’s work.")
    with pytest.raises(Conflict):
        workshop.says(workshop.pia, row)


def test_the_mix_is_of_the_last_28_days_and_the_scorecard_hears_no_names(workshop, clock):
    assert queries.recognition_spread(workshop.session, now()).given == 0
    for number in range(4):
        workshop.recognizes(workshop.rae, workshop.writes(cast.member(workshop.session, f"quiet{number}")))
    busy = cast.member(workshop.session, "busy")
    for _ in range(3):
        post = workshop.writes(busy)
    workshop.recognizes(workshop.rae, post)
    spread = queries.recognition_spread(workshop.session, now())
    assert (spread.given, spread.not_lately, spread.outside_top) == (5, 5, 4)
    clock.shift(28 * DAY)
    workshop.recognizes(workshop.rae, workshop.writes(busy))
    spread = queries.recognition_spread(workshop.session, now())
    assert (spread.given, spread.not_lately, spread.share_not_lately) == (1, 0, None)


def test_the_same_words_to_a_fourth_person_are_remarked_on_and_not_refused(workshop):
    for number in range(3):
        workshop.recognizes(workshop.rae, workshop.writes(cast.member(workshop.session, f"p{number}")))
    post = workshop.writes(workshop.pia)
    there = workshop.read(workshop.rae, post)
    said = queries.choice(workshop.session, workshop.actor(workshop.rae), there, f" {WORDS.upper()} ").advice
    assert [str(one)[:39] for one in said.remarks] == ["These very words go to 4 people within "]
    assert queries.choice(workshop.session, workshop.actor(workshop.rae), there, "Others.").advice.level == 0
    workshop.recognizes(workshop.rae, post)


def test_members_suggest_whom_to_recognize_and_why(workshop, clock):
    session, pia = workshop.session, workshop.pia
    before = cast.topic(session, cast.board(session, "long-ago"), workshop.ben)
    workshop.writes(pia, before)
    clock.shift(30 * DAY)
    thanked, accepted = workshop.writes(pia), workshop.writes(cast.member(session, "acc"))
    for person in (workshop.ben, cast.member(session), workshop.rae):
        workshop.thanks(person, thanked)
    posts.accept_answer(session, workshop.actor(workshop.ben), workshop.read(workshop.ben, accepted))
    page = queries.suggestions(session, workshop.actor(workshop.rae))
    found = {row.post.author.name: [str(why) for why in row.why] for row in page.posts}
    assert found == {"pia": ["thanked"], "acc": ["accepted", "first_help"]}
    assert next(row.thanks for row in page.posts if row.post.author_id == pia.id) == 2
    workshop.recognizes(workshop.rae, thanked)
    page = queries.suggestions(session, workshop.actor(workshop.rae))
    assert [row.post.author.name for row in page.posts] == ["acc"]
    assert [row.account.name for row in queries.given_lately(session, workshop.actor(workshop.hal))] == ["pia"]
    clock.shift(8 * DAY)
    assert queries.suggestions(session, workshop.actor(workshop.rae)).posts == []
    with pytest.raises(Refused):
        queries.suggestions(session, workshop.actor(workshop.ben))


def test_what_is_written_where_one_does_not_recognize_is_not_suggested(workshop):
    lea = cast.staff(workshop.session, "lea", roles=[])
    elsewhere = cast.board(workshop.session, "elsewhere")
    organization.grant_role(
        workshop.session, HOUSE, lea, Role.RECOGNIZER, [elsewhere.id], "https://acme.example/people"
    )
    workshop.writes(workshop.pia)
    assert queries.suggestions(workshop.session, workshop.actor(lea)).posts == []
    assert len(queries.suggestions(workshop.session, workshop.actor(workshop.rae)).posts) == 1


def test_awards_are_few_kept_by_hosts_and_stay_with_whom_they_were_given(workshop):
    session, of = workshop.session, cast.host(workshop.session)
    host = workshop.actor(workshop.hal)
    with pytest.raises(Refused):
        actions.add_award(session, workshop.actor(workshop.rae), of, "Patient ear", "For listening to the end.")
    with pytest.raises(Invalid, match="Say in a sentence"):
        actions.add_award(session, host, of, "Patient ear", "")
    award = actions.add_award(session, host, of, "Patient ear", "For listening to the end.")
    with pytest.raises(Conflict):
        actions.add_award(session, host, of, "patient EAR", "For listening to the end.")
    row = workshop.recognizes(workshop.rae, workshop.writes(workshop.pia), award=award)
    actions.retire_award(session, host, of, award)
    assert choosing.awards(session, of.id) == []
    with pytest.raises(Invalid, match="not given any more"):
        workshop.recognizes(workshop.rae, workshop.writes(workshop.ben), award=award)
    assert row.award_id == award.id
    for number in range(12):
        actions.add_award(session, host, of, f"Award {number}", "For what it is given.")
    with pytest.raises(Invalid, match="At most 12"):
        actions.add_award(session, host, of, "One more", "For what it is given.")


def test_perks_are_said_by_administrators_in_the_open_and_not_of_staff(workshop):
    session, today = workshop.session, now().date()
    with pytest.raises(Refused):
        organization.give_perks(session, workshop.actor(workshop.hal), workshop.pia, "Free strings.", today)
    keeper = workshop.actor(cast.administrator(session))
    for words, day, wrong in (("", today, "Say what it is"), ("Free strings.", today + DAY, "a day that has come")):
        with pytest.raises(Invalid, match=wrong):
            organization.give_perks(session, keeper, workshop.pia, words, day)
    with pytest.raises(Conflict):
        organization.give_perks(session, keeper, workshop.rae, "Free strings.", today)
    organization.give_perks(session, keeper, workshop.pia, "Free strings.", today)
    assert (workshop.pia.perks_from, workshop.pia.perks, workshop.pia.perks_since) == ("Acme", "Free strings.", today)


def test_two_who_once_were_colleagues_are_asked_by_how_they_stand_today(workshop, clock):
    session = workshop.session
    since = now() - 9 * DAY
    there = Affiliation(account_id=workshop.pia.id, organization_id=cast.host(session).id, kind="staff", since=since)
    session.add(there)
    session.flush()
    post = workshop.writes(workshop.pia)
    there.until = now()
    session.flush()
    assert organizations.affiliation_of(session, workshop.pia.id, now()) is None
    with pytest.raises(Refused):
        workshop.recognizes(workshop.rae, post)
    assert workshop.recognizes(workshop.rae, workshop.writes(workshop.pia)).account_id == workshop.pia.id


def test_what_members_with_perks_write_from_that_day_on_stands_on_a_line_of_its_own(workshop, clock):
    session = workshop.session
    workshop.writes(workshop.pia)
    clock.shift(2 * DAY)
    organization.give_perks(session, HOUSE, workshop.pia, "Free strings.", now().date())
    workshop.writes(workshop.pia)
    workshop.writes(workshop.rae)
    assert queries.posts_with_perks(session, now()) == (1, 3)
    at = now()
    clock.shift(DAY)
    session.query(Post).filter_by(author_id=workshop.pia.id).update({"hidden_at": now()})
    assert queries.posts_with_perks(session, at) == (1, 3)  # it stood there then
    assert queries.posts_with_perks(session, now())[0] == 0


def test_a_host_who_does_not_recognize_sees_what_was_given_and_is_suggested_nobody(workshop):
    eve = cast.staff(workshop.session, "eve", roles=[Role.HOST])
    workshop.writes(workshop.ben, cast.topic(workshop.session, workshop.board, workshop.pia))
    row = workshop.recognizes(workshop.rae, workshop.writes(workshop.pia))
    assert queries.suggestions(workshop.session, workshop.actor(eve)).posts == []
    assert [one.id for one in queries.given_lately(workshop.session, workshop.actor(eve))] == [row.id]
    assert actions.may_take_back(workshop.actor(eve), row)
