"""The forms of thanks and recognition. What may stand in them is said by `words.py` and the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from forum.core.web.forms import Form, row_id
from forum.core.words import gettext as _
from forum.recognition.models import Award
from forum.recognition.words import LONGEST, LONGEST_AWARD, LONGEST_NOTE, LONGEST_REASON, LONGEST_SENTENCE


class RecognizeForm(Form):
    """What a post did for somebody."""

    words = TextAreaField(
        _l("What it did for somebody"),
        description=_l("In your own words: what happened because of it, and for whom. They read it."),
        render_kw={"rows": 4, "maxlength": LONGEST, "class": "input"},
    )
    award = SelectField(_l("Award"), coerce=row_id, validate_choice=False)

    def __init__(self, *args: Any, awards: Sequence[Award], **given: Any) -> None:
        super().__init__(*args, **given)
        self.award.choices = [(0, _("None")), *((one.id, f"{one.name}: {one.sentence}") for one in awards)]


class ThankForm(Form):
    """A private line to whoever wrote a post."""

    note = TextAreaField(
        _l("Your note"),
        description=_l("Only they read it. Below the post stands a reaction, as everybody’s."),
        render_kw={"rows": 3, "maxlength": LONGEST_NOTE, "class": "input"},
    )


class TakeBackForm(Form):
    """Why a recognition does not hold."""

    reason = StringField(_l("Why"), render_kw={"maxlength": LONGEST_REASON})


class AwardForm(Form):
    """Another award."""

    name = StringField(_l("Name of the award"), render_kw={"maxlength": LONGEST_AWARD})
    sentence = StringField(
        _l("For what it is given"),
        description=_l("One sentence. Nobody earns it by counting."),
        render_kw={"maxlength": LONGEST_SENTENCE},
    )
