"""The pages of the charter and the decision log: what everybody reads, how it is changed without losing a word."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from forum.core import clock as forum_clock
from forum.organization import actions
from forum.organization.charter import Commitment, Kind, Staffed
from forum.organization.charter_json import from_json
from forum.organization.drafts import CharterDraft
from forum.organization.forms.charter import filled
from forum.organization.models import Affiliation, CharterVersion, Decision, RoleGrant
from forum.organization.stages import Stage
from forum.permissions import Role
from tests import cast
from tests.machines.databases import reading, writing
from tests.organization.charters import GOOD
from tests.organization.test_chartering import DECISION
from tests.posts.people import enter, read

EDIT = "/organization/charter/edit"


def the(session, name):
    return session.query(cast.Account).filter_by(name=name).one()


@pytest.fixture
def place(app, clock):
    with writing(app) as session:
        cast.host(session)
        sue, hal, lee = (cast.staff(session, name, roles=[role]) for name, role in PEOPLE)
        peer = cast.moderator(session, "momo")
        cast.administrator(session, "ada")
        cast.board(session, "practice")
        cast.board(session, "secret", rights=cast.STAFF_ONLY)
        session.query(Affiliation).filter_by(account_id=sue.id).one().listed_at = forum_clock.now()
        return replace(
            GOOD,
            roles={
                Role.RESPONDER: Staffed(sue.id, lee.id, 6),
                Role.LISTENER: Staffed(lee.id, sue.id, 2),
                Role.HOST: Staffed(hal.id, peer.id, 3),
            },
        )


PEOPLE = (("sue", Role.RESPONDER), ("hal", Role.HOST), ("lee", Role.LISTENER))


def ada(session):
    return cast.actor(session, the(session, "ada"))


def save(app, charter, base=0, decision=None):
    with writing(app) as session:
        draft = CharterDraft(charter, base, "As said.", decision)
        return actions.save_charter(session, ada(session), cast.host(session), draft).number


def decide(app):
    with writing(app) as session:
        return actions.enter_decision(session, ada(session), cast.host(session), DECISION).number


def sign_in(app, client, name):
    with writing(app) as session:
        cast.sign_in(client, session, the(session, name))


def kept(app):
    with reading(app) as session:
        return [from_json(row.data) for row in session.query(CharterVersion).order_by(CharterVersion.number)]


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_before_there_is_a_charter_the_page_says_what_holds_anyhow(app, client, place):
    page = read(client, "/organization/charter")
    assert "No charter is written yet" in page
    assert "Whoever begins a topic gets a reply from a human being." in page
    assert client.get("/organization/charter.json").json["charter"] is None
    assert client.get("/organization/charter/1").status_code == 404


def test_everybody_reads_the_charter_and_names_only_who_wishes_it(app, client, place):
    save(app, place)
    page = read(client, "/organization/charter")
    for said in (
        "within 24 service hours, in at least 90 of 100 cases",
        "We sell nothing here.",
        "Do we listen, learn and respond?",
        "Monday to Friday",
        "09:00–17:00",
        ">sue</a>",
        "one of our people",
        "a moderator from among the members",
        "Version 1",
    ):
        assert said in page, said
    for name in ("hal", "lee", "momo"):
        assert f">{name}</a>" not in page
    assert EDIT not in page
    told = client.get("/organization/charter.json").json
    assert told["charter"]["roles"]["responder"] == {"primary": "sue", "backup": None, "hours": 6}
    assert told["charter"]["roles"]["host"] == {"primary": None, "backup": None, "hours": 3}
    assert told["limits_in_force"]["maturity"]["voice"] == 15


def test_what_is_looser_is_announced_on_the_page_until_it_holds(app, client, place, clock):
    save(app, place)
    clock.shift(timedelta(days=20))
    loose = replace(place, limits={Stage.MATURITY: {"announcements": 4}}, commitments={Kind.NO_SILENCE: Commitment(48)})
    save(app, loose, 1, decide(app))
    page = read(client, "/organization/charter")
    assert "from 29 March 2026: 4" in page
    assert "From 29 March 2026: within 48 service hours" in page
    assert "From 29 March 2026 not promised any more." in page
    clock.shift(timedelta(days=7))
    page = read(client, "/organization/charter")
    assert "29 March 2026: 4" not in page
    assert "within 48 service hours" in page


def test_past_its_review_the_page_says_so(app, client, place, clock):
    save(app, place)
    clock.shift(timedelta(days=300))
    assert "should have been looked at again by 1 December 2026" in read(client, "/organization/charter")
    assert client.get("/organization/charter.json").json["is_overdue"] is True


def test_a_promise_of_a_role_with_nobody_in_it_is_suspended(app, client, place, clock):
    save(app, place)
    clock.shift(timedelta(days=3))
    with writing(app) as session:
        grant = session.query(RoleGrant).filter_by(role="responder").one()
        grant.until = forum_clock.now()
    page = read(client, "/organization/charter")
    assert "Suspended since 5 March 2026: nobody is in the role Responder at present." in page
    assert "nobody is in the role Listener" not in page


def test_a_version_says_what_it_changed_and_can_be_laid_beside_any_other(app, client, place, clock):
    save(app, place)
    with reading(app) as session:
        practice, secret = (
            session.query(cast.Board.id).filter_by(slug=slug).scalar() for slug in ("practice", "secret")
        )
    own = {practice: {Stage.MATURITY: {"voice": 10}}, secret: {Stage.MATURITY: {"voice": 5}}}
    save(app, replace(place, boards=own), 1)
    save(app, replace(place, boards=own, will_not=()), 2)
    page = read(client, "/organization/charter/2")
    assert "Our share of the posts (Practice, Mature): 10 % instead of 15 %." in page
    assert "Our share of the posts (another board, Mature): 5 % instead of 15 %." in page
    assert "1 board that you cannot see" in page
    assert "Secret" not in page
    assert "Secret" not in json.dumps(client.get("/organization/charter.json").json)
    assert "say it no more" not in page
    assert "say it no more" in read(client, "/organization/charter/3?against=1")
    assert "having no charter" in read(client, "/organization/charter/1")
    for nowhere in ("9", "3?against=9", "3?against=-1"):
        assert client.get(f"/organization/charter/{nowhere}").status_code == 404


# ── changing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_else_comes_to_the_editor_and_to_the_entry_form(app, client, place):
    assert client.get(EDIT).status_code == 303  # to the door
    for name in ("sue", "momo"):
        sign_in(app, client, name)
        for address in (EDIT, "/organization/decisions/new"):
            assert client.get(address).status_code == 403
        assert "Enter a decision" not in read(client, "/organization/decisions")


def test_a_host_writes_the_first_charter_sees_what_changes_and_saves_it(app, client, place):
    sign_in(app, client, "hal")
    answer = client.submit(EDIT, sent(place), form="charter/edit")
    assert answer.status_code == 200
    assert "Save it so" in answer.text
    assert kept(app) == []
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', answer.text)[1]
    answer = client.submit(EDIT, sent(place) | {"seen": seen}, form="charter/edit")
    assert answer.status_code == 303
    assert kept(app) == [place]
    assert "Change the charter" in read(client, "/organization/charter")
    page = read(client, EDIT)
    assert "We sell nothing here." in page


def test_what_was_changed_after_the_preview_is_shown_again_first(app, client, place):
    sign_in(app, client, "hal")
    answer = client.submit(EDIT, sent(place), form="charter/edit")
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', answer.text)[1]
    answer = client.submit(EDIT, sent(place) | {"seen": seen, "maturity_voice": "14"}, form="charter/edit")
    assert answer.status_code == 200
    assert "14 % instead of 15 %" in answer.text
    assert kept(app) == []


def test_mistakes_are_said_beside_their_fields_and_nothing_typed_is_lost(app, client, place):
    sign_in(app, client, "hal")
    wrong = sent(place) | {"no_silence_hours": "4", "learn_sentence": "", "note": "My reason"}
    answer = client.submit(EDIT, wrong, form="charter/edit")
    assert answer.status_code == 422
    assert re.search(r'id="no_silence_hours-error">At least \d+ hours by this clock', answer.text)
    assert 'id="learn_sentence-error"' in answer.text
    assert 'value="My reason"' in answer.text
    unreadable = {"maturity_voice": "a sixth", "day0_from": "nine", "day1_to": "", "holidays": "Christmas", "zone": ""}
    answer = client.submit(EDIT, sent(place) | unreadable, form="charter/edit")
    assert answer.status_code == 422
    assert 'value="a sixth"' in answer.text
    assert "Write a whole number." in answer.text
    assert "Write a time as in 09:00." in answer.text
    assert "leave both empty" in answer.text
    assert "Choose a time zone." in answer.text
    assert kept(app) == []


def test_what_cannot_be_read_and_what_the_rules_refuse_is_said_in_one_round(app, client, place):
    sign_in(app, client, "hal")
    typed = {"maturity_voice": "a sixth", "responder_hours": "−3", "no_silence_hours": "1" * 20, "learn_sentence": ""}
    answer = client.submit(EDIT, sent(place) | typed, form="charter/edit")
    assert answer.status_code == 422
    for field, sentence in (
        ("maturity_voice", "Write a whole number."),
        ("responder_hours", "from 1 to 168"),
        ("no_silence_hours", "From 1 to 8,760 hours."),
        ("learn_sentence", "Say in a sentence"),
    ):
        assert re.search(f'id="{field}-error">[^<]*{sentence}', answer.text), field
    answer = client.submit(EDIT, sent(place) | {"maturity_voice": "-3", "maturity_pins": "9" * 20}, form="charter/edit")
    assert re.search(r'id="maturity_voice-error">[^<]*From 1 to 90', answer.text)
    assert re.search(r'id="maturity_pins-error">[^<]*From 0 to', answer.text)


def test_what_is_looser_is_shown_with_its_day_and_asks_for_a_decision(app, client, place):
    save(app, place)
    sign_in(app, client, "hal")
    answer = client.submit(EDIT, sent(place) | {"base": "1", "maturity_announcements": "5"}, form="charter/edit")
    assert answer.status_code == 422
    assert "Looser, from 9 March 2026" in answer.text
    assert "name the decision behind it" in answer.text
    number = decide(app)
    changed = sent(place) | {"base": "1", "maturity_announcements": "5", "decision": str(number)}
    answer = client.submit(EDIT, changed, form="charter/edit")
    assert answer.status_code == 200
    assert "Save it so" in answer.text
    assert "In spring there is more to announce than usual." in answer.text  # what the decision says
    assert "already" not in re.search(r'id="preview".*?</section>', answer.text, re.DOTALL)[0]
    save(app, replace(place, limits={Stage.MATURITY: {"announcements": 4}}), 1, number)
    assert "In spring there is more" in read(client, "/organization/charter/2")
    answer = client.submit(EDIT, changed | {"base": "2"}, form="charter/edit")
    assert "behind something looser in version 2 already" in answer.text


def test_decisions_of_the_last_400_days_are_offered_the_latest_first(app, client, place, clock):
    sign_in(app, client, "hal")
    first, second = decide(app), decide(app)
    offered = r'<option value="(\d+)">\d+ · More room'
    assert re.findall(offered, read(client, EDIT)) == [str(second), str(first)]
    clock.shift(timedelta(days=400))
    sign_in(app, client, "hal")
    assert re.findall(offered, read(client, EDIT)) == []


def test_an_administrator_sees_on_the_boards_page_until_when_members_still_answer_first(app, client, place):
    sign_in(app, client, "ada")
    with reading(app) as session:
        board = session.query(cast.Board).filter_by(slug="practice").one()
    page = f"/admin/boards/{board.id}"
    off = {key: value for key, value in client.held(page, "name").items() if key != "peer_first"}
    off["place"] = f"s{board.section_id}"
    answer = client.post(page, data=off)
    assert answer.status_code == 422
    assert "name the decision behind it" in answer.text
    number = decide(app)
    assert client.post(page, data=off | {"decision": "77"}).status_code == 422  # there is none
    assert client.post(page, data=off | {"decision": str(number)}).status_code == 303
    assert "What is looser counts from 9 March 2026" in read(client, page)
    assert "Members still answer first here until 9 March 2026" in read(client, page)
    public = read(client, "/organization/charter")
    assert "members answer first until 9 March 2026" in public
    assert f"/organization/decisions/{number}" in public


def test_whoever_saves_second_sees_what_the_first_changed_and_keeps_what_they_typed(app, client, place):
    save(app, place)
    sign_in(app, client, "hal")
    save(app, replace(place, will_not=("We track nobody.",)), 1)
    answer = client.submit(EDIT, sent(place) | {"base": "1", "learn_sentence": "Every week."}, form="charter/edit")
    assert answer.status_code == 409
    assert "We will not, new: We track nobody." in answer.text
    assert 'value="Every week."' in answer.text
    assert re.search(r'name="base"[^>]*value="2"', answer.text)
    assert len(kept(app)) == 2


def test_a_board_gets_limits_of_its_own_and_follows_the_others_again(app, client, place):
    sign_in(app, client, "hal")
    with reading(app) as session:
        practice = session.query(cast.Board.id).filter_by(slug="practice").scalar()
    answer = client.submit(EDIT, sent(place) | {"do": "add", "add_board": str(practice)}, form="charter/edit")
    assert answer.status_code == 200
    assert f'name="board{practice}_maturity_voice"' in answer.text
    own = sent(place) | {"own": str(practice), f"board{practice}_maturity_voice": "9"}
    with_own = post(client, own)
    assert "(Practice, Mature): 9 % instead of 15 %" in with_own.text
    answer = post(client, own | {"do": f"drop-{practice}"})
    assert f'name="board{practice}_maturity_voice"' not in answer.text
    assert f'name="own" value="{practice}"' not in answer.text


def test_a_host_of_some_boards_changes_their_limits_and_is_shown_nothing_else_to_change(app, client, place):
    with writing(app) as session:
        practice, lounge = session.query(cast.Board).filter_by(slug="practice").one(), cast.board(session, "lounge")
        own = {lounge.id: {Stage.MATURITY: {"voice": 9}}}
        number = actions.enter_decision(session, ada(session), cast.host(session), DECISION).number
        draft = CharterDraft(replace(place, boards=own), 0, "So we begin.", None)
        actions.save_charter(session, ada(session), cast.host(session), draft)
        lil = cast.staff(session, "lil", roles=[Role.HOST])
        session.query(RoleGrant).filter_by(account_id=lil.id).one().board_ids = [practice.id]
        practice, lounge = practice.id, lounge.id
    sign_in(app, client, "lil")
    page = read(client, EDIT)
    assert "Other boards with limits of their own" in page
    for not_theirs in (
        f"drop-{lounge}",
        'name="will_not"',
        "decisions/new",
        'name="review_by"',
        'name="maturity_voice"',
    ):
        assert not_theirs not in page
    typed = {
        "base": "1", "own": [str(practice), str(lounge)], f"board{practice}_maturity_voice": "20",
        f"board{lounge}_maturity_voice": "60", "will_not": "", "decision": "0", "note": "We talk more.",
    }  # fmt: skip
    asked = client.submit(EDIT, typed, form="charter/edit")
    assert (asked.status_code, "name the decision behind it" in asked.text) == (422, True)
    shown = client.submit(EDIT, typed | {"decision": str(number)}, form="charter/edit")
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', shown.text)[1]
    saved = client.submit(EDIT, typed | {"decision": str(number), "seen": seen}, form="charter/edit")
    assert saved.status_code == 303
    assert kept(app)[-1] == replace(place, boards={**own, practice: {Stage.MATURITY: {"voice": 20}}})
    assert "(behind version 2)" in read(client, EDIT)


# ── decisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_host_enters_a_decision_and_everybody_reads_it(app, client, place):
    assert "Nothing was entered yet." in read(client, "/organization/decisions")
    sign_in(app, client, "hal")
    said = {
        "title": "Why",
        "text": "We *need* room for the spring meeting.",
        "decided_on": "2026-03-01",
        "made_by": "host",
        "about": "limits",
    }
    answer = client.submit("/organization/decisions/new", said, form="decisions/new")
    assert answer.status_code == 422
    assert "From 5 to 120 characters." in answer.text
    assert "We *need* room" in answer.text
    answer = client.submit("/organization/decisions/new", said | {"title": "More room"}, form="decisions/new")
    assert answer.headers["Location"].endswith("/organization/decisions/1")
    enter(app, client, "pia")
    page = read(client, "/organization/decisions")
    assert 'id="decision-1"' in page
    assert "<em>need</em>" in page
    page = read(client, "/organization/decisions/1")
    assert "1 March 2026" in page
    assert "hal" not in re.sub(r"<[^>]+>", "", page).split()
    assert client.get("/organization/decisions/2").status_code == 404
    with reading(app) as session:
        assert session.query(Decision).one().decided_on == date(2026, 3, 1)


def test_the_log_of_the_administration_tells_of_both(app, client, place):
    save(app, place, decision=decide(app))
    sign_in(app, client, "ada")
    log = read(client, "/admin/log")
    assert "Version 1 of the charter was saved: As said." in log
    assert "Decision 1 was entered: More room to announce" in log
    assert "version 1 of the charter" in read(client, "/organization/decisions/1")


def post(client, fields):
    return client.submit(EDIT, fields, form="charter/edit")


def sent(charter):
    """The fields of the editor for this charter, as a browser sends them."""
    data = filled(charter, 0)
    return {key: "y" if value is True else str(value) for key, value in data.items() if value is not False} | {
        "note": "As said."
    }
