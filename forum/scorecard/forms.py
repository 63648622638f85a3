"""The form with which a scorecard is reckoned anew."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from forum.core.web.forms import Form
from forum.scorecard.models import LONGEST_REASON


class RecomputeForm(Form):
    """Why. `base`: the version that stands there now."""

    base = HiddenField()

    reason = TextAreaField(
        _l("Why it is reckoned anew"),
        description=_l("In words that members understand. Name nobody."),
        render_kw={"rows": 2, "maxlength": LONGEST_REASON, "class": "input"},
    )
