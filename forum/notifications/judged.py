"""What moderators decide of a member, told to that member alone, suspended or not."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.core import clock
from forum.notifications import actions
from forum.notifications.drafts import News
from forum.notifications.models import Notice
from forum.sanctions.events import SanctionImposed, SanctionLifted, SanctionOver, SanctionRevoked, WarningRead


def tell_sanctioned(session: Session, event: SanctionImposed) -> None:
    """The notice leads to the page that says what, why, until when, and how to object."""
    _tell(session, "sanctioned", _imposed(event.sanction_id), event.sanction_id)


def tell_over(session: Session, event: SanctionOver | SanctionLifted) -> None:
    """They can do again what they could before."""
    _tell(session, "sanction_over", _over(event.sanction_id), event.sanction_id)


def forget_sanction(session: Session, event: SanctionRevoked) -> None:
    """As if it had never been: no notice of it stays. That it was taken back, a mail says."""
    gone = Notice.about.in_([_imposed(event.sanction_id), _over(event.sanction_id)])
    session.execute(delete(Notice).where(gone).execution_options(synchronize_session=False))


def see_warning(session: Session, event: WarningRead) -> None:
    """Whoever read it needs no bell for it."""
    session.execute(
        update(Notice)
        .where(Notice.about == _imposed(event.sanction_id), Notice.read_at.is_(None))
        .values(read_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def _tell(session: Session, kind: str, about: str, sanction_id: int) -> None:
    row = session.get_one(Sanction, sanction_id)
    name = session.get_one(Account, row.account_id).name
    is_new = kind == "sanctioned" and row.ruling_id is not None
    url = f"/decisions/{row.ruling_id}" if is_new else f"/u/{name}/moderation#sanction-{row.id}"
    actions.notify(session, News(kind, about=about, by=None, url=url, to_suspended=True), [row.account_id])


def _imposed(sanction_id: int) -> str:
    return f"sanction:{sanction_id}"


def _over(sanction_id: int) -> str:
    return f"sanction-over:{sanction_id}"
