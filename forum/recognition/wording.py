"""What speaks for a post, in words. Pure."""

from __future__ import annotations

from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.recognition.queries.suggesting import Suggested, Why


def why(row: Suggested) -> list[str]:
    """Each reason as a clause."""
    said = {
        Why.THANKED: ngettext("%(num)s member says thanks", "%(num)s members say thanks", row.thanks),
        Why.ACCEPTED: _("chosen as the answer"),
        Why.CONFIRMED: _("confirmed by members for whom it worked"),
        Why.FIRST_HELP: _("their first reply to somebody here"),
    }
    return [said[one] for one in row.why]
