"""Another wording that a member suggests: decided by those whose it is to decide, and taken back without a trace."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from forum.accounts.models import Account
from forum.core import clock as time
from forum.core.errors import Conflict, Invalid, InvalidFields, NotFound, Refused, TooSoon
from forum.notifications.models import Notice
from forum.organization.voices import Voice
from forum.permissions import Act, allows
from forum.posts import actions as posts
from forum.posts import queries as post_queries
from forum.posts.check import drifts
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Revision, Topic
from forum.posts.text_models import PostText
from forum.standing.queries import facts_of
from forum.suggestions import actions, queries
from forum.suggestions.drafts import SuggestionDraft
from forum.suggestions.models import Suggestion
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing

TEXT = "Cut the reed.\n\nSoak it for an hour.\n\nPlay."
WHY = "An hour ruins it."


class Place:
    """A board, a topic with an answer of Anna's, and those who have something to say about it."""

    def __init__(self, session, kind="question"):
        self.session = session
        self.board = cast.board(session, "talk", kind=kind)
        self.anna, self.sam = cast.member(session, "anna"), cast.member(session, "sam")
        self.momo = cast.moderator(session, "momo")
        fields = {"fields": {"tried": "Nothing yet."}} if kind == "question" else {}
        self.topic = cast.topic(session, self.board, cast.member(session, "otto"), title="How to soak", **fields)
        self.post = cast.reply(session, self.topic, self.anna, TEXT)
        self.text, self.better = self.post.source, better(self.post)

    def suggest(self, text=None, by=None, post=None, **given):
        post = post or self.post
        return suggest(self.session, by or self.sam, post, better(post) if text is None else text, **given)

    def found(self, row, by):
        return queries.suggestion(self.session, cast.actor(self.session, by), row.id, lock=True)

    def accept(self, row, by):
        found = self.found(row, by)
        actor = cast.actor(self.session, by)
        fitted = queries.view(self.session, actor, found).fitted
        actions.accept(self.session, actor, found, found.version, cast.words(fitted.source if fitted else ""))

    def decline(self, row, by, answer=""):
        found = self.found(row, by)
        actions.decline(self.session, cast.actor(self.session, by), found, found.version, answer)

    def reopen(self, row, by):
        found = self.found(row, by)
        former = found.before.get("source")
        body = cast.words(former) if former else None
        actions.reopen(self.session, cast.actor(self.session, by), found, found.version, body)

    def record(self, person):
        edits = facts_of(self.session, [person.id], time.now(), timedelta(days=1))[person.id].editing
        return edits.good, edits.bad

    def told(self, kind):
        names = select(Account.name).join(Notice, Notice.recipient_id == Account.id).where(Notice.kind == kind)
        return sorted(self.session.scalars(names))


def better(post):
    return post.source.replace("an hour", "two minutes")


def suggest(session, by, post, text, title=None, tags=None, reason=WHY, seen=None):
    actor = cast.actor(session, by)
    there = post_queries.post_for_update(session, actor, post.id)
    seen = seen or queries.said_now(session, [there])[there.id].fingerprint
    return actions.suggest(session, actor, there, SuggestionDraft(cast.words(text), reason, seen, title, tags))


@pytest.fixture
def place(session, clock):
    return Place(session)


def test_the_author_hears_of_it_and_takes_it_over(place):
    row = place.suggest()
    assert place.told("suggestion") == ["anna"]
    place.accept(row, place.anna)
    assert (place.post.source, place.post.edited_by_id) == (place.better, place.sam.id)
    revision = place.session.query(Revision).filter_by(post_id=place.post.id).one()
    assert (revision.source, revision.author_id) == (place.text, place.anna.id)
    assert revision.reason == "An hour ruins it. (taken over by anna)"
    assert place.told("suggestion_taken") == ["sam"]
    assert list(drifts(place.session)) == []


def test_a_decline_says_why_and_both_can_be_undone(place):
    row = place.suggest()
    place.decline(row, place.momo, "It depends on the reed.")
    assert (row.state, place.record(place.sam)) == ("declined", (0, 1))
    assert place.told("suggestion_declined") == ["sam"]
    place.reopen(row, place.momo)
    assert (row.state, place.record(place.sam)) == ("open", (0, 0))
    place.accept(row, place.momo)
    assert place.record(place.sam) == (1, 0)
    place.reopen(row, place.anna)
    assert (place.post.source, row.state, place.record(place.sam)) == (place.text, "open", (0, 0))
    assert place.post.edited_by_id == place.anna.id
    assert [one.source for one in place.session.query(Revision).order_by(Revision.number)] == [place.text, place.better]
    place.accept(row, place.anna)
    assert (place.post.source, place.post.revision_count, place.record(place.sam)) == (place.better, 3, (1, 0))
    assert list(drifts(place.session)) == []


