"""Writing notices: one statement, however many hear of it, in the transaction of whatever they hear of.

Who may not see the board, who is suspended or gone, and whoever did it themselves get none: asked in the statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.orm import Session, joinedload

from forum.accounts import queries as accounts
from forum.accounts.ignoring import ignores
from forum.accounts.models import Account
from forum.boards import queries as boards
from forum.boards.kinds import REVIEW_ON
from forum.core import clock
from forum.core.db.dialect import insert_for
from forum.core.events import emit
from forum.notifications import audience
from forum.notifications.audience import Audience
from forum.notifications.drafts import News
from forum.notifications.events import NoticesMade
from forum.notifications.kind import SITE
from forum.notifications.kinds import ABOUT_POSTS, KINDS
from forum.notifications.models import ChannelChoice, Notice
from forum.posts.models import Post, Topic

_PLAIN = {"subject": "", "title": "", "url": "", "reason": "", "people": 1}


def notify(session: Session, news: News, recipients: Iterable[int] | Select[int]) -> None:
    """Tell `recipients` (account ids, or a query of them) of `news`: each once, in one statement."""
    chosen = recipients if isinstance(recipients, Select) else list(recipients)
    if isinstance(chosen, list) and not chosen:
        return
    whom = select(Account.id, literal(0, Integer)).where(Account.id.in_(chosen))
    topic = news.post.topic if news.post is not None else news.topic
    values = {
        **_place(topic, news.post),
        "kind": news.kind,
        "about": news.about,
        "fold": news.fold or news.about,
        "subject": news.subject,
        "title": news.title,
        "url": news.url,
        "reason": news.reason,
        "people": news.people,
    }
    _tell(session, whom, values, _hears(topic, news.by, also_suspended=news.to_suspended), news.by)


def retell(session: Session, about: str, *, title: str, people: int) -> bool:
    """Say anew, quietly, what a notice that was written says; whether there is one."""
    there = session.scalar(select(Notice.id).where(Notice.about == about).limit(1))
    session.execute(
        update(Notice)
        .where(Notice.about == about)
        .values(title=title, people=people)
        .execution_options(synchronize_session=False)
    )
    return there is not None


def notify_of_post(
    session: Session,
    post: Post,
    called: Mapping[int, str],
    watchers: Audience | None = None,
    *,
    by: int | None = None,
) -> None:
    """Tell of a post (topic loaded): `called`, account id → the strongest kind among its reasons, and `watchers`.
    `by`: who speaks, when that is not the author of the post.

    Each hears it once. Who heard it for a weaker reason before hears it anew.
    """
    topic = post.topic
    audiences = [watchers] if watchers is not None else []
    if called:
        strengths = {account: KINDS[kind].strength for account, kind in called.items()}
        strength = case(strengths, value=Account.id, else_=0)
        audiences.append(select(Account.id, strength).where(Account.id.in_(sorted(strengths))))
    if not audiences:
        return
    whom = audiences[0] if len(audiences) == 1 else select(union_all(*audiences).subquery())
    values = {**_place(topic, post), "about": f"post:{post.id}", **_PLAIN}
    _tell(session, whom, values, _hears(topic, by or post.author_id), by or post.author_id)


def tell_sums(session: Session, sums: Iterable[tuple[int, int, int]], day: datetime) -> None:
    """Tell authors how many people reacted to a post on a day that is over: (post, author, people). Once a day and
    post, whoever asks again."""
    rows = list(sums)
    posts = {
        post.id: post
        for post in session.scalars(
            select(Post).options(joinedload(Post.topic)).where(Post.id.in_([post_id for post_id, *_ in rows]))
        )
    }
    for post_id, author_id, people in rows:
        about, fold = f"reactions:{post_id}:{day:%Y-%m-%d}", f"reactions:{post_id}"
        news = News("reaction", about=about, by=None, post=posts[post_id], people=people, fold=fold)
        notify(session, news, [author_id])


def ask_to_review(session: Session, topic: Topic) -> None:
    """Ask who looks after a reference page (with its board) whether it is still true: once for each day of review."""
    news = News("review", about=f"review:{topic.id}:{topic.fields[REVIEW_ON]}", by=None, topic=topic)
    notify(session, news, audience.of_review(session, topic))


def withdraw(
    session: Session,
    *,
    post_id: int | None = None,
    topic_id: int | None = None,
    about: str | None = None,
    at: datetime | None = None,
) -> None:
    """What they were about is gone from view (since `at`: now): the bell does not ring for it any more."""
    where = Notice.post_id == post_id if topic_id is None else Notice.topic_id == topic_id
    if about is not None:
        where = Notice.about == about
    session.execute(
        update(Notice)
        .where(where, Notice.read_at.is_(None))
        .values(read_at=at or clock.now())
        .execution_options(synchronize_session=False)
    )


def unsay(session: Session, abouts: Iterable[str], recipients: Iterable[int | None]) -> list[int]:
    """Take away what `recipients` were told about what begins so, since it holds no more; who of them had read it."""
    whom = [one for one in recipients if one is not None]
    begins = or_(*(Notice.about.startswith(one, autoescape=True) for one in abouts))
    rows = session.execute(
        select(Notice.id, Notice.recipient_id, Notice.read_at).where(Notice.recipient_id.in_(whom), begins)
    ).all()
    session.execute(
        delete(Notice).where(Notice.id.in_([row.id for row in rows])).execution_options(synchronize_session=False)
    )
    return sorted({row.recipient_id for row in rows if row.read_at is not None})


def ring_again(session: Session, which: ColumnElement[bool], at: datetime) -> None:
    """What was withdrawn at that instant is back in view."""
    session.execute(
        update(Notice)
        .where(which, Notice.read_at == at)
        .values(read_at=None)
        .execution_options(synchronize_session=False)
    )


def _place(topic: Topic | None, post: Post | None) -> dict[str, Any]:
    return {
        "topic_id": topic.id if topic is not None else None,
        "post_id": post.id if post is not None else None,
        "number": post.number if post is not None else 0,
    }


def _tell(session: Session, whom: Any, values: dict[str, Any], hears: ColumnElement[bool], by: int | None) -> None:
    who = whom.subquery()
    id_, strength = who.c[0], func.max(who.c[1])
    told = (
        select(id_.label("recipient_id"), strength.label("strength"))
        .where(id_.in_(select(Account.id).where(hears)))
        .group_by(id_)
        .subquery()
    )
    if "kind" not in values:
        values = {**values, **_of_strength(told, values)}
    columns = {
        "recipient_id": told.c.recipient_id,
        "strength": told.c.strength,
        **values,
        "actor_id": by,
        "created_at": clock.now(),
    }
    columns["on_site"] = _on_site(told.c.recipient_id, columns["kind"])
    table = Notice.__table__
    rows = select(*(_typed(name, value) for name, value in columns.items())).select_from(told).where(true())
    insert = insert_for(session, table).from_select(list(columns), rows)  # type: ignore[arg-type]
    again = ("kind", "strength", "fold", "actor_id", "created_at", "on_site")
    statement = insert.on_conflict_do_update(
        index_elements=["recipient_id", "about"],
        set_={**{name: insert.excluded[name] for name in again}, "read_at": None},
        where=table.c.strength < insert.excluded.strength,
    )
    session.execute(statement)
    emit(session, NoticesMade(values["about"]))


def _typed(name: str, value: Any) -> ColumnElement[Any]:
    if isinstance(value, ColumnElement):
        return value.label(name)
    return literal(value, Notice.__table__.c[name].type).label(name)


def _of_strength(told: FromClause, values: dict[str, Any]) -> dict[str, ColumnElement[Any]]:
    """Kind and fold, as the strongest reason has them."""
    folding = [strength for strength, kind in ABOUT_POSTS.items() if kind.folds]
    kinds = {strength: kind.key for strength, kind in ABOUT_POSTS.items()}
    kind = case(kinds, value=told.c.strength, else_="watching")
    fold = case((told.c.strength.in_(folding), f"topic:{values['topic_id']}"), else_=values["about"])
    return {"kind": cast(kind, String(24)), "fold": cast(fold, String(80))}


def _hears(topic: Topic | None, by: int | None, *, also_suspended: bool = False) -> ColumnElement[bool]:
    """Accounts that may hear of it: here, in good standing, allowed to see it, not the one who did it, and not deaf
    to it by their own choice."""
    now = clock.now()
    here = Account.deactivated_at.is_(None) if also_suspended else accounts.is_here(now)
    others = and_(Account.id != by, ~ignores(by, now)) if by is not None else true()
    if topic is None:
        return and_(here, others)
    return and_(here, others, boards.seen_by(topic.board_id), audience.unmuted(topic))


def _on_site(recipient: ColumnElement[int], kind: Any) -> ColumnElement[bool]:
    """Whether the member wants this kind here. Every kind is on here unless somebody switched it off."""
    off = exists().where(
        ChannelChoice.account_id == recipient,
        ChannelChoice.kind == kind,
        ChannelChoice.channel == SITE,
        ChannelChoice.is_on.is_(False),
    )
    return ~off
