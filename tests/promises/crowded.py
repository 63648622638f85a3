"""A place with everything in it: what the tests of query budgets open."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.bookmarks import actions as bookmarks
from forum.core import clock
from forum.drafts import actions as drafts
from forum.drafts.sequence import Attempt
from forum.drafts.words import Words
from forum.following.models import BoardFollow
from forum.gatherings import actions as gatherings
from forum.polls import actions as polls
from forum.popularity.actions import keep_scores
from forum.popularity.scores import Span
from forum.posts import actions, queries, standing
from forum.posts.limits import REACTIONS
from forum.posts.models import Post, Reaction, Topic
from forum.posts.outcome_models import Invitation
from forum.posts.reading_models import TopicRead
from tests import cast
from tests.polls.people import WHICH, ready

FOLLOWERS, REACTING = 50, 10
KINDS = list(REACTIONS)


def community(session, topics):
    """Boards, sub-boards, tags, pins, staff, and three topics of 46 posts with all that a topic can have: a question,
    an idea and an event. Returns their addresses by kind of board."""
    people = [cast.member(session, f"person-{number}") for number in range(6)]
    crowd = [cast.member(session, f"follower-{number}") for number in range(FOLLOWERS)]
    mod, rena = cast.moderator(session, "mod"), cast.staff(session, "rena")
    section = cast.section(session).id
    boards = {
        kind: cast.board(session, slug, kind=kind, section_id=section)
        for kind, slug in (("question", "talk"), ("idea", "ideas"), ("event", "events"))
    }
    cast.board(session, "below", parent_id=boards["question"].id, section_id=section)
    cast.board(session, "desk", rights=cast.STAFF_ONLY)
    cast.tag(session, "gut")
    soon = clock.now() + timedelta(days=9)
    for number in range(topics):
        made = cast.topic(session, boards["question"], people[number % 6], f"Topic {number}", tags=("gut",))
        cast.reply(session, made, people[(number + 1) % 6])
        cast.topic(session, boards["event"], people[0], f"Event {number}")
    addresses = {}
    for kind, board in boards.items():
        given = {"starts_at": soon, "fields": {"places": 20}} if kind == "event" else {}
        poll = {"along": {"poll": WHICH.kept()}}
        full = cast.topic(session, board, people[0], f"The full {kind}", tags=("gut",), **given, **poll)
        for number in range(45):
            cast.reply(session, full, [*people, rena][number % 7], reply_to_number=number // 2 + 1)
        _fill(session, full, crowd)
        addresses[kind] = f"/t/{full.id}-{full.slug}"
    _decide(session, people[0], mod, rena, addresses)
    scores = dict.fromkeys(session.scalars(select(Topic.id)), 1.0)
    for span in Span:
        keep_scores(session, span, scores, clock.now())
    return addresses


def reader(session, addresses):
    """A member who ignores two people, keeps posts, has begun to reply, votes, comes, is asked, and has notices."""
    ada = cast.member(session, "reader", may_be_asked=True)
    for name in ("person-1", "follower-3"):
        ignored = session.query(cast.Account).filter_by(name=name).one()
        accounts.ignore(session, cast.actor(session, ada), ignored, 0)
    actor = cast.actor(session, ada)
    for kind, address in addresses.items():
        topic = _topic(session, address)
        for number in (1, 30):
            bookmarks.keep(session, actor, queries.post(session, actor, _post(session, topic, number).id), "Mine", None)
        actions.react(session, actor, _locked(session, actor, topic, 30), "thanks")
        drafts.keep(session, actor, "reply", topic.id, Words(body="Begun"), Attempt(""))
        actions.mark_read(session, actor, topic, 25)
        actions.follow_topic(session, actor, topic, "watching")
        if kind == "question":
            asks = {"by_id": ada.id - 1, "created_at": clock.now()}  # before there was an answer
            session.add(Invitation(topic_id=topic.id, account_id=ada.id, **asks))
            actions.have_too(session, actor, queries.topic_for_update(session, actor, topic.id))
        elif kind == "event":
            gatherings.attend(session, actor, queries.topic_for_update(session, actor, topic.id), "yes")
        cast.reply(session, topic, session.query(cast.Account).filter_by(name="person-3").one(), "News.")
    return ada


def _fill(session, topic, crowd):
    """Followers, reactions, votes and who comes."""
    now = clock.now()
    read = {"topic_id": topic.id, "last_number": 0, "read_at": now, "level": "watching", "level_by_hand": True}
    session.add_all(TopicRead(account_id=person.id, **read) for person in crowd)
    on_board = {"board_id": topic.board_id, "level": "tracking", "since": now}
    session.add_all(BoardFollow(account_id=person.id, **on_board) for person in crowd)
    posts = session.scalars(select(Post.id).where(Post.topic_id == topic.id, Post.number.in_((1, 5, 25, 30, 40))))
    session.add_all(
        Reaction(post_id=post, account_id=person.id, kind=KINDS[number % len(KINDS)], created_at=now)
        for post in posts
        for number, person in enumerate(crowd[:REACTING])
    )
    standing.settle_all(session, [topic.id])
    session.refresh(topic)
    for number, person in enumerate(crowd[:REACTING]):
        actor = cast.actor(session, person)
        opening, poll = ready(session, actor, _post(session, topic, 1).id)
        polls.vote(session, actor, opening, poll, [poll.options[number % 3].id])
        if topic.board.kind == "idea":
            actions.vote(session, actor, queries.topic_for_update(session, actor, topic.id))
        if topic.board.kind == "event":
            gatherings.attend(session, actor, queries.topic_for_update(session, actor, topic.id), "yes")


def _decide(session, asker, mod, rena, addresses):
    """The question has an answer with all three outcomes, in doubt; the idea is planned; the event is pinned."""
    by, staff, steers = (cast.actor(session, person) for person in (asker, rena, mod))
    question = _topic(session, addresses["question"])
    answer = _locked(session, by, question, 30)
    actions.accept_answer(session, by, answer)
    actions.confirm_answer(session, staff, _locked(session, staff, question, 30))
    actions.doubt(session, steers, _locked(session, steers, question, 30), "It is done otherwise now.")
    idea = queries.topic_for_update(session, steers, _topic(session, addresses["idea"]).id)
    actions.change_state(session, steers, idea, "planned", cast.words("There is room for it."))
    for address in addresses.values():
        topic = queries.topic_for_update(session, steers, _topic(session, address).id)
        actions.pin(session, steers, topic, scope="site", until=clock.now() + timedelta(days=3))


def _topic(session, address):
    return session.get_one(Topic, int(address.split("/")[2].split("-")[0]))


def _post(session, topic, number):
    return session.query(Post).filter_by(topic_id=topic.id, number=number).one()


def _locked(session, actor, topic, number):
    return queries.post_for_update(session, actor, _post(session, topic, number).id)
