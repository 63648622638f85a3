"""Two moderators decide one thing, and flags arrive while it is decided: nothing double, nothing lost."""

from __future__ import annotations

from functools import partial

from forum.accounts.models import Account
from forum.core.errors import Conflict
from forum.moderation import actions, queries, subjects
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case, Flag, Ruling
from forum.posts import check
from forum.posts.models import Post
from tests import cast
from tests.machines.crowd import at_once
from tests.machines.databases import reading, writing
from tests.moderation.people import settle


def together(app, *works):
    """Each work in a transaction of its own; what came of each: None, or the refusal."""

    def run(work):
        with writing(app) as session:
            work(session)

    return at_once(*(partial(run, work) for work in works))


def decides(who, act, post):
    def work(session):
        actor = cast.actor(session, session.get_one(Account, who))
        case = queries.case_for_update(session, actor, 1)
        draft = DecisionDraft(act, "post", post, "unkind", "It calls somebody a fool.", "flags")
        actions.decide(session, actor, draft, case, 1)

    return work


def flags(who, post):
    def work(session):
        actor = cast.actor(session, session.get_one(Account, who))
        actions.flag(session, actor, subjects.load(session, "post", post), "unkind", "See.")

    return work


def settled(app):
    with writing(app) as session:
        place = settle(session)
        place.flag(place.ann)
        assert place.case().version == 1
        return {name: getattr(place, name).id for name in ("mo", "mia", "ben", "cy", "ada", "post")}


def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(app, uncounted):
    ids = settled(app)
    came = together(app, decides(ids["mo"], "remove", ids["post"]), decides(ids["mia"], "keep", ids["post"]))
    assert [type(one) for one in came if one is not None] == [Conflict]
    with reading(app) as session:
        (ruling,) = session.query(Ruling).all()
        case = session.get_one(Case, 1)
        assert case.closed_by_id == ruling.by_id
        assert (session.get_one(Post, ids["post"]).deleted_at is not None) == (ruling.act == "remove")


def test_flags_that_arrive_while_it_is_decided_are_judged_or_wait_and_none_is_lost(app, uncounted):
    ids = settled(app)
    together(
        app, decides(ids["mo"], "keep", ids["post"]), flags(ids["ben"], ids["post"]), flags(ids["cy"], ids["post"])
    )
    with writing(app) as session:
        found = session.query(Flag).all()
        assert len(found) == 3
        open_cases = {case.id for case in session.query(Case).filter(Case.closed_at.is_(None))}
        assert len(open_cases) <= 1
        for flag in found:
            assert (flag.verdict == "") == (flag.case_id in open_cases)
        waiting = [flag for flag in found if flag.verdict == ""]
        assert session.get_one(Post, ids["post"]).flag_count == len(waiting)
        assert session.query(Ruling).filter_by(act="keep").count() <= 1
        assert list(check.drifts(session)) == []


def test_one_member_who_flags_twice_at_once_flags_once(app, uncounted):
    ids = settled(app)
    assert together(app, flags(ids["ben"], ids["post"]), flags(ids["ben"], ids["post"])) == [None, None]
    with reading(app) as session:
        assert session.query(Flag).filter_by(by_id=ids["ben"]).count() == 1
        assert session.get_one(Post, ids["post"]).flag_count == 2
