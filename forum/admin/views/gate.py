"""What every page of the administration shares: who is let in, and how a form's change is made or handed back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import flash
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField

from forum import identity
from forum.core.db import transaction
from forum.core.errors import Conflict, Invalid, InvalidFields
from forum.core.web.pages import see_other
from forum.core.words import gettext as _
from forum.permissions import Act, require

DONE = 303
# A number in an address that no database takes for an id is an address that leads nowhere.
ID = "int(max=2147483647)"

Draft = TypeVar("Draft")


def guard() -> None:
    """Before anything else, on every address of the administration."""
    require(identity.actor(), Act.ADMINISTER)


def change(form: FlaskForm, draft: Callable[[], Draft], verb: Callable[[Session, Draft], object]) -> int:
    """DONE when `verb` took the draft, in a transaction of its own; else the status with which to show the form again.

    `draft` is made first: it may render. What is wrong stands beside the fields then, and nothing typed is lost.
    """
    if not form.validate_on_submit():
        return 422
    try:
        drafted = draft()
        with transaction() as session:
            verb(session, drafted)
    except (Invalid, Conflict) as error:
        _blame(form, error)
        return error.status
    return DONE


def press(verb: Callable[[Session], str], here: str, then: str = "") -> Response:
    """One button, one change. `verb` says what happened, told at `then`; a refusal is told `here`, by the button."""
    try:
        with transaction() as session:
            said = verb(session)
    except (Invalid, Conflict) as error:
        flash(error.sentence, "error")
        return see_other(here)
    flash(said, "success")
    return see_other(then or here)


def differences(form: FlaskForm, stored: FlaskForm) -> list[tuple[str, str]]:
    """What stands there now, where it is not what was typed: label and value of each field."""
    return [
        (str(field.label.text), _shown(stored[field.name]))
        for field in form
        if not isinstance(field, HiddenField) and field.name in stored and field.data != stored[field.name].data
    ]


def _shown(field: Field) -> str:
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else _("No")
    if isinstance(field, SelectMultipleField):
        return ", ".join(str(label) for value, label in _options(field) if value in (field.data or ())) or "–"
    if isinstance(field, SelectField):
        return next((str(label) for value, label in _options(field) if value == field.data), str(field.data))
    return str(field.data or "–")


def _options(field: SelectField) -> list[tuple[str, str]]:
    groups = field.choices.values() if isinstance(field.choices, dict) else [field.choices or []]
    return [(option[0], option[1]) for group in groups for option in group]


def _blame(form: FlaskForm, error: Invalid | Conflict) -> None:
    said = error.fields if isinstance(error, InvalidFields) else {getattr(error, "field", None) or "": error.sentence}
    for name, sentence in said.items():
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)
