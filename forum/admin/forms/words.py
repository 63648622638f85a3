"""The form about a watched word."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField

from forum.core.web.forms import Form, row_id
from forum.holds import wording
from forum.holds.drafts import WordDraft
from forum.holds.models import WatchedWord
from forum.holds.words import LONGEST


class WordForm(Form):
    """A word, what it does, and where. `tried`: what was tried on real posts before."""

    pattern = StringField(
        _l("Word or phrase"),
        description=_l("Whole words, in any case and with or without accents. A “*” stands for any letters."),
        render_kw={"maxlength": LONGEST, "required": True, "autocomplete": "off"},
    )
    action = SelectField(_l("What it does"), validate_choice=False)
    instead = StringField(
        _l("The tag, or the words instead"),
        description=_l("Only where it puts a tag on the topic, or is replaced."),
        render_kw={"maxlength": LONGEST, "autocomplete": "off"},
    )
    board = SelectField(_l("Where"), validate_choice=False)
    in_links = BooleanField(
        _l("Also in addresses of links"), description=_l("Otherwise addresses and code are left out.")
    )
    tried = HiddenField()

    def offer(self, boards: list[tuple[str, str]]) -> None:
        """What may be chosen; `boards`: id and name."""
        self.action.choices = list(wording.actions().items())
        self.board.choices = [("", _l("Everywhere")), *boards]

    def fill(self, row: WatchedWord) -> None:
        """Show a word as it is watched for."""
        self.pattern.data, self.action.data, self.instead.data = row.pattern, row.action, row.instead
        self.board.data, self.in_links.data = str(row.board_id or ""), row.in_links

    def draft(self) -> WordDraft:
        """As it was filled in."""
        return WordDraft(
            self.pattern.data or "",
            self.action.data or "",
            row_id(self.board.data) or None,
            bool(self.in_links.data),
            self.instead.data or "",
        )
