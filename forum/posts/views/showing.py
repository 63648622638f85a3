"""The page of a topic, whole or in part: reading it, and what answers when somebody did something on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from flask import Response, request
from sqlalchemy.orm import Session

from forum import identity
from forum.backstage import queries as backstage
from forum.boards import kinds
from forum.bookmarks import queries as bookmarks
from forum.core import clock
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.web.afterwards import afterwards
from forum.core.web.pages import render, wants_fragment
from forum.core.web.running import settings
from forum.core.web.typed import typed_number
from forum.drafts.forms import Keeping
from forum.gatherings import queries as gatherings
from forum.gatherings.queries import Gathering
from forum.moderation.queries.mending import mendings
from forum.notifications import queries as notices
from forum.organization.queries import rota, saved
from forum.organization.voices import moderates
from forum.organization.windows import EXTENSION
from forum.permissions import Act, Actor, Right, Role, allows
from forum.polls import queries as polls
from forum.posts import actions, queries, wording
from forum.posts.addresses import number_path, topic_path
from forum.posts.forms import ReplyForm
from forum.posts.forms.voices import voices_of
from forum.posts.heat import goes_on_at, pause
from forum.posts.models import Post, Topic
from forum.posts.queries import TopicPage, guarded
from forum.posts.queries.heat import heat_on_page
from forum.posts.queries.situation import turn_ends_at
from forum.posts.quoting import quoted, with_quotation
from forum.posts.structured import as_block, topic_data
from forum.posts.views.asking import asked_number
from forum.posts.views.guarding import strip_for_reply
from forum.posts.views.keeping import ASIDE, draft_at, is_waiting_at, opened_at
from forum.statements import queries as statements


@dataclass(frozen=True)
class Editor:
    """The reply editor as it stands: the form, whom it answers, and what was said to the writer."""

    form: ReplyForm
    answering: Post | None = None
    sentence: str = ""
    ask: str = ""
    confirmed: tuple[str, ...] = ()
    preview: str = ""
    needs_sign_in: bool = False
    keeping: Keeping | None = None
    # A question back is written here; the answer is put aside.
    asks_back: bool = False


def show_topic(page: TopicPage, editor: Editor | None = None, *, status: int = 200, fragment: str = "") -> Response:
    """The page `page`, with the editor as given or as the address asks for it. Moves the member's reading position."""
    actor = identity.actor()
    topic = page.topic
    if editor is None and (allows(actor, Act.REPLY, topic) or _writes_first(actor, topic)):
        editor = _opened_editor(actor, page)
    answer = render(
        "posts/topic.html",
        fragment=fragment,
        status=status,
        partly=fragment if wants_fragment() else "",
        page=page,
        polls=polls.polls_for(reading(), actor, [view.post for view in page.posts.items if view.is_readable]),
        bound=statements.bound_by(reading(), topic.board, [view.post for view in page.posts.items if view.is_readable]),
        mendings=mendings(reading(), actor, [view.post for view in page.posts.items]),
        gathering=_gathering(actor, page),
        bookmarks=bookmarks.bookmarks_in(reading(), actor, topic.id) if page.has_bookmarks else {},
        topic=topic,
        after=asked_number("after") or 0,
        kind=kinds.kind(topic.board.kind),
        editor=editor,
        strip=strip_for_reply(actor, topic, editor.form) if editor is not None else None,
        behind=backstage.behind(reading(), actor, topic) if not (fragment and wants_fragment()) else None,
        saved_replies=saved.saved_replies(reading(), actor) if editor is not None and editor.form.speaks else (),
        heat=_heat(actor, page, editor),
        is_on_duty=_is_on_duty(actor, topic),
        answers_here=_answers_here(page),
        is_on_it=_is_on_it(topic),
        may_take_turn=_may_take_turn(actor, topic),
        live_topic=topic,
        waits=queries.waiting_in(reading(), actor, topic),
        came_from=asked_number("from") if request.method == "GET" else None,
        moderates=actor.may(Right.MODERATE, topic.board_id),
        pin_choices=None if fragment and wants_fragment() else guarded.pin_choices(reading(), actor, topic),
        choosing="choose" in request.args and allows(actor, Act.SPLIT_TOPIC, topic),
        wording=wording,
        structured=_structured(page) if actor.is_guest else "",
        here=topic_path(topic, page.posts.number),
    )
    return _remembered(answer, actor, page)


@dataclass(frozen=True)
class HeatLine:
    """What stands above the editor where it gets heated: for how long one waits, and until when; None: not now."""

    pause: timedelta
    until: datetime | None


def _heat(actor: Actor, page: TopicPage, editor: Editor | None) -> HeatLine | None:
    if editor is None or actor.is_guest or moderates(actor, page.topic.board_id):
        return None
    heat = heat_on_page(actor, page.topic, [view.post for view in page.posts.items], editor.answering)
    return HeatLine(pause(heat), goes_on_at(heat, clock.now())) if heat.is_heated else None


def _is_on_duty(actor: Actor, topic: Topic) -> bool:
    """Whether the rota says that the reader answers here now."""
    if not allows(actor, Act.SAY_SEEN, topic) or topic.org_seen_at is not None:
        return False
    return rota.is_on_duty(reading(), actor, Role.RESPONDER, topic.board_id, clock.now())


