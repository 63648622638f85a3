"""Writing in a conversation, and changing what one wrote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from forum.accounts.ignoring import OFFICE, ignores
from forum.accounts.models import Account, GroupMember
from forum.conversations.drafts import MessageDraft
from forum.conversations.events import MessageEdited, MessageSent
from forum.conversations.limits import DAY, SenderFacts, check_sending
from forum.conversations.models import Conversation, Message, Seat
from forum.conversations.queries import visible
from forum.conversations.queries.finding import Seen
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.core.errors import Invalid
from forum.core.events import emit
from forum.core.words import gettext as _
from forum.permissions import Act, Actor, Trust, allows, require
from forum.posts import queries as posts
from forum.posts.actions.publishing import limits_of
from forum.posts.drafts import Written
from forum.posts.limits import AskFirst, check_newcomer_words
from forum.uploads import actions as uploads
from forum.uploads.addresses import tokens_in


def send(session: Session, actor: Actor, seen: Seen, draft: MessageDraft) -> Message:
    """Add a message (the conversation locked for update). May raise AskFirst; the same `once` sends once."""
    require(actor, Act.WRITE_MESSAGE, seen)
    if (before := already_sent(session, actor, draft.once)) is not None:
        return before
    _ask_whether_read(session, actor, seen, draft)
    if seen.kind == "private" and not _has_listener(session, actor, seen.conversation):
        raise Invalid(_("Everybody else has left this conversation: nobody would read it."), "body")
    check_words(session, actor, draft)
    return write(session, actor, seen.conversation, draft)


def already_sent(session: Session, actor: Actor, once: str) -> Message | None:
    """The message that this very form sent before."""
    if not once:
        return None
    return session.scalars(select(Message).where(Message.author_id == actor.account_id, Message.once == once)).first()


def check_words(session: Session, actor: Actor, draft: MessageDraft) -> None:
    """Limits of time and of what newcomers may put into a text; raises TooSoon or Invalid."""
    now = clock.now()
    check_sending(sender_facts(session, actor, now), draft.body.source, now)
    if actor.trust is Trust.NEWCOMER:
        check_newcomer_words(draft.body.source, draft.body.rendered.html, limits_of(session))


def sender_facts(session: Session, actor: Actor, now: datetime) -> SenderFacts:
    """What the limits need to know, in two short indexed reads."""
    last = session.execute(
        select(Message.created_at, Message.source)
        .where(Message.author_id == actor.account_id, Message.action == "")
        .order_by(Message.created_at.desc())
        .limit(1)
    ).first()
    started = session.scalar(
        select(func.count()).where(
            Conversation.started_by_id == actor.account_id,
            Conversation.created_at > now - DAY,
            Conversation.kind != "moderators",
        )
    )
    return SenderFacts(
        is_newcomer=actor.trust is Trust.NEWCOMER,
        started_today=started or 0,
        last_at=last.created_at if last else None,
        last_source=last.source if last else "",
    )


def write(session: Session, actor: Actor, about: Conversation, draft: MessageDraft) -> Message:
    """The row, who has it unread, and the announcement. For verbs that have asked."""
    message = add(session, actor, about, draft.body, once=draft.once)
    _use_uploads(session, actor, message)
    seat_reader(session, about.id, actor, message.number)
    _bring_back(session, about, message)
    emit(session, MessageSent(message.id, about.id))
    return message


def _use_uploads(session: Session, actor: Actor, message: Message) -> None:
    """Whoever may read the message may see the pictures and files in it: the actor's own, what stands in posts, and
    what was shown in this very conversation. Nothing comes here out of another one by its address."""
    tokens = tokens_in(message.html)
    if tokens and allows(actor, Act.UPLOAD):
        here = visible.readable(actor, message.conversation_id)
        uploads.use(session, actor, "message", message.id, tokens, {"post": posts.readable(actor), "message": here})


def add(
    session: Session,
    actor: Actor,
    about: Conversation,
    body: Written | None,
    *,
    once: str = "",
    action: str = "",
    about_id: int | None = None,
) -> Message:
    """The next message of a conversation, or a note of who came and went."""
    now = clock.now()
    about.last_number += 1
    about.last_message_at = now
    message = Message(
        conversation_id=about.id,
        number=about.last_number,
        author_id=actor.account_id,
        created_at=now,
        action=action,
        about_id=about_id,
        source=body.source if body else "",
        html=body.rendered.html if body else "",
        plain=body.rendered.plain if body else "",
        renderer_version=body.rendered.version if body else 0,
        once=once or None,
    )
    session.add(message)
    session.flush()
    return message


def seat_reader(session: Session, conversation_id: int, actor: Actor, number: int) -> None:
    """Remember how far somebody has read, never backwards; makes the row of who sees it without a seat by name."""
    row = {
        "conversation_id": conversation_id,
        "account_id": actor.account_id,
        "takes_part": False,
        "since": clock.now(),
        "sees_after": 0,
        "last_read": number,
    }
    upsert(session, Seat.__table__, [row], key=["conversation_id", "account_id"])  # type: ignore[arg-type]
    session.execute(
        update(Seat)
        .where(Seat.conversation_id == conversation_id, Seat.account_id == actor.account_id, Seat.last_read < number)
        .values(last_read=number)
    )


def _bring_back(session: Session, about: Conversation, message: Message) -> None:
    """What was put away comes back, and who takes part has something new; not for who ignores its author."""
    now = clock.now()
    theirs = exists().where(Account.id == Seat.account_id, ignores(message.author_id, now))
    session.execute(
        update(Seat)
        .where(Seat.conversation_id == about.id, Seat.archived_at.is_not(None), ~theirs)
        .values(archived_at=None)
        .execution_options(synchronize_session=False)
    )
    told = select(Seat.account_id).where(
        Seat.conversation_id == about.id, Seat.takes_part, Seat.left_at.is_(None), Seat.muted_at.is_(None)
    )
    session.execute(
        update(Account)
        .where(Account.id.in_(told), Account.id != (message.author_id or 0), ~ignores(message.author_id, now))
        .values(new_message_at=now)
        .execution_options(synchronize_session=False)
    )


def _ask_whether_read(session: Session, actor: Actor, seen: Seen, draft: MessageDraft) -> None:
    """Somebody wrote while this was being written: the writer should know before it goes out."""
    if not draft.seen or "newer" in draft.confirmed:
        return
    moderates = exists().where(
        GroupMember.account_id == Account.id,
        GroupMember.group_id.in_(OFFICE),
    )
    newer = session.execute(
        select(Account, moderates)
        .join(Message, Message.author_id == Account.id)
        .where(
            Message.conversation_id == seen.conversation.id,
            Message.number > draft.seen,
            Message.action == "",
            Account.id != actor.account_id,
        )
        .order_by(Message.number.desc())
        .limit(1)
    ).first()
    if newer is None:
        return
    person, is_moderator = newer
    if seen.kind == "moderators" and is_moderator and actor.is_moderator:
        raise AskFirst(
            "newer",
            _("%(name)s, a moderator, wrote while you were writing. Is it still needed?", name=person.shown_name),
        )
    raise AskFirst(
        "newer", _("%(name)s wrote while you were writing. Does your text still fit?", name=person.shown_name)
    )


def _has_listener(session: Session, actor: Actor, about: Conversation) -> bool:
    others = select(Seat.account_id).where(
        Seat.conversation_id == about.id,
        Seat.takes_part,
        Seat.left_at.is_(None),
        Seat.account_id != actor.account_id,
    )
    return session.scalar(others.limit(1)) is not None


def edit_message(session: Session, actor: Actor, message: Message, seen: Seen, body: Written) -> None:
    """Say it otherwise, within a day."""
    require(actor, Act.WRITE_MESSAGE, seen)
    require(actor, Act.EDIT_MESSAGE, message)
    if message.source == body.source:
        return
    message.source, message.html, message.plain = body.source, body.rendered.html, body.rendered.plain
    message.renderer_version, message.edited_at = body.rendered.version, clock.now()
    session.flush()
    _use_uploads(session, actor, message)
    emit(session, MessageEdited(message.id))
