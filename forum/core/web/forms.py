"""What every form here can do: say a verb's refusal beside the field it is about, with nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from forum.core.db import transaction
from forum.core.errors import Conflict, Invalid, InvalidFields, TooSoon


def row_id(typed: object) -> int:
    """The id that a choice stands for; 0, which nothing has, for what is none or more than a database counts."""
    text = str(typed)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class Form(FlaskForm):
    """A form whose rules stand in the drafts and verbs: it hears them from there."""

    def show(self, error: Invalid) -> None:
        """Put the refusal beside its field; one without a field, or with one not on this form, above the form."""
        wrong = error.fields if isinstance(error, InvalidFields) else {error.field: error.sentence}
        for name, sentence in wrong.items():
            field = self._fields.get(name) if name else None
            if field is None:
                self.form_errors.append(sentence)
            else:
                field.errors = [*field.errors, sentence]


def done(form: Form, verb: Callable[[Session], str]) -> bool:
    """Whether the verb took what the form holds, in a transaction of its own; what it says happened is told on the next
    page. Else its refusal stands in the form, to be shown again."""
    try:
        with transaction() as session:
            said = verb(session)
    except Invalid as error:
        form.show(error)
    except (Conflict, TooSoon) as error:
        form.form_errors.append(error.sentence)
    else:
        flash(said, "success")
        return True
    return False
