"""What members say when they flag, and moderators when they decide."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.moderation.actions import reasons
from forum.moderation.actions.appealing import LONGEST as LONGEST_APPEAL
from forum.moderation.actions.flagging import LONGEST_WORDS
from forum.moderation.drafts import LONGEST_EMERGENCY, LONGEST_FACTS, DecisionDraft
from forum.moderation.models import Case
from forum.moderation.operations import OPERATIONS, SANCTION
from forum.moderation.subjects import ACCOUNT
from forum.sanctions.forms import SanctionForm
from forum.site.rules import FLAGS, RULES


class FlagForm(Form):
    """Saying that something is not as it should be."""

    rule = RadioField(_l("What is not as it should be"))
    words = TextAreaField(
        _l("In a few words"),
        description=_l("Moderators read it. Say what they may not see at once."),
        render_kw={"rows": 3, "maxlength": LONGEST_WORDS, "class": "input"},
    )
    about_host = BooleanField(_l("It is about the organization that hosts this place"))

    @classmethod
    def asked(cls, **given: object) -> FlagForm:
        """The form with its kinds in the reader's language."""
        form = cls(**given)
        form.rule.choices = [(str(rule), _(RULES[rule].sentence)) for rule in FLAGS]
        return form


def emergency_field() -> TextAreaField:
    """Why one of the host's people does it before a peer has looked."""
    return TextAreaField(
        _l("Why it cannot wait"),
        description=_l(
            "It is by or about the organization, so a peer moderator confirms it first. Only where harm would be "
            "done meanwhile, say why, as whom it concerns reads it: then it is done at once, and undone unless a peer "
            "agrees within two days."
        ),
        render_kw={"rows": 2, "maxlength": LONGEST_EMERGENCY, "class": "input"},
    )


class DecisionForm(Form):
    """Deciding: everything that the statement of reasons says."""

    act = RadioField(_l("What to do"))
    rule = RadioField(_l("By which rule"))
    facts = TextAreaField(
        _l("What happened"),
        description=_l("Whom it concerns reads this: what, where, and why it breaks the rule."),
        render_kw={"rows": 4, "maxlength": LONGEST_FACTS, "class": "input"},
    )
    emergency = emergency_field()
    version = HiddenField()
    # What the field for the facts began with: left as it was, it says nothing about what is kept.
    offered = HiddenField()

    @classmethod
    def asked(cls, kind: str, **given: object) -> DecisionForm:
        """The form with what can be done to a subject of this kind."""
        form = cls(**given)
        form.act.choices = [
            (key, _(one.title)) for key, one in OPERATIONS.items() if kind in one.on and not one.stands_apart
        ]
        form.rule.choices = [(str(rule), _(worded.title)) for rule, worded in RULES.items()]
        return form

    def draft(self, kind: str, id_: int, detected: str) -> DecisionDraft:
        """What it says, for the verb to check."""
        facts, operation = self.facts.data or "", OPERATIONS.get(self.act.data or "")
        if operation is not None and not operation.upholds and facts.strip() == (self.offered.data or "").strip():
            facts = _("Moderators looked at it, and found that it does not break this rule.")
        return DecisionDraft(
            act=self.act.data or "",
            subject_kind=kind,
            subject_id=id_,
            rule=self.rule.data or "",
            facts=facts,
            detected=detected,
            emergency=self.emergency.data or "",
        )


@dataclass(frozen=True)
class Asked:
    """What waits in the queue, and at which version who decides has seen it."""

    case: Case
    version: int


class MemberForm(SanctionForm):
    """Deciding something of a member. `case`: what waits and is closed by that, as it was at `version`."""

    emergency = emergency_field()
    case = HiddenField()
    version = HiddenField()

    def about_case(self, asked: Asked | None) -> MemberForm:
        """For what waits in the queue; how it was found is known then."""
        self.case.data, self.version.data = (str(asked.case.id), str(asked.version)) if asked is not None else ("", "")
        if asked is not None and not self.is_submitted():
            self.detected.data = "flags" if asked.case.weight else "rules"
        return self

    def decision(self, account_id: int) -> DecisionDraft:
        """What it says, for the verb to check."""
        asked = self.draft()
        params = {"kind": asked.kind, "right": asked.right, "duration": asked.duration, "detected": asked.detected}
        return DecisionDraft(
            act=SANCTION,
            subject_kind=ACCOUNT,
            subject_id=account_id,
            rule=asked.rule,
            facts=asked.facts,
            detected=asked.detected,
            params=params,
            emergency=self.emergency.data or "",
        )


class AnswerForm(Form):
    """Saying yes or no."""

    words = TextAreaField(_l("Words to it"), render_kw={"rows": 3, "class": "input"})
    version = HiddenField()


class UndoForm(Form):
    """Taking a decision back."""

    why = StringField(_l("Why it is taken back"), render_kw={"maxlength": 500, "class": "input"})


class ReasonForm(Form):
    """Words to begin with."""

    rule = SelectField(_l("For which rule"), validate_choice=False)
    title = StringField(
        _l("Name"),
        description=_l("By which moderators find it."),
        render_kw={"maxlength": reasons.LONGEST_TITLE, "class": "input"},
    )
    text = TextAreaField(
        _l("What happened"),
        description=_l("Whom a decision concerns reads this. Moderators change it before they decide."),
        render_kw={"rows": 5, "maxlength": LONGEST_FACTS, "class": "input"},
    )

    @classmethod
    def asked(cls, **given: object) -> ReasonForm:
        """The form with the rules in the reader's language."""
        form = cls(**given)
        form.rule.choices = [("", _("None: it is left as it is"))] + [
            (str(rule), _(worded.title)) for rule, worded in RULES.items()
        ]
        return form


class AppealForm(Form):
    """Saying that a decision was wrong."""

    words = TextAreaField(
        _l("Why it was wrong"),
        description=_l("Somebody reads it who took no part in the decision."),
        render_kw={"rows": 5, "maxlength": LONGEST_APPEAL, "class": "input"},
    )
    about_host = BooleanField(
        _l("It is about the organization that hosts this place"),
        description=_l("None of its people answers then, but a moderator from among the members."),
    )


class ObjectionAnswerForm(Form):
    """Answering that."""

    outcome = RadioField(_l("Your answer"))
    words = TextAreaField(
        _l("Why"),
        description=_l("Whoever objected reads this. Your name is not told."),
        render_kw={"rows": 4, "maxlength": LONGEST_APPEAL, "class": "input"},
    )
    version = HiddenField()

    @classmethod
    def asked(cls, **given: object) -> ObjectionAnswerForm:
        """The form with both answers in the reader's language."""
        form = cls(**given)
        right = _("The objection is right: everything is as if it had never been decided")
        form.outcome.choices = [("upheld", _("The decision stays")), ("reversed", right)]
        return form
