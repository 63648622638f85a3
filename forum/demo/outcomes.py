"""How the demo's topics stand: votes and states of ideas, confirmed answers, and one that a reader doubts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from forum.demo.ground import Ground
from forum.demo.texts import PostText, TopicText
from forum.posts import standing
from forum.posts.actions.importing import ImportedIds
from forum.posts.models import Post, Topic
from forum.posts.outcome_models import TOO, VOTE, Backing, Doubt
from forum.site.settings import duration


def write_outcomes(
    session: Session, texts: Sequence[TopicText], placed: Mapping[str, ImportedIds], ground: Ground
) -> None:
    """As the verbs would have left it, one after another, in the months before."""
    backings = [row for text in texts for row in _backings(text, placed[text.key].topic_id, ground)]
    if backings:
        session.execute(insert(Backing), backings)
    for text in texts:
        ids = placed[text.key]
        for step in text.steps:
            at = ground.ago(text.posts[0].hours_ago - step["after_hours"])
            state = {"idea_state": step["state"], "idea_state_at": at}
            session.execute(update(Topic).where(Topic.id == ids.topic_id).values(state))
        for post in text.posts:
            if post.confirmed_by:
                _confirm(session, post, ids.post_ids[post.number], ground)
            if post.doubt:
                _doubt(session, post, ids.post_ids[post.number], ground)
    standing.settle_all(session, [ids.topic_id for ids in placed.values()])


def _backings(text: TopicText, topic_id: int, ground: Ground) -> Iterator[dict[str, object]]:
    """One every other hour, none in the future."""
    for kind, names in ((VOTE, text.votes), (TOO, text.too)):
        for turn, name in enumerate(names):
            at = ground.ago(max(0.0, text.posts[0].hours_ago - turn * 2.1))
            yield {"topic_id": topic_id, "account_id": ground.people[name], "kind": kind, "created_at": at}


def _confirm(session: Session, text: PostText, post_id: int, ground: Ground) -> None:
    at, by = ground.ago(max(0.0, text.hours_ago - 30)), ground.people[text.confirmed_by]
    session.execute(update(Post).where(Post.id == post_id).values(org_confirmed_at=at, org_confirmed_by_id=by))


def _doubt(session: Session, text: PostText, post_id: int, ground: Ground) -> None:
    """Everybody was told of it two weeks later."""
    raised_at = ground.ago(text.doubt["hours_ago"])
    row = Doubt(
        post_id=post_id,
        by_id=ground.people[text.doubt["by"]],
        sentence=text.doubt["sentence"],
        created_at=raised_at,
        told_at=raised_at + duration({}, "doubt_rest"),
    )
    session.add(row)
    session.flush()
    session.execute(update(Post).where(Post.id == post_id).values(doubt_id=row.id, doubted_at=row.told_at))
