"""Who may sign up: the gate."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField

from forum import identity
from forum.accounts import actions, admission
from forum.accounts.gates import Rules
from forum.admin.views.gate import DONE, change, guard
from forum.core.db import reading
from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.web.pages import render, see_other
from forum.core.words import gettext as _
from forum.groups.drafts import mail_domains

blueprint = Blueprint("admin_joining", __name__, url_prefix="/admin/joining")
blueprint.before_request(guard)


SPELL = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "maxlength": 1000}


class GateForm(FlaskForm):
    """Who may sign up."""

    mode = RadioField(
        _l("Who may join"),
        choices=[
            ("open", _l("Everybody, once their address is confirmed")),
            ("approval", _l("Everybody, once somebody here has said yes")),
            ("invitation", _l("Those who were invited")),
        ],
    )
    inviters = SelectField(
        _l("Who may invite"),
        description=_l("An invitation is a link that ends by itself; the settings say when. Who invited whom is kept."),
        choices=[
            ("administrators", _l("Administrators")),
            ("regulars", _l("Regulars, too")),
            ("members", _l("Every member but newcomers")),
        ],
    )
    allowed_domains = StringField(
        _l("Only these mail domains"),
        description=_l("Such as example.org; empty: all. Who is invited may have another."),
        render_kw=SPELL,
    )
    question = StringField(
        _l("A question of your own"),
        description=_l("Something that your people know and programs do not. Empty: none."),
        render_kw={"maxlength": 200},
    )
    answers = StringField(
        _l("Its answers"),
        description=_l("Separated by commas; capitals do not matter. Empty: any answer will do."),
        render_kw={"maxlength": 500},
    )

    def draft(self) -> Rules:
        return Rules(
            self.mode.data or "",
            _domains(self.allowed_domains.data or "", "allowed_domains"),
            one_line(self.question.data or ""),
            tuple(one_line(one) for one in (self.answers.data or "").split(",") if one.strip())[:20],
        )

    @staticmethod
    def filled(rules: Rules, inviters: str) -> dict[str, str]:
        """The values with which the form shows the gate."""
        return {
            "mode": rules.mode,
            "inviters": inviters,
            "allowed_domains": ", ".join(rules.allowed_domains),
            "question": rules.question,
            "answers": ", ".join(rules.answers),
        }


def _domains(text: str, field: str) -> Sequence[str]:
    try:
        return mail_domains(text)
    except Invalid as error:
        raise Invalid(error.sentence, field) from None


@blueprint.get("")
def gate() -> Response:
    return _page()


@blueprint.post("")
def set_gate() -> Response:
    form = GateForm()

    def verb(session: Session, rules: Rules) -> None:
        actions.set_gate(session, identity.actor(), admission.gate(session), rules, form.inviters.data or "")

    status = change(form, form.draft, verb)
    if status == DONE:
        flash(_("Saved."), "success")
        return see_other(url_for("admin_joining.gate"))
    return _page(form, status)


def _page(form: GateForm | None = None, status: int = 200) -> Response:
    row = admission.gate(reading())
    shown = form or GateForm(formdata=None, data=GateForm.filled(admission.rules(row), row.inviters))
    waiting = len(admission.waiting(reading(), identity.actor()))
    return render("admin/joining.html", status=status, form=shown, waiting=waiting)