def test_title_and_tags_of_a_topic_come_along_and_go_back(session, clock):
    place = Place(session)
    for slug in ("oboe", "reed"):
        cast.tag(session, slug)
    opening = session.query(Post).filter_by(topic_id=place.topic.id, number=1).one()
    author = session.get_one(Account, opening.author_id)
    row = place.suggest(opening.source, post=opening, title="How long to soak", tags=("oboe", "reed"))
    place.accept(row, author)
    topic = session.get_one(Topic, place.topic.id)
    assert (topic.title, topic.slug) == ("How long to soak", "how-long-to-soak")
    assert post_queries.tag_slugs_of(session, topic) == ["oboe", "reed"]
    place.reopen(row, author)
    assert (topic.title, post_queries.tag_slugs_of(session, topic)) == ("How to soak", [])
    assert list(drifts(session)) == []


def test_whoever_may_edit_edits_and_what_says_nothing_new_is_no_suggestion(place):
    for person in (place.anna, place.momo):
        with pytest.raises(Invalid, match="edit this post yourself"):
            place.suggest(by=person)
    with pytest.raises(Invalid, match="Nothing is different"):
        place.suggest(place.text)
    with pytest.raises(InvalidFields) as wrong:
        place.suggest("", reason="No.")
    assert set(wrong.value.fields) == {"body", "reason"}
    with pytest.raises(Conflict, match="changed meanwhile"):
        place.suggest(seen="0123456789abcdef")


def test_an_author_whose_time_is_over_suggests_and_another_decides(place):
    place.post.created_at = time.now() - timedelta(days=90)
    row = place.suggest(by=place.anna)
    assert not allows(cast.actor(place.session, place.anna), Act.DECIDE_SUGGESTION, row)
    with pytest.raises(Refused):
        place.accept(row, place.anna)
    place.accept(row, place.momo)
    assert place.post.source == place.better


def test_one_waits_for_each_post_and_ten_at_a_time_of_newcomers_three(place):
    first = place.suggest()
    again = place.suggest(place.better + " Slowly.")
    assert (again.id, again.version) == (first.id, 2)
    nils = cast.newcomer(place.session, "nils")
    replies = [cast.reply(place.session, place.topic, place.anna, TEXT) for _ in range(10)]
    for person, most in ((place.sam, 9), (nils, 3)):
        for post in replies[:most]:
            place.suggest(by=person, post=post)
        with pytest.raises(TooSoon, match="wait already"):
            place.suggest(by=person, post=replies[most])
    actions.withdraw(place.session, cast.actor(place.session, place.sam), first)
    assert place.suggest(post=replies[9]).state == "open"


def test_a_post_that_was_changed_elsewhere_since_takes_both(place):
    row = place.suggest()
    changed = place.text.replace("Play.", "Play, softly.")
    posts.edit_post(place.session, cast.actor(place.session, place.anna), place.post, EditDraft(cast.words(changed), 0))
    view = queries.view(place.session, cast.actor(place.session, place.anna), row)
    assert (view.is_stale, view.fitted.source) == (True, place.better.replace("Play.", "Play, softly."))
    place.accept(row, place.anna)
    assert place.post.source == view.fitted.source
    place.reopen(row, place.anna)
    assert place.post.source == changed


def test_a_post_that_was_changed_in_the_same_place_waits_for_a_person(place):
    row = place.suggest()
    draft = EditDraft(cast.words(place.text.replace("an hour", "a day")), 0)
    posts.edit_post(place.session, cast.actor(place.session, place.anna), place.post, draft)
    assert queries.view(place.session, cast.actor(place.session, place.anna), row).fitted is None
    with pytest.raises(Conflict, match="changed since"):
        place.accept(row, place.anna)


def test_what_is_decided_was_seen(place):
    row = place.suggest()
    seen = row.version
    place.suggest(place.better + " Slowly.")
    actor = cast.actor(place.session, place.anna)
    with pytest.raises(Conflict, match="author changed"):
        actions.accept(place.session, actor, place.found(row, place.anna), seen, cast.words(place.better))
    with pytest.raises(Conflict, match="changed since"):
        actions.accept(place.session, actor, place.found(row, place.anna), seen + 1, cast.words(place.better))
    place.accept(row, place.anna)
    with pytest.raises(Conflict, match="anna took it over"):
        place.decline(row, place.momo)
    posts.edit_post(place.session, actor, place.post, EditDraft(cast.words("All new words, all of them."), 1))
    with pytest.raises(Conflict, match="changed again since"):
        place.reopen(row, place.anna)


