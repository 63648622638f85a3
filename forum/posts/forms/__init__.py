"""The forms of topics and posts. What may stand in a field is said by the drafts, kinds and limits."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import (
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)

from forum.boards.answers import Answers, parse_fields, typed_fields
from forum.boards.fields import Input
from forum.boards.kinds import KEEPER, Kind
from forum.boards.models import Board
from forum.core.errors import Invalid
from forum.core.slugs import slug_of
from forum.core.web.forms import Form
from forum.core.words import gettext as _
from forum.drafts.models import Unpublished
from forum.organization.overriding import NO_GROUNDS
from forum.organization.voices import PLAIN, Voice
from forum.permissions import Actor
from forum.posts.companions import Accompanied, addable_parts, parts_of_form
from forum.posts.drafts import EditDraft, ReplyDraft, TopicDraft, Written
from forum.posts.forms.arriving import Timed
from forum.posts.forms.controls import controls, typed
from forum.posts.forms.grounds import AskedAgain, Guarded, Noticing
from forum.posts.forms.voices import Choices, Voices, chosen, voice_as
from forum.posts.limits import LIMITS, checked_title, limits_from
from forum.posts.mending import Wrong
from forum.posts.models import Post
from forum.posts.queries.offered import offered_tags
from forum.site import queries as sites

TAG_LONGEST = 40
Write = Callable[[str], Written]


def tags_in(ticked: Sequence[str], typed: str) -> tuple[str, ...]:
    """Slugs of what is ticked, and of what is typed between commas; of a word without letters, itself."""
    words = (slug_of(word, TAG_LONGEST) or word for word in typed.split(","))
    return tuple(dict.fromkeys(slug for slug in (*ticked, *words) if slug.strip(" #")))


def _new_once() -> str:
    return secrets.token_urlsafe(12)


class _Speaking(Accompanied, Timed, Guarded):
    """What every form that publishes has: a text, a token against pressing twice, and the voice of staff."""

    body = TextAreaField(_l("Text"), render_kw={"maxlength": LIMITS.body_max, "required": True})
    once = HiddenField(default=_new_once)
    intent = SelectField(_l("What this post is for"), description=_l("Needed: members see it beside your post."))
    speaking = SelectField(_l("Speaking as"))

    def __init__(self, *args: Any, voices: Voices | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.companions = parts_of_form(given, of_topic=isinstance(self, TopicForm))
        self.speaks = voices is not None
        self.offer_grounds()
        if voices is None:
            del self.intent, self.speaking
            return
        self.intent.choices, self.speaking.choices = voices.intents, voices.roles

    def voice(self) -> Voice:
        """How staff speak here; raises Invalid unless they said what for."""
        if not self.speaks:
            return PLAIN
        intent, speaking = self.intent.data or "", self.speaking.data or ""
        if not intent:
            raise Invalid(_("Say what this post is for, so that members can see it."), "intent")
        return voice_as(intent, speaking)

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
        wrong = Wrong()
        voice = wrong.ask(self.voice, PLAIN)
        grounds = wrong.ask(self.grounds, NO_GROUNDS)
        along = wrong.ask(self.along, {})
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return ReplyDraft(
            body=cast("Written", body),
            reply_to_number=answered,
            voice=voice,
            once=self.token(),
            confirmed=frozenset(confirmed),
            along=along,
            grounds=grounds,
            arrival=self.arrival(),
        )


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
    more_tags = StringField(
        _l("Other tags"),
        description=_l("As many as you need, with commas between them."),
        render_kw={"maxlength": 300, "autocomplete": "off", "data-complete": "tags"},
    )
    tags_max = 0

    def asked(self) -> list[Field]:
        """The controls of the kind's fields, in order."""
        return [self[field.key] for field in self.kind.fields]

    def answers(self) -> Answers:
        """What was typed into the kind's fields, or InvalidFields."""
        return parse_fields(self.kind, {field.key: typed(self[field.key]) for field in self.kind.fields})

    def offer_tags(self, session: Session, actor: Actor, board: Board, standing: Sequence[str] = ()) -> None:
        """Offer those used most on the board to tick, and those (slugs) that stand there or are ticked."""
        self.tags.choices = list(offered_tags(session, actor, board.id, [*standing, *(self.tags.data or ())]))
        self.tags_max = limits_from(sites.settings(session)).tags_max
        self.tags_least = board.tags_least

    def chosen_tags(self) -> tuple[str, ...]:
        """Slugs of what is ticked and of what is typed, in this order."""
        return tags_in(self.tags.data or (), self.more_tags.data or "")


