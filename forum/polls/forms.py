"""The form of a poll: a part of the forms that publish, and by itself for editing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField

from forum.core import clock
from forum.core.errors import Invalid, InvalidFields
from forum.core.moments import typed_instant
from forum.core.web.forms import Form
from forum.core.web.times import reader_zone
from forum.core.words import gettext as _
from forum.polls import ballots
from forum.polls.ballots import Ballot, said, typed
from forum.polls.models import Poll

__all__ = ["PREFIX", "PollForm", "said", "typed"]

PREFIX = "poll-"


class PollForm(Form):
    """A poll beside the text of a post. Times are the reader's."""

    question = StringField(_l("Question"), render_kw={"maxlength": ballots.LONGEST, "autocomplete": "off"})
    options = TextAreaField(
        _l("Options"), description=_l("One a line, from two to twenty."), render_kw={"rows": 5, "spellcheck": "true"}
    )
    choose = RadioField(
        _l("How many may one choose?"),
        choices=[(ballots.ONE, _l("One option")), (ballots.SEVERAL, _l("Several options"))],
        default=ballots.ONE,
        validate_choice=False,
    )
    most = StringField(
        _l("At most"),
        description=_l("For several options; empty: as many as one likes."),
        render_kw={"inputmode": "numeric", "pattern": "[0-9]*", "maxlength": 2},
    )
    results = SelectField(
        _l("Results are shown"),
        choices=[("now", _l("from the beginning")), ("voted", _l("after voting")), ("closed", _l("when it is closed"))],
        default="now",
        validate_choice=False,
    )
    secrecy = SelectField(
        _l("Who voted for what"),
        choices=[("anonymous", _l("is told to nobody")), ("public", _l("can be seen by members"))],
        default="anonymous",
        validate_choice=False,
    )
    closes = StringField(_l("Closes"), render_kw={"type": "datetime-local"})
    seen = HiddenField()

    def __init__(self, **given: Any) -> None:
        super().__init__(prefix=PREFIX, **given)

    def is_asked(self) -> bool:
        """Whether somebody began to write a poll."""
        return any((part.data or "").strip() for part in (self.question, self.options, self.most, self.closes))

    def answered(self) -> Mapping[str, Any] | None:
        """The poll as plain values; None: no poll is wanted. Raises InvalidFields at fields' full names."""
        return self.ballot().kept() if self.is_asked() else None

    def ballot(self) -> Ballot:
        """The poll that was written; raises InvalidFields at fields' full names."""
        try:
            return ballots.checked(self._typed(), clock.now())
        except InvalidFields as error:
            raise InvalidFields({PREFIX + name: sentence for name, sentence in error.fields.items()}) from error
        except Invalid as error:
            raise Invalid(error.sentence, PREFIX + (error.field or "question")) from error

    def _typed(self) -> Ballot:
        options = ballots.options_of(self.options.data or "")
        return Ballot(
            self.question.data or "",
            options,
            self._most(len(options)),
            self.results.data or "",
            self.secrecy.data != "public",
            typed_instant(self.closes.data or "", reader_zone(), "closes"),
        )

    def _most(self, offered: int) -> int:
        if self.choose.data != ballots.SEVERAL:
            return 1
        typed = (self.most.data or "").strip()
        if not typed:
            return max(1, offered)
        if not (typed.isascii() and typed.isdigit() and len(typed) < 3):
            raise Invalid(_("Choose a number from 1 to the number of options."), "most")
        return int(typed)

    def refill(self, answered: Mapping[str, Any]) -> None:
        """Show what was answered."""
        for name, text in typed(answered, reader_zone()).items():
            self[name].data = text

    def show_prefixed(self, error: Invalid) -> None:
        """Put a refusal that names fields in full beside them."""
        wrong = error.fields if isinstance(error, InvalidFields) else {error.field or "": error.sentence}
        self.show(InvalidFields({name.removeprefix(PREFIX): sentence for name, sentence in wrong.items()}))

    def fill(self, poll: Poll) -> None:
        """Show the poll as it stands."""
        words = tuple(option.words for option in poll.options)
        asked = Ballot(poll.question, words, poll.most, poll.results, poll.is_anonymous, poll.closes_at)
        self.refill(asked.kept())
        self.seen.data = str(poll.voters)

    def seen_voters(self) -> int:
        """How many had voted when the form was shown; -1 (always a conflict) where it does not say."""
        seen = self.seen.data or ""
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
