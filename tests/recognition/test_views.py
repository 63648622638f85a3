"""Thanking and recognizing in the browser, without JavaScript."""

from __future__ import annotations

import pytest

from forum.core.clock import now
from forum.organization import actions as organization
from forum.organization.voices import Voice
from forum.permissions import HOUSE, Role
from forum.posts import actions as verbs
from forum.posts import queries as posts
from forum.posts.models import Post
from forum.recognition.models import Award, Recognition, ThankYou
from tests import cast
from tests.machines.databases import reading, writing
from tests.posts.people import read
from tests.recognition.people import WORDS, Workshop


@pytest.fixture
def post(app):
    """The id of a reply of pia's."""
    with writing(app) as session:
        shop = Workshop(session)
        post = shop.writes(shop.pia)
        for person in (shop.ben, cast.member(session, "cleo")):
            shop.thanks(person, post)
        return post.id


def sign_in(app, client, name):
    with writing(app) as session:
        cast.sign_in(client, session, session.query(cast.Account).filter_by(name=name).one())


def given(app):
    with reading(app) as session:
        return session.query(Recognition).one().id


def recognize(app, client, post, words=WORDS):
    sign_in(app, client, "rae")
    return client.submit(f"/p/{post}/recognize", {"words": words}, form="recognize")


def test_a_recognizer_chooses_sees_the_mix_and_says_it(app, client, post):
    sign_in(app, client, "rae")
    page = read(client, "/organization/recognize")
    assert "2 members say thanks · their first reply to somebody here" in page
    assert "Nobody was recognized in the last 28 days." in page
    assert f"/p/{post}/recognize" in read(client, "/organization/recognize")
    refused = client.submit(f"/p/{post}/recognize", {"words": "Good."}, form="recognize")
    assert (refused.status_code, "at least 20 characters" in refused.text) == (422, True)
    assert client.submit(f"/p/{post}/recognize", {"words": WORDS}, form="recognize").status_code == 303
    page = read(client, "/organization/recognize")
    assert "not answered yet" in page
    assert "1 recognition in 28 days" in page
    page = client.get(f"/p/{post}/recognize").text
    assert "within the last 28 days" in page
    assert "<textarea" not in page  # nobody writes in vain


def test_its_member_is_asked_once_and_decides_what_others_see(app, client, post):
    recognize(app, client, post)
    for address in ("/organization/recognitions", "/u/pia"):
        assert WORDS not in client.get(address).text
    sign_in(app, client, "pia")
    assert "May we show this on your profile" in read(client, "/settings/thanks")
    row = given(app)
    token = client.held("/settings/thanks", "csrf_token")["csrf_token"]
    client.post(f"/settings/thanks/{row}", data={"csrf_token": token, "public": "yes"})
    assert "May we show this" not in read(client, "/settings/thanks")
    for address in ("/organization/recognitions", "/u/pia"):
        assert WORDS in client.get(address).text
    client.post("/settings/thanks/hide", data={"csrf_token": token})
    assert "Private." in read(client, "/settings/thanks")
    assert WORDS not in client.get("/u/pia").text


def test_nobody_answers_for_another_and_guests_have_no_such_page(app, client, post):
    assert client.get("/settings/thanks").status_code == 303
    recognize(app, client, post)
    token = client.held(f"/p/{post}/thank", "note")["csrf_token"]
    assert client.post(f"/settings/thanks/{given(app)}", data={"csrf_token": token, "public": "yes"}).status_code == 404
    assert WORDS not in client.get("/u/pia").text


def test_the_remark_is_a_line_in_its_place_and_comes_while_one_types(app, client, post):
    sign_in(app, client, "rae")
    page = client.get(f"/p/{post}/recognize").text
    assert 'id="mix" role="status" data-level="0"' in page
    line = client.get(f"/p/{post}/recognize/advice?words=Hello", headers={"HX-Request": "true"}).text
    assert ("Nobody was recognized" in line, "<html" in line, 'id="mix"' in line) == (True, False, False)


def test_the_organization_thanks_below_a_post_and_in_private(app, client, post):
    sign_in(app, client, "hal")
    assert "Thank with a note" in read(client, f"/p/{post}")
    assert client.submit(f"/p/{post}/thank", {"note": ""}, form="thank").status_code == 422
    assert client.submit(f"/p/{post}/thank", {"note": "That saved our Tuesday."}, form="thank").status_code == 303
    for name in ("hal", "ben"):
        sign_in(app, client, name)
        for address in (f"/p/{post}", "/u/pia", "/settings/thanks"):
            assert "saved our Tuesday" not in client.get(address, follow_redirects=True).text
    sign_in(app, client, "pia")
    assert "saved our Tuesday" in read(client, "/settings/thanks")
    with reading(app) as session:
        assert session.query(ThankYou).count() == 3


