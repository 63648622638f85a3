"""Who may join: the gate, invitations, the waiting list."""

from __future__ import annotations

import importlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.accounts import actions, admission, gates, jobs
from forum.accounts.gates import Entry, Rules
from forum.accounts.models import Account, Gate, GroupMember, Invitation
from forum.core.errors import Invalid
from forum.moderation.models import Case
from forum.permissions import Group
from forum.shields import actions as shields
from forum.shields.models import Block
from tests import cast
from tests.accounts.people import PASSWORD, enter, link_in, mails
from tests.machines.databases import reading, writing
from tests.posts.people import enter as come_in

WORDS = st.text(max_size=30)


@given(WORDS, st.lists(WORDS, max_size=3))
def test_an_answer_is_right_whatever_its_capitals_and_spaces(typed, others):
    known = bool(gates.answer_key(typed))
    assert gates.is_right([*others, f"  {typed.upper().lower()} "], typed) == known or typed.upper().lower() != typed
    assert gates.is_right([], typed) == known


def test_the_gate_says_the_same_to_everybody_and_never_asks_who_exists():
    domains = Rules(allowed_domains=["school.example"])
    gates.check(domains, "a@school.example", Entry(), is_invited=False)
    gates.check(domains, "a@elsewhere.example", Entry(), is_invited=True)
    with pytest.raises(Invalid):
        gates.check(domains, "a@elsewhere.example", Entry(), is_invited=False)
    with pytest.raises(Invalid, match="invitation"):
        gates.check(Rules("invitation"), "a@b.example", Entry(), is_invited=False)
    asks = Rules(question="Which reed?", answers=["cane"])
    gates.check(asks, "a@b.example", Entry(answer=" CANE. "), is_invited=False)
    with pytest.raises(Invalid):
        gates.check(asks, "a@b.example", Entry(answer="steel"), is_invited=False)


def join(client, clock, name, page="/sign-up", **more):
    client._cookies.clear()
    fields = {"name": name, "email": f"{name}@reeds.example", "password": PASSWORD, **more}
    shown = client.get(page).text
    assert "csrf_token" in shown
    clock.shift(timedelta(seconds=5))
    from tests.machines.visitor import _choose, _Forms

    parser = _Forms()
    parser.feed(shown)
    form = _choose(parser.forms, "", set(fields))
    if form is None:
        return client.get(page)
    clock.shift(timedelta(seconds=30))
    return client.post("/sign-up", data={**form.fields, **fields})


def confirm(app, client):
    return client.submit(link_in(mails(app)[-1]), {})


def set_gate(app, **values):
    with writing(app) as session:
        for name, value in values.items():
            setattr(session.get(Gate, 1), name, value)


def test_who_waits_for_a_yes_sees_what_everyone_sees_and_is_let_in_or_told_why_not(app, client, clock):
    set_gate(app, mode="approval")
    with writing(app) as session:
        cast.board(session, "inner", rights={Group.MEMBERS: cast.PUBLIC[Group.EVERYONE]}, name="Inner")
        cast.board(session, "outer", name="Outer")
        cast.moderator(session, "mod")
    for name in ("ada", "ben"):
        assert join(client, clock, name, words="I restore <b>concertinas</b>.").status_code == 303
        assert confirm(app, client).headers["Location"].endswith("/")
    assert enter(client, "ada").status_code == 303
    assert client.get("/b/outer").status_code == 200
    assert client.get("/b/inner").status_code == 404
    assert "look at your request" in client.get("/conversations/new").text
    client._cookies.clear()
    come_in(app, client, "mod", cast.moderator)
    assert "2 people ask to join" in client.get("/notices").text
    assert "&lt;b&gt;concertinas" in client.get("/moderation?kind=sign_up").text
    clock.shift(timedelta(hours=9))
    with app.app_context():
        jobs.remind_of_waiting()
        jobs.remind_of_waiting()
    come_in(app, client, "mod", cast.moderator)
    assert "has waited to join" in client.get("/notices").text
    with reading(app) as session:
        asked = session.query(Account.name, Case.id).join(Case, Case.account_id == Account.id)
        cases = {name: f"/moderation/cases/{case}" for name, case in asked}
    assert client.submit(cases["ben"], {"words": "", "answer": "decline"}, form="answer").status_code == 422
    client.submit(cases["ben"], {"words": "Not now.", "answer": "decline"}, form="answer")
    client.submit(cases["ada"], {"words": "Be welcome.", "answer": "approve"}, form="answer")
    assert "Nothing waits here" in client.get("/moderation").text
    clock.shift(timedelta(minutes=10))
    with app.app_context():
        jobs.carry_out_answers()
    assert ["Be welcome." in mails(app)[-2].text, "Not now." in mails(app)[-1].text] == [True, True]
    with reading(app) as session:
        assert session.query(Account).filter_by(name="ben").first() is None
        assert session.query(Account).filter_by(name="ada").one().confirmed_at is not None
    client._cookies.clear()
    enter(client, "ada")
    assert client.get("/b/inner").status_code == 200


