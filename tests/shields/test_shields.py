"""What keeps abuse out: blocks and their end, how many may sign up, and addresses that are forgotten."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.accounts import jobs as account_jobs
from forum.accounts.models import Account, AccountSession, Gate
from forum.admin import wording
from forum.core import clock as time
from forum.core.errors import Invalid, Refused
from forum.notifications.models import Notice
from forum.permissions import HOUSE
from forum.shields import actions, jobs, queries
from forum.shields.models import Block, SeenAddress, SignUpRush, SignUpTry
from forum.site.models import Deed, Site
from tests import cast
from tests.accounts.people import PASSWORD, enter, link_in, mails, post, somebody
from tests.accounts.test_joining import join
from tests.machines.databases import reading, writing
from tests.posts.people import enter as come_in

THERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def keeper(app):
    """A moderator, as an actor."""
    with writing(app) as session:
        return cast.actor(session, cast.moderator(session, "eli"))


def block(app, keeper, kind, value, days=180):
    with writing(app) as session:
        return actions.set_block(session, keeper, kind, value, "Advertising", days, "198.51.100.1").id


def join_from(client, clock, address, **given):
    """As `join`, from an address."""
    page = client.get("/sign-up").text
    fields = dict(re.findall(r'name="(csrf_token|started)"[^>]*value="([^"]+)"', page))
    clock.shift(timedelta(seconds=5))
    ada = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
    return client.post("/sign-up", data={**fields, **ada, **given}, environ_overrides={"REMOTE_ADDR": address})


# ── blocks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_blocked_domain_is_told_in_words_counted_and_free_again_by_itself(app, client, clock, keeper):
    id_ = block(app, keeper, "domain", "trash.example", days=10)
    refused = join(client, clock, email="ada@mx.Trash.example")
    assert refused.status_code == 422
    assert "Addresses of trash.example cannot be used here" in refused.text
    assert "mailto:forum@" in refused.text
    assert join(client, clock, email="ada@nottrash.example").status_code == 303
    with reading(app) as session:
        row = session.get(Block, id_)
        assert (row.hits, row.hit_at is not None) == (1, True)
    clock.shift(timedelta(days=10))
    assert join(client, clock, email="ada@trash.example").status_code == 303


def test_the_same_words_whether_or_not_the_address_is_known_here(app, client, clock, keeper):
    somebody(app, "bo", email="bo@trash.example", email_key="bo@trash.example")
    block(app, keeper, "domain", "trash.example")
    known, unknown = (
        re.sub(r'value="[^"]*"|[a-z]+@', "", join(client, clock, email=email).text)
        for email in ("bo@trash.example", "xy@trash.example")
    )
    assert known == unknown


def test_a_blocked_network_neither_joins_nor_writes_as_a_guest_but_its_members_sign_in(app, client, clock, keeper):
    somebody(app, "bo")
    with writing(app) as session:
        cast.board(session, "talk")
    block(app, keeper, "range", "203.0.113.0/24")
    for address in ("203.0.113.9", "::ffff:203.0.113.9"):
        refused = join_from(client, clock, address)
        assert refused.status_code == 422
        assert "From where you are nobody can join or write as a guest for now" in refused.text
    held = client.held("/b/talk/new", "body")
    clock.shift(timedelta(minutes=1))
    words = {**held, "title": "Buy gut", "body": "Cheap gut."}
    assert client.post("/b/talk/new", data=words, environ_overrides=THERE).status_code == 422
    assert client.post("/b/talk/new", data=words).location == "/waiting"
    assert enter(client, "bo", environ_overrides=THERE).status_code == 303


@pytest.mark.databases("sqlite")
def test_a_forged_header_moves_nobody_out_of_a_block(app, make_app, client, clock, keeper):
    block(app, keeper, "range", "203.0.113.0/24")
    forged = {"X-Forwarded-For": "198.51.100.9"}
    page = client.get("/sign-up").text
    fields = dict(re.findall(r'name="(csrf_token|started)"[^>]*value="([^"]+)"', page))
    clock.shift(timedelta(seconds=5))
    sent = {**fields, "name": "Ada", "email": "ada@example.org", "password": PASSWORD}
    assert client.post("/sign-up", data=sent, headers=forged, environ_overrides=THERE).status_code == 422
    behind = make_app(FORUM_PROXIES="1").test_client()
    page = behind.get("/sign-up").text
    fields = dict(re.findall(r'name="(csrf_token|started)"[^>]*value="([^"]+)"', page))
    clock.shift(timedelta(seconds=5))
    far = {"X-Forwarded-For": "198.51.100.9, 203.0.113.9"}  # what the visitor wrote, then what our proxy saw
    assert behind.post("/sign-up", data={**sent, **fields}, headers=far).status_code == 422


def test_a_member_does_not_move_to_a_blocked_domain(app, client, keeper):
    somebody(app)
    block(app, keeper, "domain", "trash.example")
    enter(client)
    fields = {"new_email": "ada@trash.example", "address_password": PASSWORD}
    assert "cannot be used here" in client.submit("/settings/account", fields).text
    assert mails(app) == []
    with reading(app) as session:
        assert session.query(Block).one().hits == 1


def test_a_block_says_why_ends_within_two_years_and_is_lifted_by_moderators_alone(session):
    eli, ada = cast.actor(session, cast.moderator(session)), cast.actor(session, cast.member(session))
    for kind, value, reason, days in (
        ("domain", "trash.example", " ", 10),
        ("domain", "trash.example", "Why", 731),
        ("domain", "trash.example", "Why", 0),
        ("planet", "trash.example", "Why", 10),
        ("range", "203.0.113.0/24", "Why", 10),
    ):
        with pytest.raises(Invalid):
            actions.set_block(session, eli, kind, value, reason, days, "203.0.113.77")
    with pytest.raises(Refused):
        actions.set_block(session, ada, "domain", "trash.example", "Why", 10, "")
    row = actions.set_block(session, eli, "domain", "trash.example", "Why", 730, "")
    with pytest.raises(Invalid, match="already"):
        actions.set_block(session, eli, "domain", "Trash.example.", "Why", 10, "")
    with pytest.raises(Refused):
        actions.lift_block(session, ada, row)
    actions.lift_block(session, eli, row)
    queries.check_domain(session, "ada@trash.example")
    lines = [wording.sentence(deed) for deed in session.scalars(select(Deed).order_by(Deed.id))]
    assert lines == ["trash.example was blocked: Why", "trash.example is not blocked any more."]


def test_the_log_keeps_no_address_of_one_household(session):
    eli = cast.actor(session, cast.moderator(session))
    actions.set_block(session, eli, "range", "203.0.113.9", "Why", 10, "")
    actions.set_block(session, eli, "range", "2001:db8:7:1::/64", "Why", 10, "")
    kept = [deed.after["called"] for deed in session.scalars(select(Deed).order_by(Deed.id))]
    assert kept == ["203.0.113.0/24", "2001:db8:7::/48"]


def test_moderators_have_a_page_of_blocks_and_nobody_else(app, client, keeper):
    come_in(app, client, "bo", cast.member)
    assert client.get("/moderation/blocks").status_code == 404
    with writing(app) as session:
        cast.sign_in(client, session, session.get(Account, keeper.account_id))
    assert "Nothing is blocked" in client.get("/moderation/blocks").text
    fields = {"kind": "range", "value": "127.0.0.0/8", "reason": "Advertising", "days": "30"}
    refused = client.submit("/moderation/blocks", fields)
    assert (refused.status_code, "You are in this range yourself" in refused.text) == (422, True)
    assert client.submit("/moderation/blocks", {**fields, "value": "203.0.113.0/24"}).status_code == 303
    shown = client.get("/moderation/blocks").text
    assert "203.0.113.0/24" in shown
    assert "has kept nobody out yet" in shown
    assert client.submit("/moderation/blocks", form="/lift").status_code == 303
    assert "lifted" in client.get("/moderation/blocks").text


# ── signing up ────────────────────────────────────────────────────────────────────────────────────────────────────────


def allow(app, **numbers):
    with writing(app) as session:
        session.get(Site, 1).settings = numbers


def test_so_many_from_one_address_and_its_neighbourhood_then_it_is_told_in_words(app, client, clock, uncounted):
    allow(app, sign_ups_address=2, sign_ups_network=3)
    said = []
    for number, address in enumerate(["203.0.113.9", "203.0.113.9", "203.0.113.9", "203.0.113.8", "203.0.113.7"]):
        said.append(join_from(client, clock, address, name=f"ada{number}", email=f"a{number}@example.org").status_code)
    assert said == [303, 303, 429, 303, 429]
    assert join_from(client, clock, "198.51.100.1", name="eve", email="e@example.org").status_code == 303
    clock.shift(timedelta(hours=1))
    assert join_from(client, clock, "203.0.113.9", name="fay", email="f@example.org").status_code == 303


def test_an_address_that_is_known_here_counts_like_any_other(app, client, clock, uncounted):
    somebody(app, "bo")
    allow(app, sign_ups_address=1)
    assert join(client, clock, name="Boris", email="bo@example.org").status_code == 303
    assert join(client, clock, name="Cyril", email="cy@example.org").status_code == 429


def test_in_a_rush_whoever_comes_waits_for_a_yes_and_moderators_hear_once(app, client, clock, keeper, uncounted):
    allow(app, sign_ups_hour=2)
    for number in range(4):
        address = f"10.{number}.0.1"
        assert join_from(client, clock, address, name=f"ada{number}", email=f"a{number}@x.example").status_code == 303
    confirmed = {mail.to: client.submit(link_in(mail)) for mail in mails(app) if mail.cause == "confirm_address"}
    assert len(confirmed) == 4
    with reading(app) as session:
        waits = {account.name: account.waiting_since is not None for account in session.query(Account)}
        assert waits == {"eli": False, "ada0": False, "ada1": False, "ada2": True, "ada3": True}
        heard = select(Notice).where(Notice.kind == "sign_up_rush")
        assert [row.recipient_id for row in session.scalars(heard)] == [keeper.account_id]
        assert session.query(SignUpRush).count() == 1
    clock.shift(timedelta(hours=2))
    assert join_from(client, clock, "10.9.0.1", name="late", email="late@x.example").status_code == 303
    client.submit(link_in(mails(app)[-1]))
    with reading(app) as session:
        assert session.query(Account).filter_by(name="late").one().waiting_since is None


def test_who_is_invited_comes_in_also_in_a_rush(app, client, clock, uncounted):
    from forum.accounts import actions as accounts
    from forum.core.web import signed

    allow(app, sign_ups_hour=1)
    with writing(app) as session:
        root = cast.actor(session, cast.administrator(session))
        made = accounts.make_invitation(session, root, session.get(Gate, 1), uses=3).id
    join(client, clock, name="One", email="one@x.example")
    with app.app_context():
        code = signed.code_of("invitation", made)
    assert join(client, clock, name="Two", email="two@x.example", invitation=code).status_code == 303
    client.submit(link_in(mails(app)[-1]))
    with reading(app) as session:
        assert session.query(Account).filter_by(name="Two").one().confirmed_at is not None


@pytest.mark.parametrize("fields", [{"website": "https://spam.example"}, {"started": "forged"}, {"started": ""}])
def test_a_program_that_writes_as_a_guest_gives_itself_away(app, client, clock, fields):
    with writing(app) as session:
        cast.board(session, "talk")
    held = client.held("/b/talk/new", "body")
    clock.shift(timedelta(minutes=1))
    sent = {**held, "title": "Buy gut", "body": "Cheap gut.", **fields}
    refused = client.post("/b/talk/new", data=sent)
    assert refused.status_code == 422
    assert "Cheap gut." in refused.text


def test_who_was_too_quick_just_presses_again(app, client, clock):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session, "talk"), cast.member(session)).id
    page = f"/t/{topic}?write=1"
    refused = client.submit(page, {"body": "As quick as a hare."}, form="/reply")
    assert refused.status_code == 422
    assert "just press the button again" in refused.text
    begun = re.search(r'name="started" value="([^"]+)"', refused.text)[1]
    clock.shift(timedelta(seconds=3))
    held = client.held(page, "body")
    assert client.post(f"/t/{topic}/reply", data={**held, "body": "Hare.", "started": begun}).location == "/waiting"


# ── addresses ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def seen(app):
    with reading(app) as session:
        rows = session.scalars(select(SeenAddress).order_by(SeenAddress.id))
        return [(row.doing, row.address, row.network) for row in rows]


def daily(app):
    with app.app_context():
        jobs.forget_addresses()
        account_jobs.forget_expired_secrets()


def test_an_address_is_masked_after_thirty_days_and_gone_after_ninety(app, client, clock):
    somebody(app)
    with writing(app) as session:
        session.get(Site, 1).settings = {"session_life": 365}
    for address in ("203.0.113.9", "203.0.113.10", "2001:db8:7:1::5"):
        enter(client, environ_overrides={"REMOTE_ADDR": address})
        client._cookies.clear()
    whole = [
        ("session", "203.0.113.9", "203.0.113.0/24"),
        ("session", "203.0.113.10", "203.0.113.0/24"),
        ("session", "2001:db8:7:1::5", "2001:db8:7::/48"),
    ]
    clock.shift(timedelta(days=29))
    daily(app)
    assert seen(app) == whole
    clock.shift(timedelta(days=1))
    daily(app)
    assert seen(app) == [("session", "", "203.0.113.0/24"), ("session", "", "2001:db8:7::/48")]
    with reading(app) as session:
        assert {row.address for row in session.query(AccountSession)} <= {"203.0.113.0/24", "2001:db8:7::/48"}
    clock.shift(timedelta(days=59))
    daily(app)
    assert len(seen(app)) == 2
    clock.shift(timedelta(days=1))
    daily(app)
    assert seen(app) == []
    with reading(app) as session:
        assert {row.address for row in session.query(AccountSession)} == {""}


def test_the_job_forgets_in_batches_and_only_the_house_may(session, clock):
    ada = cast.member(session)
    for number in range(7):
        actions.remember_address(session, ada.id, "session", f"10.0.{number}.1")
    with pytest.raises(Refused):
        actions.forget_old(session, cast.actor(session, cast.administrator(session)), time.now())
    clock.shift(timedelta(days=31))
    assert [actions.forget_old(session, HOUSE, time.now(), limit=3) for _ in range(4)] == [3, 3, 1, 0]
    actions.remember_address(session, ada.id, "session", "nonsense")
    assert session.scalar(select(func.count(SeenAddress.id)).where(SeenAddress.address != "")) == 0


def test_tries_and_ended_blocks_are_forgotten(app, client, clock, keeper):
    block(app, keeper, "domain", "trash.example", days=1)
    join(client, clock)
    clock.shift(timedelta(hours=2))
    daily(app)
    with reading(app) as session:
        assert (session.query(SignUpTry).count(), session.query(Block).count()) == (0, 1)
    clock.shift(timedelta(days=91))
    daily(app)
    with reading(app) as session:
        assert session.query(Block).count() == 0


def test_moderators_see_from_where_somebody_came_and_who_else_did_and_each_look_is_logged(app, client, clock, keeper):
    with writing(app) as session:
        ada, bo, cy = (cast.member(session, name) for name in ("ada", "bo", "cy"))
        for person, address in ((ada, "203.0.113.9"), (bo, "203.0.113.9"), (cy, "203.0.113.10")):
            actions.remember_address(session, person.id, "session", address)
        cast.sign_in(client, session, session.get(Account, keeper.account_id))
    shown = client.submit("/u/ada", form="/u/ada/addresses").text
    assert "203.0.113.9" in shown
    assert "1 other seen from this address:" in shown
    assert "/u/bo" in shown
    assert "/u/cy" not in shown
    assert "1 more from its neighbourhood" in shown
    client.submit("/u/ada", form="/u/ada/addresses")
    with reading(app) as session:
        looks = session.scalars(select(Deed).where(Deed.deed == "addresses_seen")).all()
        assert [(look.by_id, wording.sentence(look)) for look in looks] == 2 * [
            (keeper.account_id, "From where ada came was looked up.")
        ]
    come_in(app, client, "dan", cast.member)
    assert "/addresses" not in client.get("/u/ada").text
    assert post(client, "/u/ada/addresses").status_code == 404


def test_an_address_is_in_no_page_but_its_owners_and_that_of_moderators(app, client):
    somebody(app)
    enter(client, environ_overrides=THERE)
    assert "203.0.113.9" in client.get("/settings/sessions").text
    for page in ("/", "/u/ada", "/settings/account"):
        assert "203.0.113" not in client.get(page).text


def test_a_block_of_a_domain_that_many_members_use_says_how_many_and_asks_whether_it_is_meant(app, client, uncounted):
    with writing(app) as session:
        for n in range(6):
            cast.member(session, f"peg{n}", email=f"peg{n}@pegs.example", email_key=f"peg{n}@pegs.example")
        cast.sign_in(client, session, cast.moderator(session, "eli"))
    typed = {"kind": "domain", "value": "pegs.example", "reason": "Advertising", "days": "30"}
    asked = client.submit("/moderation/blocks", typed, form="block")
    assert asked.status_code == 422
    assert "6 members have such mail addresses" in asked.text
    assert 'name="sure"' in asked.text
    assert (
        client.post(
            "/moderation/blocks", data={**client.held("/moderation/blocks", "value"), **typed, "sure": "y"}
        ).status_code
        == 303
    )
    with writing(app) as session:
        assert queries.blocked_by(session, "domain", "pegs.example") == "pegs.example"


def test_what_lies_in_a_block_is_blocked_already(session, clock):
    ada = cast.actor(session, cast.moderator(session, "ada"))
    row = actions.set_block(session, ada, "range", "203.0.113.0/24", "Why", 10, "")
    actions.set_block(session, ada, "domain", "trash.example", "Why", 10, "")
    for kind, value, wider in (
        ("range", "203.0.113.9", "203.0.113.0/24"),
        ("domain", "mail.trash.example", "trash.example"),
    ):
        with pytest.raises(Invalid, match=f"blocked already, with {wider}"):
            actions.set_block(session, ada, kind, value, "Why", 10, "")
    actions.set_block(session, ada, "domain", "nottrash.example", "Why", 10, "")
    actions.lift_block(session, ada, row)
    assert actions.set_block(session, ada, "range", "203.0.113.9", "Why", 10, "").value == "203.0.113.9/32"
