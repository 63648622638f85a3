"""The form of a block."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField

from forum.core.lines import whole_number
from forum.core.web.forms import Form
from forum.shields.models import DOMAIN, RANGE

DEFAULT_DAYS = 180


class BlockForm(Form):
    """Whom to shut out, why, and for how long."""

    kind = RadioField(
        _l("What to block"),
        default=DOMAIN,
        choices=[
            (DOMAIN, _l("A mail domain, with everything below it")),
            (RANGE, _l("A range of network addresses")),
        ],
    )
    value = StringField(
        _l("Domain or range"),
        description=_l("Such as throwaway.example, 203.0.113.0/24 or 2001:db8:7::/48."),
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "maxlength": 253},
    )
    reason = StringField(_l("Why"), description=_l("It stands in the log."), render_kw={"maxlength": 300})
    days = StringField(
        _l("For how many days"),
        default=str(DEFAULT_DAYS),
        description=_l("At most 730. Addresses change hands, so no block is for good."),
        render_kw={"inputmode": "numeric", "maxlength": 3},
    )

    sure = BooleanField(_l("Block it although many members have such addresses"))

    @property
    def lasting(self) -> int:
        """The days that were typed."""
        return whole_number(self.days.data or "")
