"""What every form here can do: say a verb's refusal beside the field it is about, with nothing typed lost."""

from __future__ import annotations

from flask_wtf import FlaskForm

from forum.core.errors import Invalid, InvalidFields


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
