"""What the journeys share: entering without the form, and a small place to walk in."""

from __future__ import annotations

from forum.accounts.models import Account
from tests import cast
from tests.machines.databases import writing


def enter(app, page, live, name, make=cast.member, **given):
    """Sign the person in front of `page` in as `name`, who is made if need be."""
    visitor = app.test_client()
    with writing(app) as session:
        found = session.query(Account).filter_by(name=name).first() or make(session, name, **given)
        cast.sign_in(visitor, session, found)
    (cookie,) = visitor._cookies.values()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live}])


def place(app):
    """A section with a board of each kind and two tags."""
    from forum.boards import kinds

    with writing(app) as session:
        workshop = cast.section(session, "Workshop")
        for key in kinds.KEYS:
            guidance = f"<p>Guidance of {key}.</p>"
            cast.board(
                session,
                key,
                kind=key,
                name=key.title(),
                section_id=workshop.id,
                guidance_html=guidance,
                description=f"About {key}.",
            )
        cast.tag(session, "gut")
        cast.tag(session, "rosin")
