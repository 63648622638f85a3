"""What is by or about the host is known as that, wherever in it that stands and whenever it came in, and stays so."""

from __future__ import annotations

import pytest

from forum.core.markup import RENDERER_VERSION, Rendered
from forum.moderation import actions as moderation
from forum.moderation import subjects
from forum.moderation.drafts import DecisionDraft
from forum.moderation.subjects import ACCOUNT, Subject
from forum.organization.called import names_of
from forum.organization.models import Affiliation
from forum.organization.voices import Voice
from forum.polls import actions as polls
from forum.polls.ballots import Ballot
from forum.posts import actions
from forum.posts import queries as reads
from forum.posts.actions.concerning import held_concerns_host, names_host
from forum.posts.actions.splitting import NewTopic
from forum.posts.drafts import EditDraft, Written
from forum.posts.models import Post, Topic
from forum.posts.powers import PeerNeeded
from forum.posts.written import written_by
from tests import cast
from tests.holds.people import linked, start, watch
from tests.moderation.people import Place, settle
from tests.polls.people import ready


@pytest.fixture
def place(session, uncounted, clock) -> Place:
    found = settle(session)
    cast.host(session).name = "Acme Works GmbH"
    cast.host(session).also_known_as = ["Pegasus"]
    found.hana.display_name = "Hana Reed"
    session.flush()
    return found


def opening(place: Place, topic: Topic) -> Post:
    return place.session.query(Post).filter_by(topic_id=topic.id, number=1).one()


def post(place: Place, who, one: Post) -> Post:
    return reads.post_for_update(place.session, place.actor(who), one.id)


def test_names_without_legal_form_and_article_are_known_and_no_word_of_every_day_is_left_over():
    assert names_of("Reed House, Inc.") == ["Reed House, Inc.", "Reed House"]
    assert names_of("The Reed House GmbH & Co. KG", ["Reeds"])[1:] == ["The Reed House", "Reed House", "Reeds"]
    assert names_of("The Forum") == ["The Forum"]


MEANT = (
    "Why Acme Works GmbH never listens", "ÁCME works: no reply again", "Acme Works’ and Acme Works™ again",
    "Аcme Works, with a letter that looks alike",
    "`Pegasus` broke, and pegasus's price went up", "Ask hana reed about it", "Ask @hana about it",
)  # fmt: skip
NOT_MEANT = ("Acme workshops are all over the place", "Pegasuses and Hana", "Reed works")


def test_the_host_is_meant_by_every_name_that_it_and_its_people_have_and_by_whole_words_alone(place):
    assert [words for words in MEANT if not names_host(place.session, words)] == []
    assert [words for words in NOT_MEANT if names_host(place.session, words)] == []


def test_people_who_left_are_not_the_host_any_more(place):
    place.session.query(Affiliation).filter_by(account_id=place.hana.id).delete()
    assert not names_host(place.session, "Ask Hana Reed about it")


def test_a_title_that_names_the_host_makes_all_that_answers_there_about_it(place):
    topic = cast.topic(place.session, place.board, place.ann, "Pegasus is too dear")
    answer = cast.reply(place.session, topic, place.ben, "I agree.")
    assert (topic.about_host, opening(place, topic).concerns_host, answer.concerns_host) == (True, True, True)
    with pytest.raises(PeerNeeded):
        actions.lock(place.session, place.actor(place.hana), topic)
    assert place.decide(place.hana, post=answer).state == "proposed"


def test_another_title_later_makes_it_so_and_the_first_one_again_does_not_take_it_back(place):
    before = place.topic.title
    for title in ("Why does Pegasus slip?", before):
        draft = EditDraft(cast.words("How?"), opening(place, place.topic).revision_count, title=title)
        with cast.unhurried():
            actions.edit_post(
                place.session, place.actor(place.ann), post(place, place.ann, opening(place, place.topic)), draft
            )
        place.session.refresh(place.post)
        assert (place.topic.about_host, place.post.concerns_host) == (True, True)


def test_an_edit_makes_a_reply_about_the_host(place):
    draft = EditDraft(cast.words("Pegasus slips."), 0)
    with cast.unhurried():
        actions.edit_post(place.session, place.actor(place.ada), post(place, place.ada, place.post), draft)
    assert (place.post.concerns_host, place.topic.concerns_host) == (True, False)


