"""The form with which a scorecard is reckoned anew."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from forum.core.web.forms import Form
from forum.scorecard.models import LONGEST_REASON


class RecomputeForm(Form):
    """Why."""

    reason = TextAreaField(
        _l("Why it is reckoned anew"),
        description=_l("In words that members understand. Name nobody."),
        render_kw={"rows": 2, "maxlength": LONGEST_REASON, "class": "input"},
    )
