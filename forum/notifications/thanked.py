"""Thanks, as one notice a member and day: who comes later is named in it, quietly."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forum.notifications import actions
from forum.notifications.drafts import News
from forum.recognition import queries
from forum.recognition.events import ThanksGathered

_PLACE = "/settings/thanks"
_LONGEST = 255


def tell_of_thanks(session: Session, event: ThanksGathered) -> None:
    """The member, of the first; then the notice names them all. Where nobody is left, it is seen."""
    letter = queries.letter(session, event.message_id)
    about, names = f"thanks:{event.message_id}", letter.names
    if not names:
        actions.withdraw(session, about=about)
        return
    title = ", ".join(names)[:_LONGEST]
    if not actions.retell(session, about, title=title, people=len(names)):
        news = News("thanks", about=about, by=None, title=title, url=_PLACE, people=len(names))
        actions.notify(session, news, [letter.message.account_id])
