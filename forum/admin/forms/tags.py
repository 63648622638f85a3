"""Forms about tags."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from forum.boards import drafts as boards
from forum.boards.drafts import TagDraft


class TagForm(FlaskForm):
    """A tag."""

    seen = HiddenField()
    name = StringField(_l("Name"))
    description = StringField(_l("In one line"), description=_l("Shown on the tag’s page: which topics belong here?"))
    about = TextAreaField(_l("At length"), description=_l("Below it on the tag’s page. Markdown."))
    is_reserved = BooleanField(_l("Reserved"), description=_l("Only staff put it on topics."))

    def draft(self) -> TagDraft:
        """Renders: call it before a transaction."""
        source, html = boards.about_tag(self.about.data or "")
        return TagDraft(self.name.data or "", self.description.data or "", bool(self.is_reserved.data), source, html)


class SynonymForm(FlaskForm):
    """Another word for a tag."""

    synonym = StringField(_l("Another word"), description=_l("Whoever types it, or follows its link, gets this tag."))


class MergeTagForm(FlaskForm):
    """The tag that stays."""

    into = SelectField(_l("The tag that stays"), validate_choice=False)

    def draft(self) -> int:
        """Its id; 0 where none was chosen."""
        chosen = self.into.data or ""
        return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else 0
