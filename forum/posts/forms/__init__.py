"""The forms of topics and posts. What may stand in a field is said by the drafts, kinds and limits."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)

from forum.boards.fields import Field as Asked
from forum.boards.fields import Input
from forum.boards.kinds import Answers, Kind, parse_fields, typed_fields
from forum.core import clock
from forum.core.errors import Invalid, InvalidFields
from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.organization.models import Affiliation
from forum.organization.queries import affiliation_of
from forum.permissions import Actor
from forum.posts import wording
from forum.posts.companions import Accompanied, addable_parts, parts_of_form
from forum.posts.drafts import PLAIN, EditDraft, ReplyDraft, TopicDraft, Voice, Written
from forum.posts.limits import LIMITS, checked_title
from forum.posts.models import Post

PERSONALLY = "personal"
Write = Callable[[str], Written]


@dataclass(frozen=True)
class Voices:
    """Whose voice staff may lend: their organization's name, and the intents to choose from."""

    organization: str


def voices_of(session: Session, actor: Actor) -> Voices | None:
    """None for everybody who does not speak for an organization now."""
    if actor.account_id is None or not actor.is_staff:
        return None
    affiliation: Affiliation | None = affiliation_of(session, actor.account_id, clock.now())
    return Voices(affiliation.organization.name) if affiliation is not None else None


def _new_once() -> str:
    return secrets.token_urlsafe(12)


