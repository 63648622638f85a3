"""The forms of accounts. What may stand in a field is said by the drafts; here is only what a browser needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm

from forum.accounts import addresses, drafts, names, passwords
from forum.accounts.gates import Entry
from forum.accounts.models import Account
from forum.accounts.wording import MOST_LINKS
from forum.core.languages import languages
from forum.core.web.forms import Form
from forum.core.web.traps import Trapped
from forum.core.words import gettext as _
from forum.core.zones import time_zones

NEW = {"autocomplete": "new-password", "maxlength": passwords.LONGEST, "required": True}
PRESENT = {"autocomplete": "current-password", "required": True}
NAME = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
    "maxlength": names.LONGEST,
    "required": True,
}
EMAIL = {"autocomplete": "email", "maxlength": addresses.LONGEST, "required": True}


class _Person(Form):
    """Who somebody is going to be here."""

    name = StringField(
        _l("User name"),
        description=_l("3 to 20 letters, digits, “-” or “_”. Others see it and can mention you by it."),
        render_kw=NAME,
    )
    email = EmailField(_l("E-mail address"), description=_l("Never shown to others."), render_kw=EMAIL)
    password = PasswordField(
        _l("Password"), description=_l("At least 10 characters. Three or four words make a good one."), render_kw=NEW
    )

    def draft(self) -> drafts.SignUp:
        """The checked sign-up, or `InvalidFields`; slow: it hashes."""
        return drafts.sign_up(self.name.data or "", self.email.data or "", self.password.data or "")


class SignUpForm(_Person, Trapped):
    """Joining."""

    answer = StringField(_l("A question"), render_kw={"maxlength": 200, "autocomplete": "off", "class": "input"})
    words = TextAreaField(
        _l("What brings you here"),
        description=_l("Somebody reads it before you are let in."),
        render_kw={"rows": 3, "maxlength": 500, "class": "input"},
    )
    invitation = HiddenField()

    def draft(self) -> drafts.SignUp:
        """The checked sign-up of a person, or `Invalid`; slow: it hashes."""
        draft = replace(super().draft(), entry=self.entry())
        self.check_person()
        return draft

    def entry(self) -> Entry:
        """What is brought to the gate; the view puts in whose invitation it is."""
        return Entry(None, self.answer.data or "", (self.words.data or "").strip())


class SetupForm(_Person):
    """The first administrator."""


class SignInForm(Form):
    """Name or address, and password."""

    login = StringField(
        _l("User name or e-mail address"),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "required": True},
    )
    password = PasswordField(_l("Password"), render_kw=PRESENT)


class ForgotForm(Form):
    """Asking for a new password."""

    login = StringField(
        _l("User name or e-mail address"),
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "required": True},
    )


class NewPasswordForm(Form):
    """Choosing a password, from a link in a mail."""

    password = PasswordField(
        _l("New password"),
        description=_l("At least 10 characters. Three or four words make a good one."),
        render_kw=NEW,
    )

    def draft(self, account: Account) -> str:
        """The hash of a good password, or `Invalid`; slow."""
        return drafts.new_password(self.password.data or "", account)


class ConfirmForm(Form):
    """One button; the name only when somebody else took it meanwhile."""

    name = StringField(_l("User name"), render_kw=NAME)


class NameForm(Form):
    """Being called otherwise."""

    name = StringField(_l("User name"), render_kw=NAME)


class AddressForm(Form):
    """Another e-mail address."""

    new_email = EmailField(_l("New e-mail address"), render_kw=EMAIL)
    address_password = PasswordField(_l("Your password"), render_kw=PRESENT)

    def draft(self) -> str:
        """The checked address, or `Invalid`."""
        return addresses.check(self.new_email.data or "", "new_email")


class PasswordForm(NewPasswordForm):
    """Another password, for who knows the present one."""

    present = PasswordField(_l("Present password"), render_kw=PRESENT)


class LinkForm(PlainForm):
    """One way out of a profile."""

    label = StringField(_l("What it is"), render_kw={"maxlength": 40})
    url = StringField(_l("Address"), render_kw={"maxlength": 300, "inputmode": "url", "autocapitalize": "none"})


class ProfileForm(Form):
    """What a person says of themselves."""

    display_name = StringField(
        _l("Display name"),
        description=_l("How you are called in full, if you like. Shown beside what you write."),
        render_kw={"maxlength": 60, "autocomplete": "name"},
    )
    pronouns = StringField(_l("Pronouns"), description=_l("Such as she/her or they/them."), render_kw={"maxlength": 40})
    headline = StringField(
        _l("In one line"), description=_l("What you do, or what you care about."), render_kw={"maxlength": 120}
    )
    location = StringField(_l("Place"), render_kw={"maxlength": 80, "autocomplete": "off"})
    about = TextAreaField(
        _l("About you"),
        description=_l("Markdown works. What do you practise, what can others ask you?"),
        render_kw={"rows": 7, "maxlength": drafts.LONGEST_ABOUT},
    )
    links = FieldList(FormField(LinkForm), _l("Links"), max_entries=MOST_LINKS)
    may_be_asked = BooleanField(
        _l("You may ask me for answers"),
        description=_l(
            "Others can invite you to a question you might answer: at most one in seven days, and you can decline."
        ),
    )

    def fill(self, account: Account) -> None:
        """Show what the profile says, with room for two more links."""
        for name in ("display_name", "pronouns", "headline", "location"):
            self[name].data = getattr(account, name)
        self.about.data = account.about_source
        self.may_be_asked.data = account.may_be_asked
        for link in account.links:
            self.links.append_entry(link)
        self.make_room()

    def make_room(self) -> None:
        """Two empty rows for links, five in all."""
        while len(self.links.entries) < MOST_LINKS and sum(map(_is_empty, self.links.entries)) < 2:
            self.links.append_entry({})

    def draft(self, render: Any) -> drafts.Profile:
        """The checked profile, or `InvalidFields`; slow: it renders."""
        return drafts.profile(
            display_name=self.display_name.data or "",
            pronouns=self.pronouns.data or "",
            headline=self.headline.data or "",
            location=self.location.data or "",
            links=[(row["label"] or "", row["url"] or "") for row in self.links.data],
            about=self.about.data or "",
            render=render,
            may_be_asked=bool(self.may_be_asked.data),
        )


class PictureForm(Form):
    """A picture of oneself, or of something else."""

    picture = FileField(
        _l("Picture"),
        description=_l("JPEG, PNG, GIF or WebP, at most 10 MB. It is made square; place and camera data are removed."),
        render_kw={"accept": "image/jpeg,image/png,image/gif,image/webp", "required": True},
    )


class AppearanceForm(Form):
    """How pages look for one person."""

    theme = RadioField(
        _l("Colours"),
        choices=[
            ("auto", _l("As the device has it")),
            ("light", _l("Light")),
            ("dark", _l("Dark")),
            ("contrast", _l("High contrast")),
        ],
    )
    locale = SelectField(_l("Language"), description=_l("Of pages, and of the mail that you get."))
    time_zone = SelectField(_l("Time zone"), description=_l("Exact times are shown in it."))

    uses_keys = BooleanField(
        _l("Single keys do what one does often"),
        description=_l("Such as j for the next post. Switch them off if they are in the way of how you type or speak."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.locale.choices = [("", _("As the browser asks")), *languages().items()]
        self.time_zone.choices = [("", _("As this place has it")), *((zone, zone) for zone in time_zones())]

    def draft(self) -> drafts.Appearance:
        """The checked preferences, or `InvalidFields`."""
        return drafts.appearance(
            self.theme.data or "auto",
            self.locale.data or "",
            self.time_zone.data or "",
            uses_keys=self.uses_keys.data,
            languages=languages(),
        )


def _is_empty(entry: Any) -> bool:
    return not (entry.form.label.data or entry.form.url.data)