def test_whoever_answers_below_an_official_topic_answers_the_host_and_below_somebodys_own_does_not(place):
    own = cast.topic(place.session, place.board, place.hana, "Which pegs do you like?")
    spoken = Voice(intent="announce", capacity="official", role="announcer")
    official = cast.topic(place.session, place.board, place.hana, "What comes next", voice=spoken)
    first = cast.reply(place.session, official, place.ann, "Good.")
    below = cast.reply(place.session, official, place.ben, "Bad.", reply_to_number=first.number)
    beside = cast.reply(place.session, own, place.ann, "The round ones.")
    assert (own.concerns_host, own.about_host, beside.concerns_host) == (True, False, False)
    assert (official.about_host, first.concerns_host, below.concerns_host) == (True, True, True)
    said = opening(place, official).id
    linking = Written(
        "this", Rendered(f'<p><a href="/p/{said}">this</a></p>', "this", 1, RENDERER_VERSION, bounded=False)
    )
    with cast.unhurried():
        topic = start(place.session, place.board, place.ben, linking).topic
    assert topic.about_host


def test_what_a_form_asks_and_a_poll_count_as_words_of_the_topic(place):
    session, questions = place.session, cast.board(place.session, "asked", kind="question")
    asked = cast.topic(session, questions, place.ann, "Why is it so?", fields={"tried": "I wrote to Acme Works."})
    plain = {"poll": Ballot("Which one?", ("Round", "Square")).kept()}
    named = {"poll": Ballot("Go?", ("Pegasus", "No")).kept()}
    polled = cast.topic(session, place.board, place.ann, "Vote here", along=named)
    other = cast.topic(session, place.board, place.ben, "Vote on pegs", along=plain)
    assert (asked.about_host, polled.about_host, other.about_host) == (True, True, False)
    ben = place.actor(place.ben)
    row, poll = ready(session, ben, opening(place, other).id)
    polls.edit_poll(session, ben, row, poll, Ballot("Which one?", ("Round", "Acme Works")), 0)
    assert other.about_host


def test_what_waits_is_about_the_host_by_its_title_its_poll_and_where_it_answers(place):
    newt = cast.newcomer(place.session, "newt")
    poll = {"poll": Ballot("Go?", ("Pegasus", "No")).kept()}
    rows = [
        start(place.session, place.board, newt, linked(), "Pegasus sells badly"),
        start(place.session, place.board, newt, linked(), "Vote here", along=poll),
        start(place.session, place.board, newt, linked(), "Round pegs"),
    ]
    assert [(row.concerns_host, held_concerns_host(place.session, row)) for row in rows] == [
        (True, True), (True, True), (False, False),
    ]  # fmt: skip


def test_merging_and_splitting_keep_what_it_is_about(place):
    session, mo = place.session, place.actor(place.mo)
    about = cast.topic(session, place.board, place.ann, "Pegasus is too dear")
    answers = [cast.reply(session, about, who, "I agree.") for who in (place.ben, place.ada)]
    actions.split_topic(
        session, mo, reads.topic_for_update(session, mo, about.id), [answers[0].id], NewTopic("Prices", place.board)
    )
    split = session.get_one(Post, answers[0].id, populate_existing=True)
    part = session.get_one(Topic, split.topic_id)
    assert (part.about_host, split.concerns_host) == (True, True)
    lower, higher = (reads.topic_for_update(session, mo, id_) for id_ in sorted((place.topic.id, about.id)))
    actions.merge_topic(session, mo, higher, lower)
    session.expire_all()
    assert (place.topic.about_host, place.post.concerns_host) == (True, True)


@pytest.mark.parametrize("action", ("censor", "replace"))
def test_words_that_are_blackened_or_replaced_count_as_they_were_written(place, action):
    watch(place.session, "pegasus", action, instead="something")
    ben = place.actor(place.ben)
    body = written_by(place.session, ben, "Pegasus is too dear.", "", board_id=place.board.id)
    assert "Pegasus" not in body.rendered.plain
    with cast.unhurried():
        topic = start(place.session, place.board, place.ben, body).topic
        titled = start(place.session, place.board, place.ben, title="Pegasus is dear").topic
    assert "Pegasus" not in titled.title
    assert (topic.about_host, titled.about_host) == (True, True)


def test_a_profile_that_names_the_host_is_not_judged_by_its_people_alone(place):
    def load() -> Subject:
        return subjects.load(place.session, ACCOUNT, place.cy.id)

    assert not load().concerns_host
    place.cy.about_source = "I used to like Pegasus."
    moderation.flag(place.session, place.actor(place.ann), load(), "unkind", "See.")
    assert place.case().concerns_host
    assert moderation.flag(place.session, place.actor(place.hana), load(), "unkind", "See.").weight == 0
    cleared = DecisionDraft("clear", ACCOUNT, place.cy.id, rule="unkind", facts="It calls somebody a fool.")
    assert moderation.decide(place.session, place.actor(place.hana), cleared).state == "proposed"
