"""What groups and private conversations announce, told to those who are in them and to nobody else."""

from __future__ import annotations

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from forum.accounts.events import GroupJoined, IgnoringChanged, SignUpWaiting, SignUpWaitsLong
from forum.accounts.ignoring import OFFICE
from forum.accounts.models import Account, GroupMember, GroupRow
from forum.conversations import queries as conversations
from forum.conversations.events import ConversationRead, InvitedToConversation, MessageReported, MessageSent
from forum.conversations.models import Conversation, Message, MessageReport
from forum.core import clock
from forum.core.words import gettext as _
from forum.groups.events import InvitedToGroup, MembershipAsked, MembershipDecided
from forum.groups.models import GroupRequest
from forum.notifications import actions
from forum.notifications.drafts import News, today
from forum.notifications.models import Notice
from forum.permissions import Group

_DESK = "/moderation?kind=sign_up"


def tell_of_message(session: Session, event: MessageSent) -> None:
    """Those who take part; several of one conversation stand as one line until it is read."""
    message = session.get_one(Message, event.message_id)
    about = session.get_one(Conversation, event.conversation_id)
    news = News(
        "message",
        about=f"message:{message.id}",
        by=message.author_id,
        subject=f"conversation:{about.id}",
        title=about.title or _("Conversation"),
        url=f"/conversations/{about.id}",
        fold=f"conversation:{about.id}",
    )
    actions.notify(session, news, conversations.recipients(session, message.id))


def tell_brought_in(session: Session, event: InvitedToConversation) -> None:
    """Whom somebody brought in."""
    about = session.get_one(Conversation, event.conversation_id)
    news = News(
        "conversation",
        about=f"brought-in:{about.id}:{today()}",
        by=event.by_id,
        subject=f"conversation:{about.id}",
        title=about.title or _("Conversation"),
        url=f"/conversations/{about.id}",
    )
    actions.notify(session, news, [event.account_id])


def see_conversation(session: Session, event: ConversationRead) -> None:
    """Whoever read it needs no bell for it."""
    session.execute(
        update(Notice)
        .where(
            Notice.recipient_id == event.account_id,
            Notice.subject == f"conversation:{event.conversation_id}",
            Notice.read_at.is_(None),
        )
        .values(read_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def stop_ringing(session: Session, event: IgnoringChanged) -> None:
    """Whoever ignores somebody from now on is not waited for by what that person did."""
    actions.see_ignored(session, event.account_id)


def tell_of_report(session: Session, event: MessageReported) -> None:
    """All moderators but who is concerned; not a word of the message."""
    report = session.get_one(MessageReport, event.report_id)
    author = session.scalar(select(Message.author_id).where(Message.id == event.message_id))
    office = _office().where(GroupMember.account_id != (author or 0))
    news = News(
        "message_report",
        about=f"message-report:{report.id}",
        by=report.reporter_id,
        title=_("Reported messages"),
        url="/moderation?kind=message",
    )
    actions.notify(session, news, office)


def tell_owners(session: Session, event: MembershipAsked) -> None:
    """Those who decide for the group; where nobody does, administrators."""
    owners = select(GroupMember.account_id).where(GroupMember.group_id == event.group_id, GroupMember.is_owner)
    ids = list(session.scalars(owners)) or list(session.scalars(_office()))
    about = f"group_request:{event.group_id}:{event.account_id}:{today()}"
    actions.notify(session, _of_group(session, "group_request", event, about, by=event.account_id), ids)


def tell_invited(session: Session, event: InvitedToGroup) -> None:
    """Who is invited."""
    request = session.get_one(GroupRequest, event.request_id)
    about = f"group_invitation:{event.group_id}:{today()}"
    actions.notify(session, _of_group(session, "group_invitation", event, about, by=request.by_id), [event.account_id])


def tell_decision(session: Session, event: MembershipDecided) -> None:
    """Who asked: the reason stands in the notice."""
    request = session.get_one(GroupRequest, event.request_id)
    about = f"group_decision:{event.request_id}"
    news = _of_group(session, "group_decision", event, about, by=request.decided_by_id)
    actions.notify(session, news, [event.account_id])


def tell_entrusted(session: Session, event: GroupJoined) -> None:
    """Who is one of those that look after the place from now on; of each such group once."""
    if event.group_id not in (Group.STAFF, *OFFICE):
        return
    group = session.get_one(GroupRow, event.group_id)
    news = News(
        "entrusted",
        about=f"entrusted:{group.id}",
        by=None,
        subject=f"group:{group.id}",
        title=group.name,
        url=f"/groups/{group.slug}",
    )
    actions.notify(session, news, [event.account_id])


def tell_of_waiting(session: Session, event: SignUpWaiting | SignUpWaitsLong) -> None:
    """Those who can let them in: when they ask, and again when nobody has answered for long."""
    name = session.scalar(select(Account.name).where(Account.id == event.account_id)) or ""
    if isinstance(event, SignUpWaiting):
        news = News(
            "sign_up", about=f"sign-up-asked:{event.account_id}", by=None, fold="sign-ups", title=name, url=_DESK
        )
    else:
        news = News("sign_up_waits", about=f"sign-up:{event.account_id}", by=None, title=name, url=_DESK)
    actions.notify(session, news, _office())


def _office() -> Select[int]:
    return select(GroupMember.account_id).where(GroupMember.group_id.in_(OFFICE))


def _of_group(
    session: Session,
    kind: str,
    event: MembershipAsked | InvitedToGroup | MembershipDecided,
    about: str,
    *,
    by: int | None,
) -> News:
    group = session.get_one(GroupRow, event.group_id)
    return News(
        kind,
        about=about,
        by=by,
        subject=f"group:{group.id}",
        title=group.name,
        url=f"/groups/{group.slug}",
    )
