"""What moderators can do to what others wrote, and to them: one list, each thing tried on what is about the host."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.admin import actions as admin
from forum.boards.models import Board
from forum.conversations.actions import close_report, reopen_report
from forum.conversations.models import Conversation, Message, MessageReport
from forum.core import clock
from forum.holds.models import HeldPost
from forum.moderation import actions as moderation
from forum.moderation import queries as rulings
from forum.moderation import spam_queries
from forum.moderation.actions import removing
from forum.moderation.appeal_models import Appeal
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Case, Ruling
from forum.moderation.queries import appeals
from forum.moderation.spam import actions as spammers
from forum.moderation.spam_models import SpamRemoval
from forum.permissions import Actor, Group
from forum.polls import actions as polls
from forum.polls.ballots import Ballot
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.posts.actions.timing import Timer
from forum.posts.drafts import EditDraft
from forum.posts.models import Post, Revision, Topic
from forum.posts.pointing import from_board
from forum.posts.powers import Ground
from forum.posts.queries import held
from forum.reporting import actions as reporting
from forum.reporting.models import IllegalReport
from forum.sanctions import actions as sanctions
from forum.sanctions.drafts import SanctionDraft
from forum.standing import actions as standing
from forum.suggestions import actions as suggesting
from forum.suggestions import queries as suggestions
from forum.suggestions.drafts import SuggestionDraft
from tests import cast
from tests.holds.people import linked, start
from tests.polls.people import WHICH, ready

SPAM, READ_ONLY = Ground("spam"), SanctionDraft("read_only", "unkind", "It calls somebody a fool.", "3")


@dataclass
class Scene:
    """`hana` moderates and administers, and belongs to the host; `mo` and `mia` do, too, and are peers. `ids`: what is
    about the host, by name."""

    session: Session
    hana: Account
    mo: Account
    mia: Account
    ids: dict[str, int] = field(default_factory=dict)

    def topic(self, who: Actor, name: str = "topic") -> Topic:
        return reads.topic_for_update(self.session, who, self.ids[name])

    def post(self, who: Actor, name: str = "post") -> Post:
        return reads.post_for_update(self.session, who, self.ids[name])

    def one(self, model: Any, name: str) -> Any:
        return self.session.get_one(model, self.ids[name], populate_existing=True)

    def board(self, name: str = "board") -> Board:
        return self.session.get_one(Board, self.ids[name])

    def held(self, who: Actor) -> HeldPost:
        return held.to_decide(self.session, who, self.ids["held"], lock=True)

    def suggestion(self, who: Actor) -> Any:
        return suggestions.suggestion(self.session, who, self.ids["suggestion"], lock=True)

    def ruling(self, who: Actor, kind: str = "remove") -> Ruling:
        found = self.session.scalars(
            select(Ruling.id).where(Ruling.act == kind).order_by(Ruling.id.desc()).limit(1)
        ).one()
        return rulings.decision_for_update(self.session, who, found)


def draft(act: str, kind: str, id_: int, **given: Any) -> DecisionDraft:
    """A decision with all that its statement says."""
    return DecisionDraft(act, kind, id_, **({"rule": "unkind", "facts": "It calls somebody a fool."} | given))


def judged(session: Session) -> Scene:  # noqa: PLR0915
    """Ann asks about Acme, Ben answers about it, and much else is about it that moderators could do something to."""
    staff = cast.join(session, cast.staff(session, "hana"), Group.MODERATORS)
    scene = Scene(session, staff, cast.moderator(session, "momo"), cast.moderator(session, "mia"))
    for one in (scene.hana, scene.mo, scene.mia):
        cast.join(session, one, Group.ADMINISTRATORS)
    board, shelf = cast.board(session, "asked", kind="question"), cast.board(session, "shelf", kind="question")
    ideas, talk = cast.board(session, "ideas", kind="idea"), cast.board(session, "talk")
    ann, ben, cyd = (cast.member(session, name) for name in ("ann", "ben", "cyd"))
    ann.headline = "Asks about Acme."
    newt = cast.newcomer(session, "newt")
    ids, about = scene.ids, "Acme never listens, and here is why."
    topic = cast.topic(session, board, ann, "Why is it so?", about, along={"poll": WHICH.kept()})
    ids |= {"board": board.id, "shelf": shelf.id, "topic": topic.id, "ann": ann.id, "ben": ben.id, "newt": newt.id}
    ids["opening"] = session.scalars(select(Post.id).where(Post.topic_id == topic.id, Post.number == 1)).one()
    for name in ("post", "removed", "hidden", "deleted"):
        ids[name] = cast.reply(session, topic, ben, about).id
    ids["other"] = cast.topic(session, board, cyd, "Why do pegs slip?").id
    ids["idea"], ids["twin"] = (cast.topic(session, ideas, who, body=about).id for who in (ann, ben))
    ids["spam"] = cast.reply(session, topic, newt, about).id
    now = clock.now()
    session.add(Revision(post_id=ids["post"], number=1, author_id=ben.id, created_at=now, source="Acme listens."))
    session.get_one(Post, ids["post"]).revision_count = 1
    author = cast.actor(session, ben)
    posts.delete_post(session, author, scene.post(author, "deleted"))
    mo = cast.actor(session, scene.mo)
    posts.remove_post(session, mo, scene.post(mo, "removed"), SPAM)
    posts.hide_post(session, mo, scene.post(mo, "hidden"), SPAM)
    waiting = start(session, talk, cast.newcomer(session, "nils"), linked("Acme sells badly"))
    ids["held"] = waiting.id
    suggester = cast.actor(session, cyd)
    post = scene.post(suggester)
    other = SuggestionDraft(
        cast.words("Acme does listen."), "Kinder words.", suggestions.said_now(session, [post])[post.id].fingerprint
    )
    ids["suggestion"] = suggesting.suggest(session, suggester, post, other).id
    report = IllegalReport(
        at=now, subject_kind="post", subject_id=ids["post"], path="", ground="hate", reason="Look.", name="", email="",
        locale="en",
    )  # fmt: skip
    talked = Conversation(kind="private", created_at=now, last_number=1, last_message_at=now)
    session.add_all([report, talked])
    session.flush()
    message = Message(
        conversation_id=talked.id, number=1, author_id=scene.hana.id, created_at=now, source="x", html="x"
    )
    session.add(message)
    session.flush()
    shown = MessageReport(
        message_id=message.id, reporter_id=ann.id, reason="Look.", created_at=now, from_number=1, to_number=1, html="x"
    )
    session.add(shown)
    session.flush()
    ids |= {"report": report.id, "message": shown.id, "sanction": cast.sanction(session, ann, "suspension").id}
    session.expire_all()
    return scene


Do = Callable[[Scene, Actor], Any]


@dataclass(frozen=True)
class Tried:
    """One thing that moderators do: `do` it; `first`, what a peer did before; `path` and `fields`: what its form sends,
    with ids by name."""

    do: Do
    first: Do | None = None
    path: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def _undo(do: Callable[..., Any], back: Callable[..., Any]) -> tuple[Do, Do]:
    """A tool and its opposite, which needs what the first returned."""

    def first(scene: Scene, who: Actor) -> None:
        scene.ids["before"] = do(scene, who)

    return (lambda scene, who: back(scene, who, scene.ids["before"])), first


def _merge(s: Scene, a: Actor) -> Any:
    topic, other = reads.topics_for_update(s.session, a, s.ids["topic"], s.ids["other"])
    return posts.merge_topic(s.session, a, topic, other)


def _split(s: Scene, a: Actor) -> Any:
    into = posts.NewTopic("A topic of its own", s.board(), ())
    return posts.split_topic(s.session, a, s.topic(a), [s.ids["post"]], into)


def _own(s: Scene, a: Actor) -> Any:
    return posts.change_owner(s.session, a, s.topic(a), s.one(Account, "ben"))


def _duplicate(s: Scene, a: Actor) -> None:
    topic, other = reads.topics_for_update(s.session, a, s.ids["topic"], s.ids["other"])
    posts.close_duplicate(s.session, a, topic, other, cast.words("See there."))


def _ideas(verb: Any, *told: Any) -> Do:
    def do(s: Scene, a: Actor) -> None:
        idea, twin = reads.topics_for_update(s.session, a, s.ids["idea"], s.ids["twin"])
        verb(s.session, a, idea, twin, cast.words("The same idea."), *told)

    return do


def _poll(verb: Any, *more: Any) -> Do:
    return lambda s, a: verb(s.session, a, *ready(s.session, a, s.ids["opening"]), *more)


def _edit(s: Scene, a: Actor) -> None:
    posts.edit_post(s.session, a, s.post(a), EditDraft(cast.words("Acme always listens, to everybody."), base=1))


def _bring_back(s: Scene, a: Actor) -> None:
    revision = s.session.scalars(select(Revision).where(Revision.post_id == s.ids["post"])).one()
    posts.restore_revision(s.session, a, s.post(a), revision, cast.words(revision.source))


def _accept(s: Scene, a: Actor) -> None:
    row = s.suggestion(a)
    said = suggestions.proposed_by(row)
    suggesting.accept(s.session, a, row, row.version, cast.words(said.source))


def _decline(s: Scene, a: Actor) -> None:
    row = s.suggestion(a)
    suggesting.decline(s.session, a, row, row.version, "It stays.")


def _reopen(s: Scene, a: Actor) -> None:
    row = s.suggestion(a)
    suggesting.reopen(s.session, a, row, row.version)


def _sanction(verb: Any, *more: Any) -> Do:
    return lambda s, a: verb(s.session, a, s.one(Sanction, "sanction"), *more)


def _of(s: Scene, kept: Any) -> Account:
    return s.session.get_one(Account, kept["account_id"])


def _decide(s: Scene, a: Actor) -> None:
    moderation.decide(s.session, a, draft("remove", "post", s.ids["post"]))


def _decide_on(act: str, kind: str, name: str) -> Do:
    return lambda s, a: moderation.decide(s.session, a, draft(act, kind, s.ids[name]))


def _propose(s: Scene, _a: Actor) -> None:
    _decide(s, cast.actor(s.session, s.hana))


def _agree(s: Scene, a: Actor) -> None:
    _propose(s, a)
    moderation.confirm(s.session, a, s.ruling(a))


def _appeal(s: Scene, a: Actor) -> None:
    _decide(s, a)
    ben = s.one(Account, "ben")
    moderation.appeal(s.session, cast.actor(s.session, ben), s.ruling(a), "It was an opinion.")


def _answer(s: Scene, a: Actor) -> None:
    made = s.session.scalars(select(Appeal)).one()
    version = s.session.scalars(select(Case.version).where(Case.kind == "appeal")).one()
    moderation.decide_appeal(s.session, a, made, "reversed", "So it was.", version)


def _answered(s: Scene, a: Actor) -> None:
    _appeal(s, a)
    _answer(s, cast.actor(s.session, s.mia))


def _reopen_appeal(s: Scene, a: Actor) -> None:
    id_ = s.session.scalars(select(Appeal.id)).one()
    moderation.undo_appeal(s.session, a, appeals.appeal_for_update(s.session, a, id_))


def _spam(s: Scene, a: Actor) -> None:
    removing.remove(s.session, a, s.ids["newt"], "It sells.")


def _take(s: Scene, a: Actor) -> None:
    spammers.take(s.session, a, spam_queries.locked(s.session, s.ids["newt"]), {}, SPAM)


def _no_spam(s: Scene, a: Actor) -> None:
    removal = s.session.scalars(select(SpamRemoval.id)).one()
    removing.undo(s.session, a, removal, "It sold nothing.")


def on_topic(verb: Any, *more: Any) -> Do:
    return lambda s, a: verb(s.session, a, s.topic(a), *more)


def on_post(verb: Any, name: str, *more: Any) -> Do:
    return lambda s, a: verb(s.session, a, s.post(a, name), *more)


def on_held(verb: Any, *more: Any) -> Do:
    return lambda s, a: verb(s.session, a, s.held(a), *more)


def on_member(verb: Any, *more: Any) -> Do:
    return lambda s, a: verb(s.session, a, s.one(Account, "ann"), *more)


def on_report(verb: Any, *more: Any) -> Do:
    return lambda s, a: verb(s.session, a, s.one(IllegalReport, "report"), *more)


_UNMERGE, _MERGED = _undo(_merge, lambda s, a, before: posts.undo_merge_topic(s.session, a, before))
_UNSPLIT, _SPLIT_UP = _undo(_split, lambda s, a, before: posts.undo_split(s.session, a, before))
_DISOWN, _OWNED = _undo(_own, lambda s, a, before: posts.undo_change_owner(s.session, a, s.topic(a), before))
_HURRY, _SLOWED = _undo(
    on_topic(posts.slow_down, 5), lambda s, a, before: posts.undo_slow_down(s.session, a, s.topic(a), before)
)
_AGAIN, _REVOKED = _undo(
    _sanction(sanctions.revoke), lambda s, a, kept: sanctions.impose_again(s.session, a, _of(s, kept), kept)
)
_OTHER = Ballot("Which chalk?", ("White", "Red"))
_LATER = timedelta(days=3)

# Verb → how it is tried. A verb of moderators that stands neither here nor in `test_powers.FREE` fails a test.
TRIED: Mapping[str, Tried] = {
    "forum.posts.actions.stewarding.lock": Tried(on_topic(posts.lock), path="/t/{topic}/lock"),
    "forum.posts.actions.stewarding.unlock": Tried(on_topic(posts.unlock), on_topic(posts.lock), "/t/{topic}/unlock"),
    "forum.posts.actions.stewarding.archive": Tried(on_topic(posts.archive), path="/t/{topic}/archive"),
    "forum.posts.actions.stewarding.unarchive": Tried(
        on_topic(posts.unarchive), on_topic(posts.archive), "/t/{topic}/unarchive"
    ),
    "forum.posts.actions.arranging.retitle": Tried(
        on_topic(posts.retitle, "A clearer title for it", ()), None, "/t/{topic}/retitle", {"title": "A clearer title"}
    ),
    "forum.posts.actions.arranging.move_topic": Tried(
        lambda s, a: posts.move_topic(s.session, a, s.topic(a), s.board("shelf"), from_board(s.board(), "")),
        None, "/t/{topic}/move", {"board": "shelf"},
    ),
    "forum.posts.actions.arranging.close_duplicate": Tried(
        _duplicate, None, "/t/{topic}/duplicate", {"other": "/t/{other}"}
    ),
    "forum.posts.actions.arranging.reopen_duplicate": Tried(
        on_topic(posts.reopen_duplicate), _duplicate, "/t/{topic}/reopen"
    ),
    "forum.posts.actions.merging.merge_topic": Tried(_merge),
    "forum.posts.actions.merging.undo_merge_topic": Tried(_UNMERGE, _MERGED),
    "forum.posts.actions.splitting.split_topic": Tried(_split),
    "forum.posts.actions.splitting.undo_split": Tried(_UNSPLIT, _SPLIT_UP),
    "forum.posts.actions.handing_over.change_owner": Tried(_own),
    "forum.posts.actions.handing_over.undo_change_owner": Tried(_DISOWN, _OWNED),
    "forum.posts.actions.slowing.slow_down": Tried(on_topic(posts.slow_down, 5)),
    "forum.posts.actions.slowing.undo_slow_down": Tried(_HURRY, _SLOWED),
    "forum.posts.actions.timing.set_timer": Tried(
        lambda s, a: posts.set_timer(s.session, a, s.topic(a), Timer(closes_at=clock.now() + _LATER)),
        None, "/t/{topic}/timer", {"silent_days": "3"},
    ),
    "forum.posts.actions.holding.hold_topic": Tried(on_topic(posts.hold_topic), path="/t/{topic}/hold"),
    "forum.posts.actions.holding.unhold_topic": Tried(
        on_topic(posts.unhold_topic), on_topic(posts.hold_topic), "/t/{topic}/unhold"
    ),
    "forum.posts.actions.steering.merge_idea": Tried(_ideas(posts.merge_idea, cast.words("It came along."))),
    "forum.posts.actions.steering.unmerge_idea": Tried(
        _ideas(posts.unmerge_idea), _ideas(posts.merge_idea, cast.words("It came along.")),
    ),
    "forum.posts.actions.removing.remove_post": Tried(on_post(posts.remove_post, "post", SPAM)),
    "forum.posts.actions.removing.hide_post": Tried(on_post(posts.hide_post, "post", SPAM)),
    "forum.posts.actions.removing.restore_post": Tried(on_post(posts.restore_post, "removed")),
    "forum.posts.actions.removing.show_post": Tried(on_post(posts.show_post, "hidden")),
    "forum.posts.actions.deleting.undelete_post": Tried(
        on_post(posts.undelete_post, "deleted"), path="/p/{deleted}/undelete"
    ),
    "forum.posts.actions.editing.edit_post": Tried(
        _edit, None, "/p/{post}/edit", {"body": "Acme always listens.", "base": "1"}
    ),
    "forum.posts.actions.editing.restore_revision": Tried(_bring_back, None, "/p/{post}/restore", {"number": "1"}),
    "forum.posts.actions.wiki.make_wiki": Tried(on_post(posts.make_wiki, "post"), path="/p/{post}/wiki"),
    "forum.posts.actions.wiki.end_wiki": Tried(
        on_post(posts.end_wiki, "post"), on_post(posts.make_wiki, "post"), "/p/{post}/end-wiki"
    ),
    "forum.posts.actions.answering.accept_answer": Tried(
        on_post(posts.accept_answer, "post"), None, "/p/{post}/accept"
    ),
    "forum.posts.actions.answering.withdraw_answer": Tried(
        on_post(posts.withdraw_answer, "post"), on_post(posts.accept_answer, "post"), "/p/{post}/withdraw-answer"
    ),
    "forum.polls.actions.edit_poll": Tried(_poll(polls.edit_poll, _OTHER, 0)),
    "forum.polls.actions.close_poll": Tried(_poll(polls.close_poll), path="/p/{opening}/poll/close"),
    "forum.posts.actions.releasing.release": Tried(on_held(posts.release)),
    "forum.posts.actions.releasing.reject": Tried(on_held(posts.reject, "It sells.")),
    "forum.posts.actions.releasing.undo_release": Tried(on_held(posts.undo_release), on_held(posts.release)),
    "forum.posts.actions.releasing.undo_rejection": Tried(on_held(posts.undo_rejection), on_held(posts.reject, "No.")),
    "forum.suggestions.actions.deciding.accept": Tried(_accept),
    "forum.suggestions.actions.deciding.decline": Tried(
        _decline, None, "/suggestions/{suggestion}/decline", {"version": "1", "answer": "It stays."}
    ),
    "forum.suggestions.actions.deciding.reopen": Tried(
        _reopen, _decline, "/suggestions/{suggestion}/reopen", {"version": "2"}
    ),
    "forum.sanctions.actions.impose": Tried(on_member(sanctions.impose, READ_ONLY)),
    "forum.sanctions.actions.impose_again": Tried(_AGAIN, _REVOKED),
    "forum.sanctions.actions.revoke": Tried(
        _sanction(sanctions.revoke), path="/moderation/sanctions/{sanction}/revoke"
    ),
    "forum.sanctions.actions.lift": Tried(
        _sanction(sanctions.lift, "Enough."), None, "/moderation/sanctions/{sanction}/lift", {"reason": "Enough."}
    ),
    "forum.sanctions.actions.hold_again": Tried(
        _sanction(sanctions.hold_again), _sanction(sanctions.lift, "Enough.")
    ),
    "forum.posts.actions.holding.hold_member": Tried(on_member(posts.hold_member)),
    "forum.posts.actions.holding.unhold_member": Tried(on_member(posts.unhold_member), on_member(posts.hold_member)),
    "forum.standing.actions.hold_standing": Tried(
        on_member(standing.hold_standing, "newcomer", "Too loud."), None, "/standing/ann/hold",
        {"level": "newcomer", "reason": "Too loud."},
    ),
    "forum.standing.actions.release_standing": Tried(
        on_member(standing.release_standing), on_member(standing.hold_standing, "newcomer", "Too loud."),
        "/standing/ann/release",
    ),
    "forum.moderation.spam.actions.take": Tried(_take),
    "forum.moderation.actions.removing.undo": Tried(_no_spam, _spam),
    "forum.reporting.actions.answer_report": Tried(
        on_report(reporting.answer_report, "kept", "It is an opinion."), None, "/moderation/illegal/{report}",
        {"decision": "kept", "words": "It is an opinion."},
    ),
    "forum.reporting.actions.reopen_report": Tried(
        on_report(reporting.reopen_report), on_report(reporting.answer_report, "kept", "It is an opinion."),
        "/moderation/illegal/{report}/reopen",
    ),
    "forum.conversations.actions.reporting.close_report": Tried(
        lambda s, a: close_report(s.session, a, s.one(MessageReport, "message"))
    ),
    "forum.conversations.actions.reporting.reopen_report": Tried(
        lambda s, a: reopen_report(s.session, a, s.one(MessageReport, "message")),
        lambda s, a: close_report(s.session, a, s.one(MessageReport, "message")),
    ),
    "forum.moderation.actions.deciding.answer_anew": Tried(
        lambda s, a: moderation.answer_anew(s.session, a, s.ruling(a)), _agree
    ),
    "forum.moderation.actions.deciding.confirm": Tried(
        lambda s, a: moderation.confirm(s.session, a, s.ruling(a)), _propose
    ),
    "forum.moderation.actions.deciding.refuse": Tried(
        lambda s, a: moderation.refuse(s.session, a, s.ruling(a), "An opinion."), _propose
    ),
    "forum.moderation.actions.deciding.undo": Tried(
        lambda s, a: moderation.undo(s.session, a, s.ruling(a), "Too quick."), _decide
    ),
    "forum.moderation.actions.deciding.reverse": Tried(
        lambda s, a: moderation.reverse(s.session, a, s.ruling(a), "It was a quote."), _appeal
    ),
    "forum.moderation.actions.appealing.decide_appeal": Tried(_answer, _appeal),
    "forum.moderation.actions.appealing.undo_appeal": Tried(
        _reopen_appeal, _answered
    ),
    "forum.admin.actions.close_account": Tried(
        on_member(admin.close_account, "They asked."), None, "/admin/people/{ann}/close", {"reason": "They asked."}
    ),
    "forum.admin.actions.merge_accounts": Tried(
        lambda s, a: admin.merge_accounts(s.session, a, s.one(Account, "ann"), s.one(Account, "ben"), "ann")
    ),
}  # fmt: skip

__all__ = ["TRIED", "Scene", "Tried", "draft", "judged"]