class _Speaking(Accompanied, Form):
    """What every form that publishes has: a text, a token against pressing twice, and the voice of staff."""

    body = TextAreaField(_l("Text"), render_kw={"maxlength": LIMITS.body_max, "required": True})
    once = HiddenField(default=_new_once)
    intent = SelectField(_l("What this post is for"))
    speaking = SelectField(_l("Speaking as"))

    def __init__(self, *args: Any, voices: Voices | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.companions = parts_of_form(given, of_topic=isinstance(self, TopicForm))
        self.speaks = voices is not None
        if voices is None:
            del self.intent, self.speaking
            return
        self.intent.choices = [("", _("Choose one")), *wording.intents().items()]
        official = [(role, f"{voices.organization} · {word}") for role, word in wording.roles().items()]
        self.speaking.choices = [*official, (PERSONALLY, _("Yourself: works at %(name)s", name=voices.organization))]

    def voice(self) -> Voice:
        """How staff speak here; raises Invalid unless they said what for."""
        if not self.speaks:
            return PLAIN
        intent, speaking = self.intent.data or "", self.speaking.data or ""
        if intent not in wording.intents():
            raise Invalid(_("Say what this post is for, so that members can see it."), "intent")
        if speaking == PERSONALLY:
            return Voice(intent, "personal", "")
        if speaking not in wording.roles():
            raise Invalid(_("Choose in which role you speak."), "speaking")
        return Voice(intent, "official", speaking)

    def token(self) -> str:
        """The token against pressing twice, as long as it is one of ours."""
        return (self.once.data or "")[:40]


class ReplyForm(_Speaking):
    """A reply; `reply_to` is the id of the post that it answers."""

    body = TextAreaField(
        _l("Your reply"),
        render_kw={"maxlength": LIMITS.body_max, "required": True, "placeholder": _l("Plain words; Markdown works.")},
    )
    reply_to = HiddenField()

    def draft(self, write: Write, answered: int | None, confirmed: Sequence[str]) -> ReplyDraft:
        """The draft, rendered; or InvalidFields. `answered`: the number behind `reply_to`."""
        wrong = _Wrong()
        voice = wrong.ask(self.voice, PLAIN)
        along = wrong.ask(self.along, {})
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return ReplyDraft(cast("Written", body), answered, voice, self.token(), frozenset(confirmed), along)


class _About(Form):
    """What is asked about a topic beside its text: title, tags, and the fields of its board's kind."""

    kind: Kind
    tags_least = 0

    title = StringField(
        _l("Title"),
        description=_l("What would you look for, to find this a year from now?"),
        render_kw={"maxlength": LIMITS.title_max, "required": True, "autocomplete": "off"},
    )
    tags = SelectMultipleField(
        _l("Tags"), option_widget=widgets.CheckboxInput(), validate_choice=False, render_kw={"class": "checks"}
    )

    def asked(self) -> list[Field]:
        """The controls of the kind's fields, in order."""
        return [self[field.key] for field in self.kind.fields]

    def answers(self) -> Answers:
        """What was typed into the kind's fields, or InvalidFields."""
        return parse_fields(self.kind, {field.key: _typed(self[field.key]) for field in self.kind.fields})

    def offer_tags(self, tags: Sequence[tuple[str, str]], least: int = 0) -> None:
        """The tags to choose from, slug and name, and how many the board asks for."""
        self.tags.choices = list(tags)
        self.tags_least = least


class TopicForm(_About, _Speaking):
    """A topic. Made for a kind of board by `topic_form`."""

    def draft(self, write: Write) -> TopicDraft:
        """The draft, rendered; or InvalidFields with everything that is to be mended."""
        wrong = _Wrong()
        title = wrong.ask(lambda: checked_title(self.title.data or ""), "")
        answers = wrong.ask(self.answers, Answers({}))
        voice = wrong.ask(self.voice, PLAIN)
        along = wrong.ask(self.along, {})
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return TopicDraft(
            title=title,
            body=cast("Written", body),
            tags=tuple(self.tags.data or ()),
            fields=answers.fields,
            starts_at=answers.starts_at,
            wants_org=answers.wants_org,
            ends_at=answers.ends_at,
            voice=voice,
            once=self.token(),
            along=along,
        )


class EditForm(Form):
    """A new wording of a post. `base`: the revision count that its author saw."""

    body = TextAreaField(_l("Text"), render_kw={"maxlength": LIMITS.body_max, "required": True})
    reason = StringField(
        _l("Why you change it"), description=_l("Stands in the history."), render_kw={"maxlength": 200}
    )
    base = HiddenField()

    def draft(self, write: Write) -> EditDraft:
        """The draft, rendered; or InvalidFields."""
        wrong = _Wrong()
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return EditDraft(cast("Written", body), self.seen(), self.reason.data or "")

    def seen(self) -> int:
        """The revision count that the form was made from; -1 (always a conflict) when it does not say."""
        base = self.base.data or ""
        return int(base) if base.isascii() and base.isdigit() and len(base) < 9 else -1

    def fill(self, post: Post) -> None:
        """Show the post as it stands."""
        self.body.data = post.source
        self.base.data = str(post.revision_count)


class EditTopicForm(Accompanied, _About, EditForm):
    """A new wording of an opening post, with its title and the rest. Made by `edit_topic_form`."""

    def accompany(self, given: Mapping[str, Any]) -> None:
        """Offer what may still be added; `given` as to the form itself."""
        self.companions = addable_parts(given)

    def draft(self, write: Write) -> EditDraft:
        """The draft, rendered; or InvalidFields with everything that is to be mended."""
        wrong = _Wrong()
        title = wrong.ask(lambda: checked_title(self.title.data or ""), "")
        answers = wrong.ask(self.answers, Answers({}))
        along = wrong.ask(self.along, {})
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return EditDraft(
            cast("Written", body),
            self.seen(),
            self.reason.data or "",
            title,
            tuple(self.tags.data or ()),
            answers.fields,
            answers.starts_at,
            answers.wants_org,
            answers.ends_at,
            along,
        )

    def fill_about(self, post: Post, tags: Sequence[str]) -> None:
        """Show title, tags (slugs) and fields of the post's topic as they stand."""
        topic = post.topic
        self.title.data = topic.title
        self.tags.data = list(tags)
        typed = typed_fields(self.kind, Answers(topic.fields, topic.starts_at, topic.wants_org, topic.ends_at))
        for field in self.kind.fields:
            text = typed.get(field.key, "")
            self[field.key].data = bool(text) if field.input is Input.TICK else text


def topic_form(kind: Kind) -> type[TopicForm]:
    """The form of a kind of board."""
    return cast("type[TopicForm]", type("AskedTopicForm", (TopicForm,), _controls(kind)))


def edit_topic_form(kind: Kind) -> type[EditTopicForm]:
    """The form for editing a topic on a board of the kind."""
    return cast("type[EditTopicForm]", type("AskedEditForm", (EditTopicForm,), _controls(kind)))


def _controls(kind: Kind) -> dict[str, Any]:
    return {"kind": kind, **{field.key: _control(field) for field in kind.fields}}


_TYPES: Mapping[Input, Mapping[str, str]] = {
    Input.LINE: {},
    Input.DATE: {"type": "date"},
    Input.MOMENT: {"type": "datetime-local"},
    Input.ZONE: {"list": "time-zones", "autocomplete": "off", "spellcheck": "false"},
    Input.COUNT: {"inputmode": "numeric", "pattern": "[0-9]*"},
}


def _control(field: Asked) -> Any:
    if field.input is Input.TICK:
        return BooleanField(field.label, description=field.help)
    given: dict[str, Any] = {"required": True} if field.required else {}
    if field.input is Input.TEXT:
        return TextAreaField(field.label, description=field.help, render_kw={"rows": 3, **given})
    if field.input is Input.LINE:
        given["maxlength"] = field.longest
    return StringField(field.label, description=field.help, render_kw={**_TYPES[field.input], **given})


def _typed(field: Field) -> str:
    if isinstance(field, BooleanField):
        return "y" if field.data else ""
    return field.data or ""


class _Wrong:
    """Collects what is to be mended, so that a person mends it in one go."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}

    def ask(self, question: Callable[[], Any], otherwise: Any) -> Any:
        """The answer; where it is a refusal, `otherwise`, and the refusal is kept."""
        try:
            return question()
        except InvalidFields as error:
            self._found.update(error.fields)
        except Invalid as error:
            self._found[error.field or "body"] = error.sentence
        return otherwise

    def verdict(self) -> None:
        """Raise InvalidFields if anything was refused."""
        if self._found:
            raise InvalidFields(self._found)