class TopicForm(_About, Noticing, _Speaking):
    """A topic. Made for a kind of board by `topic_form`."""

    def __init__(self, *args: Any, voices: Voices | None, **given: Any) -> None:
        super().__init__(*args, voices=voices, **given)
        self.offer_notices(may_warn=voices is not None and voices.may_warn)

    def draft(self, write: Write, confirmed: Sequence[str] = ()) -> TopicDraft:
        """The draft, rendered; or InvalidFields with everything that is to be mended."""
        wrong = Wrong()
        title = wrong.ask(lambda: checked_title(self.title.data or ""), "")
        answers = wrong.ask(self.answers, Answers({}))
        voice = wrong.ask(self.voice, PLAIN)
        grounds = wrong.ask(self.grounds, NO_GROUNDS)
        along = wrong.ask(self.along, {})
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return TopicDraft(
            title=title,
            body=cast("Written", body),
            tags=self.chosen_tags(),
            fields=answers.fields,
            starts_at=answers.starts_at,
            wants_org=answers.wants_org,
            ends_at=answers.ends_at,
            voice=voice,
            once=self.token(),
            along=along,
            grounds=grounds,
            confirmed=frozenset(confirmed),
            arrival=self.arrival(),
        )

    def refill(self, row: Unpublished) -> None:
        """Show what is kept instead of being published."""
        self.title.data, self.body.data, self.tags.data = row.title, row.source, list(row.tags)
        typed = typed_fields(self.kind, Answers(row.fields, row.starts_at, row.wants_org, row.ends_at))
        for field in self.kind.fields:
            text = typed.get(field.key, "")
            self[field.key].data = bool(text) if field.input is Input.TICK else text
        if self.speaks:
            self.intent.data, self.speaking.data = row.voice.get("intent", ""), chosen(Voice(**row.voice))
        self.refill_along(row.along)


class EditForm(AskedAgain):
    """A new wording of a post. `base`: the revision count that its author saw. `speaks`: it is the organization's;
    `purposes`: it is asked again what it is for, and these are offered."""

    body = TextAreaField(_l("Text"), render_kw={"maxlength": LIMITS.body_max, "required": True})
    reason = StringField(
        _l("Why you change it"), description=_l("Stands in the history."), render_kw={"maxlength": 200}
    )
    base = HiddenField()

    def __init__(self, *args: Any, speaks: bool = False, purposes: Choices = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.speaks = speaks
        self.offer_grounds()
        self.offer_purposes(purposes)

    def draft(self, write: Write) -> EditDraft:
        """The draft, rendered; or InvalidFields."""
        wrong = Wrong()
        grounds = wrong.ask(self.grounds, NO_GROUNDS)
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return EditDraft(
            cast("Written", body), self.seen(), self.reason.data or "", grounds=grounds, purpose=self.chosen_purpose()
        )

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
        wrong = Wrong()
        title = wrong.ask(lambda: checked_title(self.title.data or ""), "")
        answers = wrong.ask(self.answers, Answers({}))
        along = wrong.ask(self.along, {})
        grounds = wrong.ask(self.grounds, NO_GROUNDS)
        body = wrong.ask(lambda: write(self.body.data or ""), None)
        wrong.verdict()
        return EditDraft(
            cast("Written", body),
            self.seen(),
            self.reason.data or "",
            title,
            self.chosen_tags(),
            answers.fields,
            answers.starts_at,
            answers.wants_org,
            answers.ends_at,
            along,
            grounds,
            self.chosen_purpose(),
        )

    def fill_about(self, post: Post, tags: Sequence[str], keeper: str) -> None:
        """Show title, tags (slugs), fields and keeper (a name) of the post's topic as they stand."""
        topic = post.topic
        self.title.data = topic.title
        self.tags.data = list(tags)
        fields = {**topic.fields, KEEPER: keeper}
        texts = typed_fields(self.kind, Answers(fields, topic.starts_at, topic.wants_org, topic.ends_at))
        for field in self.kind.fields:
            text = texts.get(field.key, "")
            self[field.key].data = bool(text) if field.input is Input.TICK else text


def topic_form(kind: Kind) -> type[TopicForm]:
    """The form of a kind of board."""
    return cast("type[TopicForm]", type("AskedTopicForm", (TopicForm,), controls(kind)))


def edit_topic_form(kind: Kind) -> type[EditTopicForm]:
    """The form for editing a topic on a board of the kind."""
    return cast("type[EditTopicForm]", type("AskedEditForm", (EditTopicForm,), controls(kind)))
