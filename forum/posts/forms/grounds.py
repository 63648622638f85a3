"""What staff may say to the guard beside their text: which door they take, and on what grounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField

from forum.core.errors import Invalid
from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.organization import wording
from forum.organization.notice_models import LONGEST_ABOUT
from forum.organization.overriding import LONGEST_TEXT, NO_GROUNDS, Grounds

DOORS = ("stand_by", "now", "ask", "leave", "clarify", "thank", "draft", "insert")
STAND_BY, NOW, ASK, LEAVE, CLARIFY, THANK, DRAFT, INSERT = DOORS
"""Keep it until members had their time; post it now with a reason; ask a Host; post what a Host gave leave for; ask
back instead, or thank; back to the drafts; put a saved reply into it."""


class Guarded(Form):
    """The fields of a form whose words the guard looks at. `speaks`: somebody of an organization fills it in."""

    speaks = False

    door = HiddenField()
    dangerous = BooleanField(
        _l("It could hurt somebody"),
        description=_l("Then it is posted at once, and listed in public as a correction that could not wait."),
    )
    why = SelectField(_l("Why this cannot wait"), validate_choice=False)
    why_text = StringField(
        _l("In your words"),
        description=_l("Members read it. Needed where none of the reasons fits."),
        render_kw={"maxlength": LONGEST_TEXT, "autocomplete": "off"},
    )
    confidential = BooleanField(_l("These words are confidential: only that there was a reason is public"))

    def offer_grounds(self) -> None:
        """Fill in the choices; whoever speaks for nobody is asked nothing."""
        if self.speaks:
            self.why.choices = [("", _("Choose one")), *wording.reasons().items()]
            return
        del self.door, self.dangerous, self.why, self.why_text, self.confidential

    def taken(self) -> str:
        """The door that was taken; "": the main one."""
        door = (self.door.data or "") if self.speaks else ""
        return door if door in DOORS else ""

    def grounds(self) -> Grounds:
        """What was said; Invalid where a reason is needed and none was chosen."""
        if not self.speaks:
            return NO_GROUNDS
        danger, door = bool(self.dangerous.data), self.taken()
        if door not in (NOW, ASK):
            return Grounds(is_dangerous=danger, stands_by=door == STAND_BY)
        if not self.why.data:
            raise Invalid(_("Choose why this cannot wait."), "why")
        return Grounds(self.why.data, self.why_text.data or "", bool(self.confidential.data), danger)


class Noticing(Guarded):
    """The fields by which a topic is published as a notice of safety, security or law."""

    notice = SelectField(
        _l("Published as"),
        description=_l(
            "A notice goes beside the budget, and to everybody who reads the board. Of one incident, once in 24 hours."
        ),
        validate_choice=False,
    )
    incident = StringField(
        _l("What the incident is called"),
        description=_l("The same name each time: “Outage of 3 March”. Needed for a notice."),
        render_kw={"maxlength": LONGEST_ABOUT, "autocomplete": "off"},
    )
    another = BooleanField(_l("It is about something else"))
    warns = False

    def offer_notices(self, *, may_warn: bool) -> None:
        """Fill in the choices; whoever may not publish one is asked nothing."""
        self.warns = may_warn
        if may_warn:
            self.notice.choices = [("", _("No notice of that kind")), *wording.notices().items()]
            return
        del self.notice, self.incident, self.another

    def grounds(self) -> Grounds:
        """With the notice that it is."""
        said = super().grounds()
        if not self.warns or not self.notice.data:
            return said
        about, is_another = self.incident.data or "", bool(self.another.data)
        return replace(said, notice=self.notice.data, incident=about, is_another=is_another)


class AskedAgain(Guarded):
    """The same of an edit, which may make another thing of a post than it was."""

    purpose = SelectField(
        _l("What this post is for now"),
        description=_l("Where you add more than a little and choose nothing, it counts as an answer."),
        validate_choice=False,
    )

    def offer_purposes(self, purposes: Sequence[tuple[str, str]]) -> None:
        """Fill in the choices; without any it is not asked."""
        if purposes:
            self.purpose.choices = [("", _("Choose one")), *purposes]
        else:
            del self.purpose

    def chosen_purpose(self) -> str:
        """What the post is for now; "": nothing was asked, or chosen."""
        return (self.purpose.data or "") if "purpose" in self else ""