def _is_on_it(topic: Topic) -> bool:
    """Whether a member is: they said so in the last hours, and nobody has answered since."""
    taken = topic.taken_at
    return taken is not None and clock.now() - taken < EXTENSION and not (topic.is_solved or topic.peer_reply_count)


def _may_take_turn(actor: Actor, topic: Topic) -> bool:
    """Whether the reader could say so: somebody waits for a member just now."""
    nobody = topic.taken_at is None and not topic.peer_reply_count and topic.waived_at is None
    if actor.is_guest or not nobody or not allows(actor, Act.TAKE_TURN, topic):
        return False
    return turn_ends_at(reading(), topic, actor, clock.now()) is not None


def _structured(page: TopicPage) -> str:
    """What the page says to search engines, which come as guests."""
    posts = [view.post for view in page.posts.items if view.is_readable]
    answer = page.answer.post if page.answer and page.answer.is_readable else None
    is_question = kinds.kind(page.topic.board.kind).outcome is kinds.Outcome.ANSWER
    data = topic_data(page.topic, posts, answer, is_question=is_question, base=settings().base_url.rstrip("/"))
    return as_block(data) if data else ""


def show_post(post: Post, *, fragment: str = "article") -> Response:
    """One post as its page shows it, or its foot: what answers htmx."""
    actor = identity.actor()
    view = queries.post_view(reading(), actor, post)
    return render(
        "posts/post.html",
        fragment=fragment,
        view=view,
        polls=polls.polls_for(reading(), actor, [post]) if fragment == "article" else {},
        bound=statements.bound_by(reading(), post.topic.board, [post]) if fragment == "article" else {},
        mendings=mendings(reading(), actor, [post]) if fragment == "article" else {},
        bookmarks={} if actor.is_guest else bookmarks.bookmarks_in(reading(), actor, post.topic_id),
        topic=post.topic,
        kind=kinds.kind(post.topic.board.kind),
        answers_here={},
        came_from=None,
        moderates=actor.may(Right.MODERATE, post.board_id),
        wording=wording,
        here=number_path(post.topic, post.number).partition("#")[0],
    )


def _writes_first(actor: Actor, topic: Topic) -> bool:
    """Whether a guest wants to write now and join afterwards."""
    if not allows(actor, Act.ANSWER_FIRST, topic):
        return False
    return "write" in request.args or is_waiting_at("reply", topic.id)


def _gathering(actor: Actor, page: TopicPage) -> Gathering | None:
    """Who comes, where the opening post of an event is on the page."""
    is_event = page.topic.board.kind == "event" and page.topic.starts_at is not None
    return gatherings.gathering(reading(), actor, page.topic) if is_event and page.posts.number == 1 else None


def _opened_editor(actor: Actor, page: TopicPage) -> Editor:
    """An empty editor, or one with its draft, a quotation (`?quote=`), or one that answers a post (`?reply_to=`)."""
    aside = draft_at(ASIDE, page.topic.id) if ASIDE in request.args and actor.belonging is not None else None
    keeping, filled = opened_at(ASIDE if aside else "reply", page.topic.id, aside or page.draft)
    form = ReplyForm(formdata=filled, voices=voices_of(actor, page.topic.board_id))
    quote, answered = asked_number("quote"), asked_number("reply_to")
    answering = _post_of(actor, page, quote or answered)
    if answering is not None:
        form.reply_to.data = str(answering.id)
        if quote:
            form.body.data = with_quotation(form.body.data or "", quoted(answering))
    elif form.reply_to.data:
        answering = _post_of(actor, page, typed_number(form.reply_to.data))
    return Editor(form, answering, keeping=keeping)


def _post_of(actor: Actor, page: TopicPage, post_id: int | None) -> Post | None:
    """The post of this topic that is answered, if it can be read."""
    if post_id is None:
        return None
    here = next((view.post for view in page.posts.items if view.post.id == post_id and view.is_readable), None)
    if here is not None:
        return here
    try:
        found = queries.post(reading(), actor, post_id)
    except NotFound:
        return None
    return found if found.topic_id == page.topic.id else None


def _answers_here(page: TopicPage) -> dict[int, list[Post]]:
    """Number → the posts on this page that answer it: ways back for who jumped up."""
    answers: dict[int, list[Post]] = {}
    for view in page.posts.items:
        if view.answers is not None and view.state == "shown":
            answers.setdefault(view.answers[0], []).append(view.post)
    return answers


def _remembered(answer: Response, actor: Actor, page: TopicPage) -> Response:
    moved = page.moves_on
    if actor.is_guest or not (moved or actor.unread_notices):
        return answer
    topic_id, number = page.topic.id, page.last_number
    work = partial(_mark_read, actor=actor, topic_id=topic_id, number=number)
    waiting = partial(notices.has_unread_in, actor=actor, topic_id=topic_id, number=number)
    return afterwards(answer, work, only_if=None if moved else waiting)


def _mark_read(session: Session, actor: Actor, topic_id: int, number: int) -> None:
    topic = session.get(Topic, topic_id)
    if topic is not None:
        actions.mark_read(session, actor, topic, number)
