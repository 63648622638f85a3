"""Groups: the list, making and describing them, and who is in them."""

from __future__ import annotations

from flask import Blueprint, flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import actions
from forum.accounts import queries as accounts
from forum.accounts.actions.grouping import fingerprint
from forum.accounts.drafts import GroupDraft
from forum.accounts.models import GroupRow
from forum.admin import queries
from forum.admin.forms import GroupForm, GroupRulesForm, MemberForm
from forum.admin.views.gate import DONE, ID, change, differences, guard, press
from forum.core.db import reading
from forum.core.errors import Invalid
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.groups import actions as groups
from forum.groups.drafts import Rules
from forum.permissions import Group

blueprint = Blueprint("admin_groups", __name__, url_prefix="/admin/groups")
blueprint.before_request(guard)


@blueprint.get("")
def index() -> Response:
    return _index(GroupForm(formdata=None))


@blueprint.post("")
def create() -> Response:
    form = GroupForm()
    status = change(form, form.draft, lambda session, draft: actions.create_group(session, identity.actor(), draft))
    return see_other(url_for("admin_groups.index")) if status == DONE else _index(form, status)


@blueprint.get(f"/<{ID}:group_id>")
def group(group_id: int) -> Response:
    return _page(group_id)


@blueprint.post(f"/<{ID}:group_id>")
def edit(group_id: int) -> Response:
    form = GroupForm()

    def verb(session: Session, draft: GroupDraft) -> None:
        found = queries.group(session, identity.actor(), group_id)
        actions.edit_group(session, identity.actor(), found, draft, form.seen.data or "")

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("Saved."), "success")
        return see_other(url_for("admin_groups.group", group_id=group_id))
    return _page(group_id, form=form, status=status)


@blueprint.post(f"/<{ID}:group_id>/rules")
def set_rules(group_id: int) -> Response:
    form = GroupRulesForm()

    def verb(session: Session, rules: Rules) -> None:
        groups.set_rules(session, identity.actor(), queries.group(session, identity.actor(), group_id), rules)

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("Saved."), "success")
        return see_other(url_for("admin_groups.group", group_id=group_id))
    return _page(group_id, rules=form, status=status)


@blueprint.post(f"/<{ID}:group_id>/delete")
def delete(group_id: int) -> Response:
    def verb(session: Session) -> str:
        found = queries.group(session, identity.actor(), group_id)
        actions.delete_group(session, identity.actor(), found)
        return _("The group “%(name)s” is gone. Its people are still here.", name=found.name)

    return press(verb, url_for("admin_groups.group", group_id=group_id), url_for("admin_groups.index"))


@blueprint.post(f"/<{ID}:group_id>/members")
def add(group_id: int) -> Response:
    form = MemberForm()

    def verb(session: Session, login: str) -> None:
        account = accounts.by_login(session, login) if login else None
        if account is None:
            raise Invalid(_("There is nobody here by this name or address."), "name")
        found = queries.group(session, identity.actor(), group_id)
        actions.add_to_group(session, identity.actor(), found, account)
        flash(_("“%(name)s” is in the group.", name=account.name), "success")

    status = change(form, form.draft, verb)
    return (
        see_other(url_for("admin_groups.group", group_id=group_id))
        if status == DONE
        else _page(group_id, adding=form, status=status)
    )


@blueprint.get(f"/<{ID}:group_id>/members/<{ID}:account_id>/remove")
def ask(group_id: int, account_id: int) -> Response:
    """Whether it is meant: what somebody could do as one of it, they can do no longer."""
    session, actor = reading(), identity.actor()
    found, person = queries.group(session, actor, group_id), queries.person(session, actor, account_id)
    return render("admin/group_remove.html", group=found, person=person)


@blueprint.post(f"/<{ID}:group_id>/members/<{ID}:account_id>/remove")
def remove(group_id: int, account_id: int) -> Response:
    def verb(session: Session) -> str:
        actor = identity.actor()
        account = queries.person(session, actor, account_id)
        actions.remove_from_group(session, actor, queries.group(session, actor, group_id), account)
        return _("“%(name)s” is not in the group any more.", name=account.name)

    return press(verb, url_for("admin_groups.group", group_id=group_id))


def _index(form: GroupForm, status: int = 200) -> Response:
    groups = queries.groups(reading(), identity.actor())
    return render("admin/groups.html", status=status, groups=groups, form=form)


def _filled(found: GroupRow) -> GroupForm:
    draft = GroupDraft(found.name, found.description)
    data = {"name": draft.name, "description": draft.description, "seen": fingerprint(draft)}
    return GroupForm(formdata=None, data=data)


def _filled_rules(found: GroupRow) -> GroupRulesForm:
    names = ("joining", "seen_by", "members_seen_by", "mentioned_by", "written_to_by", "auto_role")
    data = {name: getattr(found, name) for name in names} | {"auto_domains": ", ".join(found.auto_domains)}
    return GroupRulesForm(formdata=None, data=data)


def _page(
    group_id: int,
    *,
    form: GroupForm | None = None,
    adding: MemberForm | None = None,
    rules: GroupRulesForm | None = None,
    status: int = 200,
) -> Response:
    found = queries.group(reading(), identity.actor(), group_id)
    stored = _filled(found)
    changed = differences(form, stored) if form is not None and status == 409 else []
    if form is not None and status == 409:
        form.seen.data = stored.seen.data
    return render(
        "admin/group.html",
        status=status,
        group=found,
        form=form or stored,
        adding=adding or MemberForm(formdata=None),
        rules=rules or _filled_rules(found),
        asks_first=found.id in (Group.MODERATORS, Group.ADMINISTRATORS),
        members=queries.members_of(reading(), identity.actor(), found),
        is_implied=queries.is_implied(found),
        changed=changed,
    )
