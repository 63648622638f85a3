"""The forms of suggestions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField

from forum.core.web.forms import Form
from forum.posts.drafts import Written
from forum.posts.forms import tags_in
from forum.posts.limits import LIMITS
from forum.suggestions.drafts import LONGEST, LONGEST_ANSWER, SuggestionDraft
from forum.suggestions.fitting import Words


class SuggestForm(Form):
    """Another wording. `seen`: the fingerprint of what stood there."""

    title = StringField(_l("Title"), render_kw={"maxlength": LIMITS.title_max, "autocomplete": "off"})
    body = TextAreaField(_l("Text"), render_kw={"maxlength": LIMITS.body_max, "required": True})
    tags = StringField(
        _l("Tags"),
        description=_l("With commas between them."),
        render_kw={"maxlength": 300, "autocomplete": "off", "data-complete": "tags"},
    )
    reason = StringField(
        _l("Why it is better so"),
        description=_l("In a line, for whoever decides. It stands in the history, too."),
        render_kw={"maxlength": LONGEST},
    )
    seen = HiddenField()

    def __init__(self, *args: object, opens: bool, **given: object) -> None:
        super().__init__(*args, **given)
        self.opens = opens
        if not opens:
            del self.title, self.tags

    def fill(self, said: Words, reason: str = "") -> None:
        """Show what stands there, or what was suggested before."""
        self.body.data, self.reason.data = said.source, reason
        if self.opens:
            self.title.data, self.tags.data = said.title, ", ".join(said.tags or ())

    def draft(self, body: Written) -> SuggestionDraft:
        """What was typed; `body`: its text, rendered."""
        reason, seen = self.reason.data or "", (self.seen.data or "")[:32]
        if not self.opens:
            return SuggestionDraft(body, reason, seen)
        return SuggestionDraft(body, reason, seen, self.title.data or "", tags_in((), self.tags.data or ""))


class AnswerForm(Form):
    """What is said to whoever suggested it."""

    answer = StringField(_l("A word to them"), render_kw={"maxlength": LONGEST_ANSWER, "autocomplete": "off"})
