"""What the guard says to somebody of the organization while they write, and what their editor offers them then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from flask import Response as FlaskResponse
from flask import flash, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from forum import identity
from forum.boards import kinds
from forum.boards import queries as boards
from forum.core import clock
from forum.core.db import reading, transaction
from forum.core.errors import Conflict, NotFound
from forum.core.web.pages import render, see_other, wants_fragment
from forum.core.web.times import near_time
from forum.core.words import gettext as _
from forum.core.words import mark
from forum.notifications.queries import announcements
from forum.notifications.queries.announcements import Reach
from forum.organization.intents import Intent
from forum.organization.overriding import NO_GROUNDS, Grounds
from forum.organization.verdicts import Action, Rule, RuleId, Sentence, Verdict, held_until, percent
from forum.organization.voices import Voice, moderates
from forum.permissions import Act, Actor, allows, require
from forum.posts import actions, queries
from forum.posts.actions import guarding
from forum.posts.actions.asking_anew import place_of_edit
from forum.posts.actions.guarding import Place, as_reply, as_topic
from forum.posts.addresses import number_path, topic_path
from forum.posts.announcing import announces
from forum.posts.drafts import EditDraft, ReplyDraft, TopicDraft
from forum.posts.fingerprints import beside, fingerprint
from forum.posts.forms.asking_again import told
from forum.posts.forms.grounds import Guarded, Noticing
from forum.posts.guard_models import StandBy
from forum.posts.models import Topic
from forum.posts.queries import guarded
from forum.posts.queries.guarded import Beside, Leave
from forum.posts.views import blueprint
from forum.posts.views.keeping import ASIDE, aside_path, draft_at, place_sent, to_drafts


@dataclass(frozen=True)
class Strip:
    """The line above an editor and the doors below it. `url`: where to ask again; `held`: the writer's own stand-by,
    `beside`: a colleague's; `leave`: a Host said yes to these words; `reach`: whom it would reach as an announcement,
    None for what is none; `aside`: where they find the answer that they have put aside."""

    verdict: Verdict
    intent: str
    url: str
    of_topic: bool
    may_invite: bool = False
    held: StandBy | None = None
    beside: Beside | None = None
    leave: Leave | None = None
    reach: Reach | None = None
    aside: str = ""

    @property
    def level(self) -> int:
        return self.verdict.level

    @property
    def line(self) -> Markup:
        """What it says: at 0 until when members have the first word, and our share; above, its sentence."""
        if self.verdict.sentence:
            return told(self.verdict.sentence)
        window, share = self._said(RuleId.PEER_FIRST), self.share
        parts = [told(window.sentence)] if window is not None else []
        if share is not None:
            said = _("Our share here: %(share)s %% of at most %(limit)s %%.", share=share[0], limit=share[1])
            parts.append(escape(said))
        return Markup(" ").join(parts)

    @property
    def says_share(self) -> bool:
        """Whether the line names our share itself, so that the meter need not."""
        rule, sentence = self._said(RuleId.VOICE), self.verdict.sentence
        return sentence is None or (rule is not None and sentence is rule.sentence)

    @property
    def hint(self) -> str:
        """One suggestion, at 1."""
        return _(HINTS[self.verdict.actions[0]]) if self.level == 1 and self._hints else ""

    @property
    def goes_out(self) -> Markup:
        """From 2 on, of a reply: when one that stands by goes out."""
        if self.level < 2 or self.of_topic or self.is_refusal or self.held or self.beside:
            return Markup()
        until = held_until(self.verdict)
        return told(HOURLY if until is None else Sentence(GOES_OUT, {"until": until}))

    @property
    def offers_thanks(self) -> bool:
        """Thanked aloud already: then there is the button."""
        return self.is_refusal and Action.THANK in self.verdict.actions

    @property
    def _hints(self) -> bool:
        return bool(self.verdict.actions) and self.verdict.actions[0] in HINTS

    @property
    def share(self) -> tuple[int | Decimal, int | Decimal] | None:
        """Our share of the conversation with this post, and its ceiling, in per cent; None: too few posts to say."""
        rule = self._said(RuleId.VOICE)
        if rule is None or not isinstance(rule.value, Fraction) or not isinstance(rule.limit, Fraction):
            return None
        return percent(rule.value), percent(rule.limit)

    @property
    def is_refusal(self) -> bool:
        return self.verdict.is_refusal

    def _said(self, id_: RuleId) -> Rule | None:
        return next((rule for rule in self.verdict.rules if rule.id is id_), None)


GOES_OUT = mark("One that stands by goes out %(until)s, unless a member answers first.")
HOURLY = Sentence(mark("One that stands by is looked at again each hour, and goes out as soon as there is room."))
HINTS = {
    Action.STAND_BY: mark("You could leave it as a draft until then."),
    Action.CLARIFY: mark("You could ask a question back instead."),
    Action.INVITE: mark("You could ask a member who knows instead."),
    Action.EDIT_LAST: mark("The pencil below your post changes it."),
    Action.THANK: mark("“Thank with a note”, below their post, thanks as well: they alone read it."),
    Action.ANSWER_FIRST: mark("They stand in the list of unanswered topics."),
}


def strip_for_reply(actor: Actor, topic: Topic, form: Guarded | None = None) -> Strip | None:
    """For the editor of a topic; None for whoever speaks for nobody."""
    if actor.belonging is None:
        return None
    intent = _intent(form)
    is_theirs = intent != Intent.MODERATE or moderates(actor, topic.board_id)  # it may stand in an old draft
    place = as_reply(topic, Voice(intent if is_theirs else ""))
    may_invite = topic.board.kind == "question" and not topic.is_solved and allows(actor, Act.ASK_TO_ANSWER, topic)
    url = url_for("posts.guard_reply", topic_id=topic.id)
    strip = _strip(actor, place, form, url)
    aside = aside_path(topic) if draft_at(ASIDE, topic.id) is not None else ""
    held, beside = guarded.held_here(reading(), actor, topic), guarded.beside(reading(), actor, topic)
    return replace(strip, may_invite=may_invite, held=held, beside=beside, aside=aside)


def need_not_wait(actor: Actor, topic: Topic, form: Guarded) -> bool:
    """Whether a reply that was to stand by would be posted at once: its purpose was chosen after the button was drawn,
    and no script drew it anew."""
    strip = strip_for_reply(actor, topic, form)
    return strip is not None and strip.level <= 1


def strip_for_topic(actor: Actor, slug: str, form: Guarded | None = None) -> Strip | None:
    """For the form of a new topic."""
    if actor.belonging is None:
        return None
    board = boards.board_by_slug(reading(), actor, slug)
    place = as_topic(board, Voice(_intent(form)))
    warns = bool(_notice(form).notice)
    goes_out = warns or announces(board.kind, str(place.intent))
    reach = announcements.reach(reading(), board, actor.account_id, clock.now(), warns=warns) if goes_out else None
    return _strip(actor, place, form, url_for("posts.guard_topic", slug=slug), reach=reach)


def _strip(actor: Actor, place: Place, form: Guarded | None, url: str, *, reach: Reach | None = None) -> Strip:
    dangerous = bool(form.dangerous.data) if form is not None else "dangerous" in request.args
    grounds = replace(_notice(form), is_dangerous=dangerous)
    verdict = guarding.judge(reading(), actor, place, grounds, "", clock.now())
    leave = None
    if verdict.level > 1 and not verdict.is_refusal:
        leave = guarded.leave_here(reading(), actor, place.kind, place.id, str(place.intent))
    return Strip(verdict, str(place.intent), url, place.kind == "topic", leave=leave, reach=reach)


def _notice(form: Guarded | None) -> Grounds:
    """As what it would be published."""
    if form is None:
        return Grounds(notice=request.args.get("notice", ""), incident=request.args.get("incident", ""))
    if not isinstance(form, Noticing) or not form.warns:
        return NO_GROUNDS
    return Grounds(notice=form.notice.data or "", incident=form.incident.data or "")


def _intent(form: Guarded | None) -> str:
    """What was chosen; nothing yet is an answer."""
    chosen = form["intent"].data if form is not None else request.args.get("intent", "")
    return chosen if chosen in set(Intent) else ""


@blueprint.get("/t/<int:topic_id>/guard")
def guard_reply(topic_id: int) -> FlaskResponse:
    """What it says when the purpose is another one."""
    actor = identity.actor()
    topic = queries.topic(reading(), actor, topic_id)
    require(actor, Act.REPLY, topic)
    return _said(strip_for_reply(actor, topic), _("Post reply"), topic)


@blueprint.get("/b/<slug>/guard")
def guard_topic(slug: str) -> FlaskResponse:
    """The same for a new topic."""
    actor = identity.actor()
    board = boards.board_by_slug(reading(), actor, slug)
    require(actor, Act.START_TOPIC, board)
    return _said(strip_for_topic(actor, slug), kinds.kind(board.kind).start)


def _said(strip: Strip | None, send: str, topic: Topic | None = None) -> FlaskResponse:
    if strip is None:
        raise NotFound
    by_tick = request.headers.get("HX-Trigger-Name") == "dangerous"
    form = Guarded(formdata=None)
    form.speaks = True
    form.offer_grounds()
    return render("posts/guard_said.html", strip=strip, send=send, topic=topic, by_tick=by_tick, form=form)


def kept_as_draft(actor: Actor, place: str, place_id: int) -> Response:
    """Instead of posting it now: to the drafts, saying so. Conflict where another window has kept a later one."""
    if not to_drafts(actor, place, place_id):
        raise Conflict(_("Another window has kept a later draft here. Yours is not lost: it stands below."))
    return led(url_for("drafts.drafts"), _("Kept among your drafts."))


def stands_by(row: StandBy) -> Response:
    """Back to the topic, saying that the reply waits and until when."""
    if row.until is not None:
        told = near_time(row.until)
        said = _("Kept as a stand-by. It is posted %(when)s by itself, unless a member answers first.", when=told)
    else:
        said = _("Kept as a stand-by. It is posted by itself when there is room, unless a member answers first.")
    return led(topic_path(row.topic), said)


def ask_host_to_reply(actor: Actor, topic_id: int, draft: ReplyDraft) -> Response:
    """Show a Host the reply; it is kept among the drafts meanwhile."""
    with transaction() as session:
        topic = queries.topic_for_update(session, actor, topic_id)
        place = as_reply(topic, draft.voice, fingerprint(draft))
        actions.ask_host(session, actor, place, draft.body, draft.grounds, beside=beside(draft))
        path = topic_path(topic)
    to_drafts(actor, place_sent(), topic_id)
    return led(path, _asked())


def ask_host_to_start(actor: Actor, slug: str, draft: TopicDraft) -> Response:
    """The same with a topic."""
    with transaction() as session:
        board = boards.board_by_slug(session, actor, slug)
        place, title = as_topic(board, draft.voice, fingerprint(draft)), draft.title
        actions.ask_host(session, actor, place, draft.body, draft.grounds, title=title, beside=beside(draft))
        board_id = board.id
    to_drafts(actor, "topic", board_id)
    return led(url_for("posts.board", slug=slug), _asked())


def ask_host_to_edit(actor: Actor, post_id: int, draft: EditDraft) -> Response:
    """The same with another wording of a post."""
    with transaction() as session:
        post = queries.post_for_update(session, actor, post_id)
        title, place = draft.title or post.topic.title, place_of_edit(actor, post, draft)
        actions.ask_host(session, actor, place, draft.body, draft.grounds, title=title, beside=beside(draft))
        path = number_path(post.topic, post.number)
    to_drafts(actor, "edit", post_id)
    return led(path, _asked())


def _asked() -> str:
    return _("A Host is asked, and you hear from them. Your words are with your drafts; do not change them until then.")


def led(path: str, said: str) -> Response:
    """There, with a sentence; htmx is led there, too."""
    flash(said, "success")
    if not wants_fragment():
        return see_other(path)
    answer = FlaskResponse()
    answer.headers["HX-Redirect"] = path
    return answer
