"""What posts and topics announce, told to whom it concerns: in the same transaction, one statement each."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, func, select, union
from sqlalchemy.orm import Session, joinedload

from forum.bookmarks.events import BookmarkDue
from forum.bookmarks.models import Bookmark
from forum.core import clock
from forum.gatherings.events import EventRescheduled, PlaceGiven
from forum.gatherings.models import Attendance
from forum.notifications import actions, announcing, audience
from forum.notifications.called import called
from forum.notifications.drafts import News, today
from forum.notifications.models import Notice
from forum.polls.events import PollClosed
from forum.posts.events import (
    AnswerAccepted,
    AnswerAsked,
    AnswerConfirmed,
    ConfirmedByPeers,
    DoubtRaised,
    DoubtSettled,
    DoubtTold,
    IdeasMerged,
    IdeaStateChanged,
    KeeperChanged,
    MergeUndone,
    PostDeleted,
    PostEdited,
    PostsRead,
    PostsRelocated,
    PostUndeleted,
    Reacted,
    ReplyPosted,
    TopicStarted,
)
from forum.posts.limits import THANKS
from forum.posts.models import Post, Topic
from forum.posts.outcome_models import Doubt
from forum.scheduling.events import ScheduledTopicRefused
from forum.scheduling.models import ScheduledTopic
from forum.statements import queries as statements
from forum.statements.events import PledgeDue, PledgeSettled, ReviewDue
from forum.statements.models import Pledge

# So often a day do people hear that an event they come to is at another time.
MOVES_A_DAY = 3


def tell_of_topic(session: Session, event: TopicStarted) -> None:
    """Whom its opening words call, and who watches its board or tags; of a notice of safety, who reads the board."""
    post = _post(session, event.post_id, with_board=True)
    kind = announcing.kind_of(post)
    watchers = audience.of_warning(post.topic) if kind == "warning" else audience.of_opening(post.topic, kind)
    actions.notify_of_post(session, post, called(session, post, post.author_id), watchers)


def tell_of_reply(session: Session, event: ReplyPosted) -> None:
    """Whom it answers and calls, and who watches. Who replies has read what came before."""
    post = _post(session, event.post_id)
    if post.author_id is not None:
        actions.see_topic(session, post.author_id, post.topic_id, post.number)
    actions.notify_of_post(session, post, called(session, post, post.author_id), audience.of_reply(post.topic))


def tell_of_edit(session: Session, event: PostEdited) -> None:
    """Whom the new wording calls that the old one did not, in the name of whoever wrote it: a notice for each person
    and post is written once."""
    post = _post(session, event.post_id)
    if post.deleted_at is None and post.hidden_at is None:
        actions.notify_of_post(session, post, called(session, post, event.editor_id), by=event.editor_id)


def tell_of_answer(session: Session, event: AnswerAccepted) -> None:
    """Its author, and those who follow the question."""
    post = _post(session, event.post_id)
    actions.notify_of_post(session, post, {}, audience.of_outcome(post.topic, "answer", event.by_id))
    if post.author_id is not None:
        news = News("accepted", about=f"accepted:{post.id}", by=event.by_id, post=post)
        actions.notify(session, news, [post.author_id])


def tell_of_reaction(session: Session, event: Reacted) -> None:
    """The author, of the first reaction to a post; the others are summed once a day. Thanks are gathered elsewhere."""
    if event.kind == THANKS:
        return
    post = _post(session, event.post_id)
    told = session.scalar(select(Notice.id).where(Notice.post_id == post.id, Notice.kind == "reaction").limit(1))
    if post.author_id is not None and told is None:
        news = News("reaction", about=f"reactions:{post.id}", by=event.account_id, post=post)
        actions.notify(session, news, [post.author_id])


def forget_deleted(session: Session, event: PostDeleted) -> None:
    """Nobody is called to a post that is not there."""
    post = _post(session, event.post_id)
    if post.is_opening:
        actions.withdraw(session, topic_id=post.topic_id, at=post.deleted_at)
    else:
        actions.withdraw(session, post_id=post.id, at=post.deleted_at)


def tell_again(session: Session, event: PostUndeleted) -> None:
    """It is there again: who was called to it and had not seen it when it went, is called again."""
    post = _post(session, event.post_id)
    which = Notice.topic_id == post.topic_id if post.is_opening else Notice.post_id == post.id
    actions.ring_again(session, which, event.deleted_at)


def follow_the_posts(session: Session, event: PostsRelocated) -> None:
    """Notices stay with their posts, wherever these stand, and fold with those of the topic there."""
    actions.follow_posts(session, (event.from_id, event.to_id))


def see_what_was_read(session: Session, event: PostsRead) -> None:
    """Notices of posts that the member has read are seen."""
    actions.see_topic(session, event.account_id, event.topic_id, event.number)


def tell_of_confirmation(session: Session, event: AnswerConfirmed | ConfirmedByPeers) -> None:
    """Its author, and those who follow the question: each once, whoever confirms."""
    post = _post(session, event.post_id)
    by = event.by_id if isinstance(event, AnswerConfirmed) else None
    actions.notify_of_post(session, post, {}, audience.of_outcome(post.topic, "answer", by))
    if post.author_id is not None:
        actions.notify(session, News("confirmed", about=f"confirmed:{post.id}", by=by, post=post), [post.author_id])


def tell_of_asking(session: Session, event: AnswerAsked) -> None:
    """Who was asked to answer."""
    topic = session.get_one(Topic, event.topic_id)
    news = News("asked", about=f"asked:{event.invitation_id}", by=event.by_id, topic=topic)
    actions.notify(session, news, [event.account_id])


def tell_of_doubt(session: Session, event: DoubtRaised) -> None:
    """The author of what is doubted, and who keeps the page."""
    post, doubt = _post(session, event.post_id), session.get_one(Doubt, event.doubt_id)
    asked = {one for one in (post.author_id, post.topic.keeper_id) if one is not None}
    news = News("doubt", about=f"doubt:{post.id}:{doubt.by_id}:{today()}", by=doubt.by_id, post=post)
    actions.notify(session, news, sorted(asked))


def tell_keepers(session: Session, event: KeeperChanged) -> None:
    """Who keeps a reference page from now on, and who kept it until now; whoever did it knows."""
    topic = session.get_one(Topic, event.topic_id)
    for kind, account_id in (("keeper", event.keeper_id), ("keeper_before", event.before_id)):
        if account_id is not None:
            about = f"{kind}:{topic.id}:{today()}"
            actions.notify(session, News(kind, about=about, by=event.by_id, topic=topic), [account_id])


def ask_for_statement(session: Session, event: ReviewDue) -> None:
    """Whoever answers for an official post whose day of review has come."""
    post = _post(session, event.post_id)
    news = News("statement", about=f"statement:{post.id}:{today()}", by=None, post=post)
    actions.notify(session, news, event.account_ids)


def ask_for_pledge(session: Session, event: PledgeDue) -> None:
    """Whoever sees to it; hosts, where nobody does any more. Its post may be gone: the list has it all the same."""
    post, about = _post(session, event.post_id), f"pledge_due:{event.pledge_id}"
    news = News("pledge_due", about, by=None, post=post)
    if statements.removal_of(post) is not None:
        words = session.get_one(Pledge, event.pledge_id).words
        news = News("pledge_due", about, by=None, title=words[:255], url="/organization/pledges")
    actions.notify(session, news, event.account_ids)


def tell_of_pledge(session: Session, event: PledgeSettled) -> None:
    """Those who follow the topic in which it was promised."""
    post = _post(session, session.get_one(Pledge, event.pledge_id).post_id)
    others = audience.of_outcome(post.topic, "pledge", event.by_id).subquery()
    news = News("pledge", about=f"pledge:{event.pledge_id}", by=event.by_id, post=post)
    actions.notify(session, news, select(others.c[0]))


def tell_followers_of_doubt(session: Session, event: DoubtTold) -> None:
    """The author had their time, or is not here: those who follow the topic or its board. Who raised it, and the
    author, know."""
    post, doubt = _post(session, event.post_id), session.get_one(Doubt, event.doubt_id)
    others = audience.of_outcome(post.topic, "doubted", post.author_id).subquery()
    news = News("doubted", about=f"doubted:{post.id}:{today()}", by=doubt.by_id, post=post)
    actions.notify(session, news, select(others.c[0]))


def tell_who_doubted(session: Session, event: DoubtSettled) -> None:
    """Who raised the doubt; not when they took it back themselves."""
    post, doubt = _post(session, event.post_id), session.get_one(Doubt, event.doubt_id)
    actions.notify(session, News("settled", about=f"settled:{doubt.id}", by=event.by_id, post=post), [doubt.by_id])


def tell_of_idea(session: Session, event: IdeaStateChanged | IdeasMerged) -> None:
    """Whoever is for the idea or follows it; the notice says the state and why."""
    note = _post(session, event.note_id)
    _tell_of_note(session, note, event.by_id, _followers(note.topic))


def tell_of_undone_merge(session: Session, event: MergeUndone) -> None:
    """The same, and whoever heard of the merge."""
    note = _post(session, event.note_id)
    merges = select(Post.id).where(Post.topic_id == note.topic_id, Post.action == "idea.duplicate")
    merge = session.scalars(merges.order_by(Post.number.desc()).limit(1)).first()
    heard = select(Notice.recipient_id).where(Notice.about == f"idea:{merge}")
    whom = union(_followers(note.topic), heard).subquery()
    _tell_of_note(session, note, event.by_id, select(whom.c[0]))


def _tell_of_note(session: Session, note: Post, by: int, whom: Select[int]) -> None:
    actions.notify(session, News("idea", about=f"idea:{note.id}", by=by, post=note), whom)


def _followers(topic: Topic) -> Select[int]:
    whom = audience.of_outcome(topic, "idea").subquery()
    return select(whom.c[0])


def tell_of_reminder(session: Session, event: BookmarkDue) -> None:
    """Who wanted to be reminded."""
    due = session.get_one(Bookmark, event.bookmark_id)
    about = f"bookmark:{due.id}:{due.remind_at:%Y%m%d%H%M}"
    actions.notify(session, News("reminder", about=about, by=None, post=_post(session, due.post_id)), [due.account_id])


def tell_of_place(session: Session, event: PlaceGiven) -> None:
    """Who waited for it."""
    given = session.get_one(Attendance, (event.topic_id, event.account_id))
    about = f"place:{event.topic_id}:{given.turn}"
    topic = session.get_one(Topic, event.topic_id)
    actions.notify(session, News("place", about=about, by=None, topic=topic), [event.account_id])


def tell_of_other_time(session: Session, event: EventRescheduled) -> None:
    """Who comes, may come or waits; of an event that moves all day long, the first few times."""
    topic = session.get_one(Topic, event.topic_id)
    if _moves_today(session, topic) >= MOVES_A_DAY:
        return
    news = News("event_moved", about=f"moved:{topic.id}:{topic.fields_version}", by=event.by_id, topic=topic)
    concerned = select(Attendance.account_id).where(Attendance.topic_id == topic.id, Attendance.answer != "no")
    actions.notify(session, news, concerned)


def _moves_today(session: Session, topic: Topic) -> int:
    told = (
        Notice.topic_id == topic.id,
        Notice.kind == "event_moved",
        Notice.created_at > clock.now() - timedelta(days=1),
    )
    return session.scalar(select(func.count(Notice.about.distinct())).where(*told)) or 0


def tell_of_closed_poll(session: Session, event: PollClosed) -> None:
    """Who asked. Those who voted are not written down a second time: a poll may be anonymous."""
    post = _post(session, event.post_id)
    if post.author_id is not None:
        news = News("poll_closed", about=f"poll:{event.poll_id}", by=event.by_id, post=post)
        actions.notify(session, news, [post.author_id])


def tell_of_refusal(session: Session, event: ScheduledTopicRefused) -> None:
    """Its author, with the reason."""
    row = session.get_one(ScheduledTopic, event.scheduled_id)
    about = f"scheduled:{row.id}:{row.publish_at:%Y%m%d%H%M}"
    told = f"{row.title} · {row.refusal}"
    url = "/drafts" if event.is_draft else "/scheduled"
    news = News("unpublished", about=about, by=None, title=told[:255], url=url)
    actions.notify(session, news, [row.author_id])


def _post(session: Session, post_id: int, *, with_board: bool = False) -> Post:
    topic = joinedload(Post.topic)
    loaded = topic.joinedload(Topic.board) if with_board else topic
    return session.scalars(select(Post).options(loaded).where(Post.id == post_id)).one()