def test_official_words_are_for_their_organization_alone(session, clock):
    place = Place(session)
    stella, momo = cast.staff(session, "stella"), place.momo
    regular = cast.member(session, "rita", trust="regular")
    said = cast.reply(session, place.topic, stella, TEXT, voice=Voice("answer", "official", "responder"))
    own = cast.reply(session, place.topic, stella, TEXT, voice=Voice("answer", "personal"))
    row, other = place.suggest(post=said), place.suggest(post=own)
    for person, may in ((stella, True), (momo, False), (regular, False), (place.sam, False)):
        assert allows(cast.actor(session, person), Act.DECIDE_SUGGESTION, row) is may, person.name
    for person, may in ((stella, True), (momo, True), (regular, True), (place.sam, False)):
        assert allows(cast.actor(session, person), Act.DECIDE_SUGGESTION, other) is may, person.name


def test_what_waits_for_somebody_is_the_same_in_sql_and_in_the_table(session, clock):
    place, now = Place(session), time.now()
    stella = cast.staff(session, "stella")
    people = [
        *(place.anna, place.sam, place.momo, stella, cast.administrator(session), cast.newcomer(session)),
        *(cast.member(session, trust="regular"), cast.suspended(session, trust="regular")),
        cast.unconfirmed(session),
    ]
    voices = (None, Voice("answer", "official", "responder"), Voice("answer", "personal"))
    states = ({}, {"hidden_at": now}, {"deleted_at": now, "deleted_by_id": place.anna.id})
    topics = ({}, {"archived_at": now}, {"deleted_at": now}, {"locked_at": now})
    rows = []
    for voice, of_post, of_topic in itertools.product(voices, states, topics):
        topic = cast.topic(session, place.board, place.anna, fields={"tried": "Nothing yet."})
        by = {"voice": voice} if voice else {}
        post = cast.reply(session, topic, stella if voice else place.anna, TEXT, **by)
        row = place.suggest(post=post, by=cast.member(session))
        for subject, values in ((post, of_post), (topic, of_topic)):
            for name, value in values.items():
                setattr(subject, name, value)
        rows.append(row)
    session.flush()
    for person in people:
        actor = cast.actor(session, person)
        waiting = {view.suggestion.id for view in queries.waiting_for(session, actor, 100)}
        assert waiting == {row.id for row in rows if allows(actor, Act.DECIDE_SUGGESTION, row)}, person.name
        assert queries.number_waiting(session, actor) == len(waiting)


def test_nobody_reads_what_is_suggested_where_they_do_not_look(session, clock):
    board = cast.board(session, "cellar", rights=cast.STAFF_ONLY)
    stella, other = cast.staff(session, "stella"), cast.staff(session, "stan")
    post = cast.reply(session, cast.topic(session, board, stella), stella, TEXT)
    post.created_at = time.now() - timedelta(days=90)
    row = suggest(session, other, post, better(post))
    for person in (cast.member(session), cast.moderator(session), cast.administrator(session)):
        with pytest.raises(NotFound):
            queries.suggestion(session, cast.actor(session, person), row.id)
        with pytest.raises(Refused):
            actions.decline(session, cast.actor(session, person), row, row.version, "")


def test_every_verb_keeps_to_the_table(place):
    row = place.suggest()
    for person in (None, place.sam, cast.suspended(place.session), cast.unconfirmed(place.session)):
        actor = cast.actor(place.session, person)
        with pytest.raises(Refused):
            actions.accept(place.session, actor, row, 1, cast.words(place.better))
        with pytest.raises(Refused):
            actions.reopen(place.session, actor, row, 1)
        if person is not place.sam:
            with pytest.raises(Refused):
                actions.withdraw(place.session, actor, row)
    hidden = replace(cast.actor(place.session, place.sam), rights={})
    with pytest.raises(Refused):
        actions.suggest(place.session, hidden, place.post, SuggestionDraft(cast.words(place.better), WHY, ""))


def test_search_finds_what_stands_there_and_not_what_was_suggested(place):
    row = place.suggest(place.better + " Wombat.")
    assert found(place, "wombat") == []
    place.accept(row, place.anna)
    assert found(place, "wombat") == [place.post.id]
    place.reopen(row, place.anna)
    assert found(place, "wombat") == []


def found(place, word):
    rows = select(PostText).where(PostText.post_id == place.post.id)
    return [one.post_id for one in place.session.scalars(rows) if word in one.body]


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(app):
    with writing(app) as session:
        place = Place(session)
        row_id, words = place.suggest().id, place.better

    def decide(name, verb):
        with writing(app) as session:
            actor = cast.actor(session, session.query(Account).filter_by(name=name).one())
            verb(session, actor, queries.suggestion(session, actor, row_id, lock=True))

    works = (
        ("anna", lambda session, actor, row: actions.accept(session, actor, row, 1, cast.words(words))),
        ("momo", lambda session, actor, row: actions.decline(session, actor, row, 1, "")),
    )
    said = at_once(*(partial(decide, *work) for work in works))
    assert None in said
    assert [("meanwhile" in one.sentence) for one in said if one] == [True]
    with reading(app) as session:
        row = session.get_one(Suggestion, row_id)
        assert (row.state == "accepted") == (session.get_one(Post, row.post_id).source == words)
