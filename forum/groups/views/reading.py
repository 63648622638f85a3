"""Reading about groups."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts.ignoring import OFFICE
from forum.boards import queries as boards
from forum.core.db import reading
from forum.core.errors import NotFound
from forum.core.web.pages import render
from forum.groups import queries
from forum.groups.forms import AskForm, InviteForm
from forum.groups.views import blueprint
from forum.permissions import Act, Group, allows


@blueprint.get("/groups")
def index() -> Response:
    """The groups that one may know of, one's own first."""
    found = queries.groups(reading(), identity.actor())
    return render(
        "groups/index.html",
        mine=[one for one in found if one.is_member],
        others=[one for one in found if not one.is_member],
    )


@blueprint.get("/groups/<slug>")
def group(slug: str) -> Response:
    """A group: what it is, who is in it, and the way in or out."""
    return show(slug)


def show(
    slug: str, *, asking: AskForm | None = None, inviting: InviteForm | None = None, refused: int = 0, status: int = 200
) -> Response:
    """The page of a group, its forms as they were sent. `refused`: the request whose decision lacked a reason."""
    session, actor = reading(), identity.actor()
    found = queries.standing(session, actor, slug)
    typed = request.args.get("page", "1")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
    if page < 1:
        raise NotFound
    sees_members = allows(actor, Act.SEE_GROUP_MEMBERS, found)
    return render(
        "groups/group.html",
        status=status,
        of=found,
        group=found.group,
        members=queries.members(session, actor, found, page),
        sees_members=sees_members,
        owners=[] if sees_members and page == 1 else queries.owners(session, found.id),
        waiting=queries.waiting(session, actor, found),
        asking=asking or AskForm(formdata=None),
        inviting=inviting or InviteForm(formdata=None),
        boards=boards.boards_of_group(session, actor, found.id) if page == 1 else (),
        refused=refused,
        entrusted=Group(found.id).name.lower() if found.is_member and found.id in (Group.STAFF, *OFFICE) else "",
    )