def test_at_the_days_limit_the_note_comes_back_with_the_sentence(app, client, post):
    with writing(app) as session:
        hal, pia = (session.query(cast.Account).filter_by(name=name).one() for name in ("hal", "pia"))
        topic = cast.topic(session, cast.board(session), hal)
        for _ in range(10):
            reply = cast.reply(session, topic, pia)
            actor = cast.actor(session, hal)
            verbs.react(session, actor, posts.post(session, actor, reply.id), "thanks")
    sign_in(app, client, "hal")
    sentence = "You have thanked 10 times within a day."
    assert sentence in read(client, f"/p/{post}/thank")
    answer = client.submit(f"/p/{post}/thank", {"note": "That saved our Tuesday."}, form="thank")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "That saved our Tuesday." in answer.text


def test_a_host_who_is_no_recognizer_is_told_the_truth(app, client, post):
    recognize(app, client, post)
    with writing(app) as session:
        cast.staff(session, "hel", roles=[Role.HOST])
    sign_in(app, client, "hel")
    assert "Recognize somebody" not in read(client, "/organization/recognitions")
    page = read(client, "/organization/recognize")
    assert "you see here what was given, as a Host" in page
    assert WORDS in page
    assert "Nothing is suggested" not in page
    sign_in(app, client, "rae")
    assert "Recognize somebody" in read(client, "/organization/recognitions")


def test_members_are_shown_no_button_that_is_not_theirs(app, client, post):
    sign_in(app, client, "ben")
    page = read(client, f"/p/{post}")
    assert "Thank with a note" not in page
    assert "Recognize …" not in page
    for address in (f"/p/{post}/thank", f"/p/{post}/recognize", "/organization/recognize", "/organization/awards"):
        assert client.get(address).status_code == 403


def test_a_host_keeps_the_awards_and_takes_a_recognition_back_with_a_reason(app, client, post):
    sign_in(app, client, "hal")
    typed = {"name": "Patient ear", "sentence": "For listening to the end."}
    assert client.submit("/organization/awards", typed).status_code == 303
    with reading(app) as session:
        award = session.query(Award).one().id
    sign_in(app, client, "rae")
    typed = {"words": WORDS, "award": str(award)}
    assert client.submit(f"/p/{post}/recognize", typed, form="recognize").status_code == 303
    sign_in(app, client, "hal")
    back = f"/recognitions/{given(app)}/take-back"
    assert client.submit(back, {"reason": "Hm."}, form="take-back").status_code == 422
    assert client.submit(back, {"reason": "It was somebody else’s work."}, form="take-back").status_code == 303
    token = client.held("/organization/awards", "name")["csrf_token"]
    assert client.post(f"/organization/awards/{award}/retire", data={"csrf_token": token}).status_code == 303
    assert "None yet." in read(client, "/organization/awards")
    sign_in(app, client, "pia")
    assert "Patient ear" not in read(client, "/settings/thanks")


def test_perks_are_a_label_on_the_profile_and_on_what_is_written_since(app, client, post):
    with writing(app) as session:
        pia = session.query(cast.Account).filter_by(name="pia").one()
        keeper = cast.actor(session, cast.administrator(session, "keeper"))
        organization.give_perks(session, keeper, pia, "Free strings.", now().date())
    label = "receives perks from Acme"
    assert label in read(client, f"/p/{post}")
    profile = read(client, "/u/pia")
    assert label in profile
    assert "Free strings." in profile
    sign_in(app, client, "keeper")
    with reading(app) as session:
        person = session.query(cast.Account).filter_by(name="pia").one().id
    typed = {"words": "Free strings and felts", "since": "2020-02-30"}
    assert client.submit(f"/admin/people/{person}", typed, form="perks").status_code == 422
    assert client.submit(f"/admin/people/{person}", typed | {"since": "2020-02-28"}, form="perks").status_code == 303
    page = read(client, f"/admin/people/{person}")
    assert "pia has perks from the organization: Free strings and felts" in page
    with writing(app) as session:
        organization.end_perks(session, HOUSE, session.get_one(cast.Account, person))
    assert label not in read(client, "/u/pia")


def test_a_second_thank_you_aloud_is_refused_and_the_note_offered(app, client, post):
    with writing(app) as session:
        shop = session.query(cast.Account).filter_by(name="hal").one()
        topic = session.get_one(Post, post).topic_id
        found = posts.topic_for_update(session, cast.actor(session, shop), topic)
        cast.reply(session, found, shop, "Thank you all.", voice=Voice("thank", "official", "recognizer"))
    sign_in(app, client, "rae")
    said = client.get(f"/t/{topic}/guard?intent=thank", headers={"HX-Request": "true"}).text
    assert "We have thanked aloud here already." in said
    assert f'href="/t/{topic}/thank">' in said
    assert f"/p/{post}/thank" in client.get(f"/t/{topic}/thank").text
    aloud = {"body": "Thanks from me, too.", "intent": "thank", "speaks": "recognizer", "door": "now"}
    client.submit(f"/t/{topic}", aloud, form="reply")
    with reading(app) as session:
        assert session.query(Post).filter_by(topic_id=topic, intent="thank").count() == 1
    assert client.submit(f"/p/{post}/thank", {"note": "Thanks from me, too."}, form="thank").status_code == 303
    sign_in(app, client, "ben")
    assert client.get(f"/t/{topic}/thank").status_code == 404
