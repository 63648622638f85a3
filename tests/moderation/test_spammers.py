"""Everything of a spam account goes at once; whatever happened, it comes back as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from forum import identity
from forum.accounts.models import Account
from forum.conversations.models import Conversation, Message
from forum.core import clock as time
from forum.core.errors import Conflict, ForumError, Gone, Invalid, Refused
from forum.moderation import actions as moderation
from forum.moderation import spam_queries, spam_rules, subjects
from forum.moderation.actions import removing
from forum.moderation.models import Ruling
from forum.moderation.spam import actions as spammers
from forum.moderation.spam_models import SpamPart, SpamRemoval
from forum.notifications.models import Notice
from forum.permissions import HOUSE
from forum.posts import actions, queries
from forum.posts.models import Post, Reaction, Topic
from forum.posts.powers import Ground
from forum.search.operators import parse
from forum.search.queries.finding import search
from forum.shields.actions import remember_address
from forum.shields.models import Block
from forum.site.models import Deed
from tests import cast
from tests.machines.databases import undone
from tests.machines.proof import share
from tests.moderation.spam import Place, changed, off, rows

STEPS = ("remove", "remove", "undo", "undo", "reply", "start", "react", "unreact", "accept", "delete", "say", "answer")
step = st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.integers(0, 5))


def found(session, place, words="zanzibar"):
    return search(session, cast.actor(session, place.bo), parse(words)).count


def test_removing_and_giving_back_leaves_every_row_as_it_was(session, clock):
    place = Place(session).busy()
    before = rows(session)
    clock.shift(timedelta(hours=3))
    removal = place.remove()
    assert removal.state == "done"
    assert removal.done == removal.total + session.query(SpamPart).filter_by(kind="titles").count()
    during = rows(session)
    assert {"posts", "topics", "messages", "reactions", "backings", "poll_votes", "notices", "accounts"} <= set(
        changed(before, during)
    )
    clock.shift(timedelta(days=6))
    removal = place.undo(removal)
    assert (removal.state, removal.before, removal.done) == ("undone", {}, 0)
    assert changed(before, rows(session)) == {}
    assert session.query(SpamPart).count() == 0


def test_nothing_of_it_is_left_to_be_seen(session):
    place = Place(session).busy()
    assert found(session, place) > 0
    place.remove()
    spam = session.get(Account, place.spam.id)
    assert (spam.display_name, spam.headline, spam.about_html, spam.links, spam.post_count) == ("", "", "", [], 0)
    assert identity.actor_for(session, spam).is_suspended
    assert found(session, place) == 0
    assert session.scalar(select(func.count()).where(Reaction.account_id == spam.id)) == 0
    assert session.scalar(select(func.count()).where(Notice.actor_id == spam.id)) == 0
    assert set(session.scalars(select(Message.source).where(Message.author_id == spam.id))) == {""}
    assert session.query(Conversation).one().title == ""
    assert session.scalars(select(Post.removal_rule).where(Post.author_id == spam.id)).all() == ["spam"] * 3
    assert off(session) == []


@given(steps=st.lists(step, min_size=1, max_size=10))
@settings(max_examples=share(60))
def test_whatever_members_do_meanwhile_everything_agrees_with_a_fresh_count(app, steps):
    with undone(app) as session:
        place = Place(session)
        place.busy()
        for verb, which, what in steps:
            try:
                with session.begin_nested():
                    do(session, place, verb, which, what)
            except ForumError:
                pass  # no is an answer too, and it leaves nothing
            session.expire_all()
        assert off(session) == [], steps
        standing = session.scalars(select(SpamRemoval).where(SpamRemoval.state == "done")).all()
        for removal in standing:
            place.undo(removal)
        assert off(session) == [], steps
        assert session.query(SpamPart).count() == 0
        twice = select(Notice.recipient_id, Notice.about).group_by(Notice.recipient_id, Notice.about)
        assert session.execute(twice.having(func.count() > 1)).all() == []
        shown = (
            select(Post.id).join(Topic, Topic.id == Post.topic_id).where(Post.deleted_at.is_(None), Post.action == "")
        )
        shown = shown.where(Topic.deleted_at.is_(None), Post.source.contains("zanzibar") | Topic.title.contains("zanz"))
        assert (found(session, place) > 0) == bool(session.scalars(shown).all())


def do(session, place, verb, which, what):
    person = (place.ada, place.bo, place.spam)[which % 3]
    person = session.get(Account, person.id)
    who = cast.actor(session, person)
    if verb == "remove":
        place.remove(by=(place.eli, place.mod)[what % 2], whom=(place.spam, place.bo)[which == 5])
    elif verb == "undo":
        ids = session.scalars(select(SpamRemoval.id).order_by(SpamRemoval.id)).all()
        if ids:
            removing.undo(session, cast.actor(session, place.mod), ids[which % len(ids)], "It was none")
    elif verb == "start":
        cast.topic(session, session.merge(place.talk), person, f"Another topic about zanzibar {what}")
    elif verb == "say":
        about = session.query(Conversation).first()
        from tests.conversations import talk

        talk.say(session, person, about, "More words.")
    elif verb in ("reply", "answer"):
        ids = session.scalars(select(Topic.id).order_by(Topic.id)).all()
        cast.reply(session, queries.topic_for_update(session, who, ids[what % len(ids)]), person)
    else:
        ids = session.scalars(select(Post.id).order_by(Post.id)).all()
        post = queries.post_for_update(session, who, ids[(which * 3 + what) % len(ids)])
        {
            "react": lambda: actions.react(session, who, post, ("worked_for_me", "thanks")[what % 2]),
            "unreact": lambda: actions.unreact(session, who, post, ("worked_for_me", "thanks")[what % 2]),
            "accept": lambda: actions.accept_answer(session, who, post),
            "delete": lambda: actions.delete_post(session, who, post),
        }[verb]()


def test_what_somebody_brought_back_meanwhile_is_left_to_them(session):
    place = Place(session).busy()
    removal = place.remove()
    mod = cast.actor(session, place.mod)
    mine = select(Post.id).where(Post.author_id == place.spam.id, Post.number > 1).order_by(Post.id)
    first = session.scalars(mine).first()
    actions.restore_post(session, mod, queries.post_for_update(session, mod, first))
    actions.remove_post(session, mod, queries.post_for_update(session, mod, first), Ground("unkind"))
    place.undo(removal)
    again = session.get(Post, first)
    assert (again.deleted_at is not None, again.removal_rule) == (True, "unkind")
    assert off(session) == []


def test_who_looks_after_the_place_wrote_much_or_is_known_cannot_be_removed_so(session):
    place = Place(session)
    old = cast.member(session, "old", created_at=time.now() - timedelta(days=91))
    staff, keeper = cast.staff(session, "dora"), cast.administrator(session, "fay")
    young = {"created_at": time.now()}
    much = cast.member(session, "much", post_count=21, **young)
    nobody = cast.placeholder(session, "import", **young)
    circle = cast.group(session)
    cast.board(session, rights={circle.id: ["moderate"]})
    trusted = cast.join(session, cast.member(session, "trusted", **young), circle.id)
    for whom in (old, staff, keeper, place.mod, much, nobody, trusted):
        with pytest.raises(Refused):
            place.remove(whom=whom)
    for by in (place.ada, staff):
        with pytest.raises(Refused):
            place.remove(by=by)
    with pytest.raises(Refused):
        place.remove(by=place.eli, whom=place.eli)
    with pytest.raises(Invalid):
        removing.remove(session, cast.actor(session, place.eli), place.spam.id, "  ")
    assert session.query(SpamRemoval).count() == 0


def test_posts_on_a_board_out_of_reach_are_told_and_nothing_happens(session):
    from forum.permissions import Group, Right

    place = Place(session).busy()
    cellar = cast.board(session, "cellar", rights={Group.MEMBERS: [Right.SEE, Right.START]})
    cast.topic(session, cellar, place.spam)
    before = rows(session)
    with (
        pytest.raises(Refused, match="1 of their posts stands on a board that you do not look after"),
        undoing(session),
    ):
        place.remove()
    session.expire_all()
    assert changed(before, rows(session)) == {}


def undoing(session):
    return session.begin_nested()


def test_of_two_moderators_one_removes_and_one_is_told(session):
    place = Place(session).busy()
    removal = place.remove()
    with pytest.raises(Conflict, match="already"):
        place.remove(by=place.mod)
    place.undo(removal)
    with pytest.raises(Conflict, match="not in force"):
        place.undo(removal)
    assert place.remove(by=place.mod).id != removal.id


def test_a_large_one_goes_in_batches_and_comes_back_in_batches(session, monkeypatch):
    place = Place(session).busy()
    for _number in range(7):
        post = cast.reply(session, cast.topic(session, place.talk, place.ada), place.bo)
        place._as(place.spam, actions.react, queries.post_for_update, post.id, "thanks")
    session.expire_all()
    before = rows(session)
    monkeypatch.setattr(spammers, "BATCH", 2)
    monkeypatch.setattr(spammers, "AT_ONCE", 2)
    removal = place.remove()
    assert (removal.state, 0 < removal.done < removal.total) == ("running", True)
    with pytest.raises(Conflict, match="still being removed"):
        place.undo(removal)
    turns = 1
    while spammers.work_on(session, HOUSE, removal.id):
        turns += 1
    assert (removal.state, turns > 3) == ("done", True)
    assert spammers.work_on(session, HOUSE, removal.id) is False
    session.expire_all()
    place.undo(removal)
    while spammers.work_on(session, HOUSE, removal.id):
        pass
    session.expire_all()
    assert changed(before, rows(session)) == {}


def test_when_nobody_can_object_any_more_nothing_says_whose_account_it_was(session, clock):
    place = Place(session).busy()
    remember_address(session, place.spam.id, "session", "203.0.113.9")
    removal = place.remove()
    clock.shift(timedelta(days=183) - timedelta(minutes=1))
    assert spammers.forget_removed(session, HOUSE, time.now()) == []
    assert session.get(Account, place.spam.id).email == "spam@example.org"
    clock.shift(timedelta(minutes=2))
    spammers.forget_removed(session, HOUSE, time.now())
    session.expire_all()
    removal = session.get(SpamRemoval, removal.id)
    spam = session.get(Account, place.spam.id)
    assert (spam.email, spam.email_key, spam.password_hash, spam.name) == (None, None, None, f"removed-{spam.id}")
    assert (removal.state, removal.before) == ("forgotten", {})
    assert session.query(SpamPart).count() == 0
    kept = [word for deed in session.query(Deed) for word in (repr(deed.before), repr(deed.after))]
    assert "'spam'" not in " ".join(kept)
    assert session.get_one(Ruling, removal.ruling_id).facts == "spam"
    with pytest.raises(Gone):
        place.undo(removal)
    assert off(session) == []


def test_its_domain_and_network_are_blocked_along_and_free_again_with_it(session):
    place = Place(session)
    spam = cast.member(session, "trash", email="a@trash.example", email_key="a@trash.example", created_at=time.now())
    remember_address(session, spam.id, "session", "203.0.113.9")
    removal = place.remove(whom=spam, blocks_domain=True, blocks_range=True, own="198.51.100.1")
    blocks = session.scalars(select(Block).order_by(Block.id)).all()
    assert [block.value for block in blocks] == ["trash.example", "203.0.113.0/24"]
    place.undo(removal)
    assert all(block.lifted_at is not None for block in session.scalars(select(Block)))


# ── candidates ────────────────────────────────────────────────────────────────────────────────────────────────────────

LINK = '<p><a href="https://{}/x">x</a></p>'


def suspect(*html, confirmed=True, links=0, removed=(), flags=0):
    posts = [spam_rules.Wrote(one, number in removed) for number, one in enumerate(html)]
    return spam_rules.reasons(spam_rules.Suspect(confirmed, links, posts, flags), "forum.example")


def test_why_an_account_looks_like_spam():
    assert suspect("<p>Hello</p>") == []
    assert suspect(LINK.format("forum.example")) == [], "our own place is not elsewhere"
    assert suspect(LINK.format("a.example")) == ["1 post with links"]
    assert suspect(*[LINK.format("www.a.example")] * 3)[0] == "3 posts link to a.example"
    assert suspect("<p>x</p>", removed={0}) == ["1 post removed by moderators"]
    assert suspect(links=2, confirmed=False) == ["links in the profile, and the address never confirmed"]
    assert suspect(links=2) == ["links in the profile, and nothing written"]
    assert suspect("<p>x</p>", links=2) == []
    assert suspect(flags=2) == ["flagged as spam by 2 members"]


def test_moderators_find_young_accounts_that_look_like_spam_and_no_others(session):
    place = Place(session)
    for _number in range(3):
        cast.reply(session, cast.topic(session, place.talk, place.ada), place.spam)
    for post in session.scalars(select(Post).where(Post.author_id == place.spam.id)):
        post.html = LINK.format("cheap.example")
    links = [{"label": "x", "url": "https://x.example"}]
    cast.member(session, "old", links=links)
    cast.newcomer(session, "linker", links=links)
    cast.staff(session, "dora", links=links, created_at=time.now())
    eli = cast.actor(session, place.eli)
    names = [one.account.name for one in spam_queries.candidates(session, eli, "forum.example")]
    assert names == ["spam", "linker"]
    bos = cast.reply(session, cast.topic(session, place.talk, place.ada), cast.newcomer(session, "flagged")).id
    subject = subjects.load(session, "post", bos)
    moderation.flag(session, cast.actor(session, place.bo), subject, "spam", "It advertises.")
    why = {one.account.name: one.reasons for one in spam_queries.candidates(session, eli, "forum.example")}
    assert why["flagged"] == ["flagged as spam by 1 member"]
    place.remove()
    left = [one.account.name for one in spam_queries.candidates(session, eli, "forum.example")]
    assert left == ["flagged", "linker"]
    with pytest.raises(Refused):
        spam_queries.candidates(session, cast.actor(session, place.ada), "forum.example")
