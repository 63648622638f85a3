"""How fast words came into a form, for the rules of holding."""

from __future__ import annotations

from markupsafe import Markup
from wtforms import HiddenField, TextAreaField

from forum.core.web import haste
from forum.holds.rules import Typing
from forum.posts.drafts import Arrival


class Timed:
    """What a form that publishes knows of the time that it took."""

    body: TextAreaField
    begun = HiddenField()

    def begin(self) -> Markup:
        """The field that says when the form was first shown; one that comes back keeps its first time."""
        if haste.read(self.begun.data or "") is None:
            self.begun.data = haste.stamp(len(self.body.data or ""))
        return Markup(self.begun())  # noqa: S704 a field draws itself

    def arrival(self) -> Arrival:
        """How fast its words came; where it does not say when it was shown, at once."""
        begun, characters = haste.read(self.begun.data or ""), len(self.body.data or "")
        if begun is None:
            return Arrival(Typing(0.0, characters))
        return Arrival(Typing(begun.seconds, max(0, characters - begun.characters)))