def test_an_invitation_opens_the_gate_places_who_comes_and_ends(app, client, clock):
    set_gate(app, mode="invitation")
    with writing(app) as session:
        group = cast.group(session, "Tuners").id
        topic = cast.topic(session, cast.board(session), cast.member(session, "cleo")).id
    come_in(app, client, "root", cast.administrator)
    made = client.submit("/invitations", {"uses": "1", "groups": [str(group)], "topic": f"/t/{topic}-x"}, form="invite")
    assert made.status_code == 303
    page = client.get("/invitations").text
    link = page.split('value="http')[1].split('"')[0]
    link = "/sign-up?" + link.partition("/sign-up?")[2]
    client._cookies.clear()
    assert "joined by invitation" in client.get("/sign-up").text
    assert "joined by invitation" in post_sign_up(client, "eve").text
    assert "root invites you" in client.get(link).text
    assert join(client, clock, "ada", link).status_code == 303
    first = mails(app)[-1]
    assert join(client, clock, "ben", link).status_code == 303
    second = mails(app)[-1]
    landed = client.submit(link_in(first), {})
    assert f"/t/{topic}" in landed.headers["Location"].replace("%2F", "/")
    assert client.submit(link_in(second), {}).status_code == 410
    assert "joined by invitation" in client.get(link).text
    with reading(app) as session:
        ada = session.query(Account).filter_by(name="ada").one()
        assert group in cast.actor(session, ada).groups
        assert admission.invited_by(session, cast.actor(session, ada), ada) is None
        assert session.query(Account).filter_by(name="ben").first() is None
    come_in(app, client, "mod", cast.moderator)
    assert "Invited by" in client.get("/u/ada").text
    come_in(app, client, "cleo")
    assert "Invited by" not in client.get("/u/ada").text
    assert client.get("/invitations").status_code == 403


def post_sign_up(client, name):
    return post_with_token(client, name)


def post_with_token(client, name):
    import re

    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]
    fields = {"name": name, "email": f"{name}@reeds.example", "password": PASSWORD, "csrf_token": token}
    return client.post("/sign-up", data=fields)


def test_members_invite_when_they_may_ten_people_at_most_and_take_it_back(session):
    gate = session.get(Gate, 1)
    ada, new = cast.actor(session, cast.member(session)), cast.actor(session, cast.newcomer(session))
    with pytest.raises(Invalid, match="others"):
        actions.make_invitation(session, ada, gate, uses=1)
    gate.inviters = "members"
    with pytest.raises(Invalid, match="others"):
        actions.make_invitation(session, new, gate, uses=1)
    with pytest.raises(Invalid, match="1 to 10"):
        actions.make_invitation(session, ada, gate, uses=11)
    group = cast.group(session)
    row = actions.make_invitation(session, ada, gate, uses=10, group_ids=[group.id, int(Group.STAFF)], topic_id=3)
    assert (row.group_ids, row.topic_id) == ([], None)
    root = cast.actor(session, cast.administrator(session))
    placed = actions.make_invitation(session, root, gate, uses=1, group_ids=[group.id, int(Group.STAFF)])
    assert placed.group_ids == [group.id]
    now = row.created_at
    assert admission.living_invitation(session, row.id, now) is row
    assert admission.living_invitation(session, row.id, now + timedelta(days=91)) is None
    actions.revoke_invitation(session, ada, row)
    assert admission.living_invitation(session, row.id, now) is None
    assert session.query(Invitation).count() == 2


def test_the_gate_is_asked_again_when_the_address_is_confirmed(app, client, clock):
    assert join(client, clock, "ada").status_code == 303
    link = link_in(mails(app)[-1])
    set_gate(app, mode="invitation")
    assert client.submit(link, {}).status_code == 410
    set_gate(app, mode="open")
    with writing(app) as session:
        keeper = cast.actor(session, cast.moderator(session))
        block = shields.set_block(session, keeper, "domain", "reeds.example", "Throw-away addresses", 30, "")
    assert client.submit(link, {}).status_code == 410
    with writing(app) as session:
        shields.lift_block(session, keeper, session.get(Block, block.id))
    assert client.submit(link, {}).status_code == 303


def test_an_invitation_does_what_its_maker_may_do_when_somebody_comes(session):
    gate, group = session.get(Gate, 1), cast.group(session)
    root = cast.administrator(session)
    row = actions.make_invitation(session, cast.actor(session, root), gate, uses=9, group_ids=[group.id])
    gating = importlib.import_module("forum.accounts.actions.gating")
    newcomers = [cast.member(session) for _ in range(3)]
    assert gating.use_invitation(session, row.id, newcomers[0])
    session.delete(session.get(GroupMember, (int(Group.ADMINISTRATORS), root.id)))
    session.flush()
    assert gating.use_invitation(session, row.id, newcomers[1])
    assert [group.id in cast.actor(session, one).groups for one in newcomers] == [True, False, False]
    root.deactivated_at = row.created_at
    session.flush()
    assert not gating.use_invitation(session, row.id, newcomers[2])


def test_whoever_signs_up_on_the_way_somewhere_arrives_there(app, client, clock):
    assert "elsewhere" not in client.get("/sign-up?next=https://elsewhere.example/").text
    assert join(client, clock, "ada", "/sign-up?next=/tags", next="/tags").status_code == 303
    assert "next=/tags" in confirm(app, client).headers["Location"].replace("%2F", "/")


def test_an_administrator_sets_the_gate(app, client):
    come_in(app, client, "root", cast.administrator)
    bad = client.submit("/admin/joining", {"allowed_domains": "nonsense"}, form="gate")
    assert bad.status_code == 422
    good = {"mode": "approval", "allowed_domains": "@Reeds.example", "question": "Which reed?", "answers": "cane"}
    assert client.submit("/admin/joining", good, form="gate").status_code == 303
    client._cookies.clear()
    page = client.get("/sign-up").text
    assert "Which reed?" in page
    assert "cane" not in page
    assert "What brings you here" in page
