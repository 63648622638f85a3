"""Who belongs to which organization and speaks in which role, for those who say so: administrators and hosts."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum import identity
from forum.accounts import queries as accounts
from forum.accounts.models import Account
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, Invalid, NotFound
from forum.core.web.forms import done
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.organization import actions, wording
from forum.organization.forms import AboutForm, AffiliationForm, GrantForm, PartnerForm
from forum.organization.queries import staffing
from forum.organization.views import blueprint

_ID = "int(max=2147483647)"


@blueprint.get("/organization/people")
def people() -> Response:
    """Everybody who belongs to an organization, with their roles."""
    return _page()


@blueprint.post("/organization/people/roles")
def grant() -> Response:
    """Give a role."""
    actor = identity.actor()
    form = GrantForm(boards=staffing.staffing(reading(), actor).boards)

    def verb(session: Session) -> str:
        role = form.wanted()
        if role is None:
            raise Invalid(_("Choose a role."), "role")
        account = _account(session, form.person.data or "", "person")
        actions.grant_role(session, actor, account, role, form.boards.data or (), form.evidence.data or "")
        return _("%(name)s speaks as %(role)s now.", name=account.shown_name, role=wording.role(role))

    return _there() if done(form, verb) else _page(grant_form=form, status=422)


@blueprint.get(f"/organization/people/roles/<{_ID}:grant_id>/end")
def ending(grant_id: int) -> Response:
    """What ending it means, asked once."""
    grant = staffing.grant_for_change(reading(), identity.actor(), grant_id)
    if grant.until is not None:
        raise NotFound
    return render("organization/end_role.html", grant=grant, wording=wording)


@blueprint.post(f"/organization/people/roles/<{_ID}:grant_id>/end")
def end(grant_id: int) -> Response:
    """End a role."""

    def verb(session: Session) -> str:
        actor = identity.actor()
        actions.end_role(session, actor, staffing.grant_for_change(session, actor, grant_id))
        return _("The role has ended. What was written in it keeps its badge.")

    return _pressed(verb)


@blueprint.post("/organization/people/affiliations")
def affiliate() -> Response:
    """Say that somebody belongs to an organization."""
    actor = identity.actor()
    form = AffiliationForm(organizations=staffing.staffing(reading(), actor).organizations)

    def verb(session: Session) -> str:
        account = _account(session, form.name.data or "", "name")
        there = staffing.organization_for_change(session, actor, form.organization.data or 0)
        actions.affiliate(session, actor, account, there, form.kind.data or "")
        return _("%(name)s belongs to %(there)s now.", name=account.shown_name, there=there.name)

    return _there() if done(form, verb) else _page(affiliation_form=form, status=422)


@blueprint.post(f"/organization/people/affiliations/<{_ID}:affiliation_id>/end")
def part(affiliation_id: int) -> Response:
    """Say that they do not any more."""

    def verb(session: Session) -> str:
        actor = identity.actor()
        affiliation = staffing.affiliation_for_change(session, actor, affiliation_id)
        actions.part(session, actor, affiliation, session.get_one(Account, affiliation.account_id))
        return _("That has ended. What was written meanwhile stays the organization’s.")

    return _pressed(verb)


@blueprint.post("/organization/partners")
def add_partner() -> Response:
    """Another organization takes part."""
    form = PartnerForm()

    def verb(session: Session) -> str:
        name = actions.add_partner(session, identity.actor(), form.partner.data or "").name
        return _("%(name)s takes part now. Say next who belongs to it.", name=name)

    return _there() if done(form, verb) else _page(partner_form=form, status=422)


@blueprint.get(f"/organization/people/<{_ID}:organization_id>/about")
def about(organization_id: int) -> Response:
    """The form for what an organization says of itself."""
    found = staffing.organization_for_change(reading(), identity.actor(), organization_id)
    form = AboutForm(formdata=None, data={"about": found.about_source})
    return render("organization/about.html", organization=found, form=form)


@blueprint.post(f"/organization/people/<{_ID}:organization_id>/about")
def describe(organization_id: int) -> Response:
    """Say it anew."""
    actor, form = identity.actor(), AboutForm()
    found = staffing.organization_for_change(reading(), actor, organization_id)
    draft = form.draft()

    def verb(session: Session) -> str:
        there = staffing.organization_for_change(session, actor, organization_id)
        actions.describe_organization(session, actor, there, draft)
        return _("Saved.")

    if not done(form, verb):
        return render("organization/about.html", status=422, organization=found, form=form)
    to = url_for("organization.host") if found.is_host else url_for("organization.partner", slug=found.slug)
    return see_other(to)


def _account(session: Session, name: str, field: str) -> Account:
    """By name alone: whose address is whose is not for hosts to find out."""
    found = accounts.by_name(session, name.strip().removeprefix("@"))
    if found is None or found.deactivated_at is not None:
        raise Invalid(_("There is nobody of this name."), field)
    return found


def _there() -> Response:
    return see_other(url_for("organization.people"))


def _pressed(verb: Callable[[Session], str]) -> Response:
    try:
        with transaction() as session:
            flash(verb(session), "success")
    except (Invalid, Conflict) as error:
        flash(error.sentence, "error")
    return _there()


def _page(
    *,
    grant_form: GrantForm | None = None,
    affiliation_form: AffiliationForm | None = None,
    partner_form: PartnerForm | None = None,
    status: int = 200,
) -> Response:
    found = staffing.staffing(reading(), identity.actor())
    return render(
        "organization/people.html",
        status=status,
        staffing=found,
        grant_form=grant_form or GrantForm(formdata=None, boards=found.boards),
        affiliation_form=affiliation_form or AffiliationForm(formdata=None, organizations=found.organizations),
        partner_form=partner_form or PartnerForm(formdata=None),
        wording=wording,
    )
