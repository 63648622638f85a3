"""What a kind of board asks beside title and text, as fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField

from forum.boards.fields import NO, YES, Input
from forum.boards.fields import Field as Asked
from forum.boards.kinds import Kind
from forum.core.words import gettext as _


def controls(kind: Kind) -> dict[str, Any]:
    """The fields of a form, by name."""
    return {"kind": kind, **{field.key: _control(field) for field in kind.fields}}


_TYPES: Mapping[Input, Mapping[str, str]] = {
    Input.DATE: {"type": "date"},
    Input.MOMENT: {"type": "datetime-local"},
    Input.ZONE: {"list": "time-zones", "autocomplete": "off", "spellcheck": "false"},
    Input.PERSON: {"data-complete": "person", "autocomplete": "off", "spellcheck": "false"},
    Input.COUNT: {"inputmode": "numeric", "pattern": "[0-9]*"},
}


def _control(field: Asked) -> Any:
    if field.input is Input.TICK:
        return BooleanField(field.label, description=field.help)
    if field.input is Input.YES_NO:
        answers = [("", _("Choose one")), (YES, field.yes), (NO, field.no)]
        return SelectField(field.label, description=field.help, choices=answers, validate_choice=False)
    given: dict[str, Any] = {"required": True} if field.required else {}
    if field.input is Input.TEXT:
        return TextAreaField(field.label, description=field.help, render_kw={"rows": 3, **given})
    if field.input is Input.LINE:
        given["maxlength"] = field.longest
    return StringField(field.label, description=field.help, render_kw={**_TYPES.get(field.input, {}), **given})


def typed(field: Field) -> str:
    """What somebody typed or ticked, as text."""
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    return field.data or ""
