"""Every actor, every state of a post, and every act that moderation knows: for the table in `test_who_may.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Account
from forum.boards.models import Appointment, Board
from forum.caretakers import actions as caretakers
from forum.core import clock as time
from forum.core.errors import Conflict, ForumError, Invalid, NotFound, Refused, TooSoon
from forum.moderation import actions as moderation
from forum.moderation import subjects
from forum.moderation.models import Case, Ruling
from forum.permissions import Act, Actor, Group
from forum.posts import actions as posts
from forum.posts import queries as reads
from forum.posts.actions import using
from forum.posts.drafts import EditDraft, ReplyDraft
from forum.posts.models import Post, Topic
from forum.posts.pointing import from_board
from forum.posts.powers import Ground, PeerNeeded
from forum.sanctions import actions as sanctions
from forum.sanctions.drafts import SanctionDraft
from forum.suggestions import actions as suggesting
from forum.suggestions import queries as suggestions
from forum.suggestions.drafts import SuggestionDraft
from forum.suggestions.models import Suggestion
from tests import cast
from tests.moderation.powers import draft

ACTORS = (
    "guest", "unconfirmed", "newcomer", "member", "regular", "author", "suspended", "reads only", "no flags", "warned",
    "caretaker", "caretaker elsewhere", "caretaker once", "moderator", "staff", "host moderator", "administrator",
)  # fmt: skip
STATES = ("plain", "locked", "archived", "hidden", "removed", "host", "heated")


class Place:
    """A topic with a reply in every state, by one author each, on a board with a caretaker."""

    def __init__(self, session) -> None:
        self.session = session
        self.actors: dict[Account | None, Actor] = {}
        self.board, self.shelf = (
            cast.board(session, "talk", kind="question"),
            cast.board(session, "shelf", kind="question"),
        )
        self.mo, self.hana = cast.moderator(session, "momo"), cast.staff(session, "hana")
        cast.join(session, self.hana, Group.MODERATORS)
        self.ada, self.eve, self.cyd = (cast.member(session, name) for name in ("ada", "eve", "cyd"))
        self.people: dict[str, Account | None] = {
            "guest": None, "unconfirmed": cast.unconfirmed(session), "newcomer": cast.newcomer(session),
            "member": cast.member(session), "regular": cast.member(session, trust="regular"), "author": self.ada,
            "suspended": cast.suspended(session), "reads only": self.held_back("read_only"),
            "no flags": self.held_back("withdrawn", right="flag"), "warned": self.held_back("warning"),
            "caretaker": self.caretaker(self.board), "caretaker elsewhere": self.caretaker(self.shelf),
            "caretaker once": self.caretaker(self.board, ended=True), "moderator": cast.moderator(session),
            "staff": cast.staff(session), "host moderator": self.hana, "administrator": cast.administrator(session),
        }  # fmt: skip
        self.target = cast.topic(session, self.board, self.cyd).id
        self.at = {state: self.make(state) for state in STATES}
        for state in ("plain", "host"):
            case = subjects.load(session, "post", self.at[state][1])
            moderation.flag(session, cast.actor(session, self.cyd), case, "unkind", "Look.")
        session.flush()

    def actor(self, who: str, state: str) -> Actor:
        """Each as the domain sees them; of what is about the host, another is the author."""
        person = self.eve if (who, state) == ("author", "host") else self.people[who]
        if person not in self.actors:
            self.actors[person] = cast.actor(self.session, person)
        return self.actors[person]

    def held_back(self, kind: str, **given: Any) -> Account:
        person = cast.member(self.session)
        until = None if kind == "warning" else time.now() + timedelta(days=3)
        cast.sanction(self.session, person, kind, until=until, **given)
        return person

    def caretaker(self, board: Board, *, ended: bool = False) -> Account:
        person, now = cast.member(self.session), time.now()
        row = Appointment(
            account_id=person.id, board_id=board.id, months=6, reason="Kind.", asked_at=now - timedelta(days=300),
            since=now - timedelta(days=299), until=now + timedelta(days=-100 if ended else 9),
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        return person

    def make(self, state: str) -> tuple[int, int]:
        session, author, now = self.session, self.eve if state == "host" else self.ada, time.now()
        words = "Acme never listens." if state == "host" else "Only a fool asks."
        topic = cast.topic(session, self.board, author, body=words)
        post = cast.reply(session, topic, author, words)
        for person in filter(None, self.people.values()) if state == "heated" else ():
            with suppress(ForumError):
                cast.try_to_reply(session, topic, person)
        for reply in session.scalars(select(Post).where(Post.topic_id == topic.id, Post.number > post.number)):
            reply.created_at -= timedelta(seconds=61)  # nobody has just answered it
        topic.locked_at = now if state == "locked" else None
        topic.archived_at = now if state == "archived" else None
        post.flag_count = 3 if state == "heated" else 0
        mo = cast.actor(session, self.mo)
        if state == "hidden":
            posts.hide_post(session, mo, reads.post_for_update(session, mo, post.id), GROUND)
        if state == "removed":
            posts.remove_post(session, mo, reads.post_for_update(session, mo, post.id), GROUND)
        session.flush()
        return topic.id, post.id


GROUND = Ground("unkind", facts="It calls somebody a fool.")
Do = Callable[[Place, Actor, str], Any]


def post(p: Place, a: Actor, state: str) -> Post:
    return reads.post_for_update(p.session, a, p.at[state][1])


def topic(p: Place, a: Actor, state: str) -> Topic:
    return reads.topic_for_update(p.session, a, p.at[state][0])


def on_post(verb: Any, *more: Any) -> Do:
    return lambda p, a, state: verb(p.session, a, post(p, a, state), *more)


def on_topic(verb: Any, *more: Any) -> Do:
    return lambda p, a, state: verb(p.session, a, topic(p, a, state), *more)


def decide(act: str) -> Do:
    return lambda p, a, state: moderation.decide(p.session, a, draft(act, "post", p.at[state][1])).state


def flag(p: Place, a: Actor, state: str) -> None:
    moderation.flag(p.session, a, subjects.load(p.session, "post", p.at[state][1]), "unkind", "Look.")


def reply(p: Place, a: Actor, state: str) -> None:
    there = topic(p, a, state)
    number = p.session.get_one(Post, p.at[state][1]).number
    words = ReplyDraft(cast.words("Well, well, well."), number, confirmed=frozenset({"row", "old"}))
    with cast.unhurried():
        posts.reply(p.session, a, there, words)


def edit(p: Place, a: Actor, state: str) -> None:
    there = post(p, a, state)
    posts.edit_post(p.session, a, there, EditDraft(cast.words("Somebody asks, kindly."), there.revision_count))


def move(p: Place, a: Actor, state: str) -> None:
    there = topic(p, a, state)
    posts.move_topic(p.session, a, there, p.shelf, from_board(there.board, ""))


def merge(p: Place, a: Actor, state: str) -> None:
    there, target = reads.topics_for_update(p.session, a, p.at[state][0], p.target)
    posts.merge_topic(p.session, a, there, target)


def split(p: Place, a: Actor, state: str) -> None:
    new = posts.NewTopic("A topic of its own", p.board, ())
    posts.split_topic(p.session, a, topic(p, a, state), [p.at[state][1]], new)


def owner(p: Place, a: Actor, state: str) -> None:
    posts.change_owner(p.session, a, topic(p, a, state), p.cyd)


def bulk(p: Place, a: Actor, state: str) -> str:
    run = using.use_tool(p.session, a, "slow", [p.at[state][0]], {"minutes": 5})
    said = run.items[0].get("why", "")
    if "cannot decide it alone" in said:
        return "proposed"
    if said:
        raise Refused(said)
    return ""


def suggest(p: Place, a: Actor, state: str) -> Suggestion:
    there = post(p, a, state)
    seen = suggestions.said_now(p.session, [there])[there.id].fingerprint
    return suggesting.suggest(p.session, a, there, SuggestionDraft(cast.words("Kinder."), "Kinder words.", seen))


def accept(p: Place, a: Actor, state: str) -> None:
    suggested = suggest(p, cast.actor(p.session, p.cyd), state)
    p.session.flush()
    row = suggestions.suggestion(p.session, a, suggested.id, lock=True)
    suggesting.accept(p.session, a, row, row.version, cast.words("Kinder."))


def of(p: Place, state: str) -> Account:
    return p.session.get_one(Account, (p.eve if state == "host" else p.ada).id)


def sanction(p: Place, a: Actor, state: str) -> None:
    sanctions.impose(p.session, a, of(p, state), SanctionDraft("read_only", "unkind", "It calls names.", "3"))


def hold_member(p: Place, a: Actor, state: str) -> None:
    posts.hold_member(p.session, a, of(p, state))


def decided(p: Place, by: Account, state: str) -> Ruling:
    return moderation.decide(p.session, cast.actor(p.session, by), draft("remove", "post", p.at[state][1]))


def undo(p: Place, a: Actor, state: str) -> None:
    moderation.undo(p.session, a, decided(p, p.mo, state), "Too quick.")


def confirm(p: Place, a: Actor, state: str) -> None:
    moderation.confirm(p.session, a, decided(p, p.hana, state))


def appeal(p: Place, a: Actor, state: str) -> None:
    moderation.appeal(p.session, a, decided(p, p.mo, state), "It was an opinion.")


def answer(p: Place, a: Actor, state: str) -> None:
    made = moderation.appeal(p.session, cast.actor(p.session, of(p, state)), decided(p, p.mo, state), "An opinion.")
    version = p.session.scalars(select(Case.version).where(Case.kind == "appeal")).one()
    moderation.decide_appeal(p.session, a, made, "reversed", "So it was.", version)


def appoint(p: Place, a: Actor, state: str) -> None:
    caretakers.appoint(p.session, a, p.board, p.cyd, 6, "Has answered here for years.")


EVERY, TWO, ONE = STATES, ("plain", "host"), ("plain",)
# Name: the act that it asks for (of a post; else of its topic, or of a member), on which states, and how it is done.
ACTS: dict[str, tuple[Act, str, tuple[str, ...], Do]] = {
    "flag": (Act.FLAG, "post", EVERY, flag),
    "reply": (Act.REPLY, "topic", EVERY, reply),
    "edit": (Act.EDIT_POST, "post", EVERY, edit),
    "keep": (Act.DECIDE, "post", EVERY, decide("keep")),
    "remove": (Act.DECIDE, "post", EVERY, decide("remove")),
    "remove at once": (Act.REMOVE_POST, "post", EVERY, on_post(posts.remove_post, GROUND)),
    "hide": (Act.HIDE_POST, "post", EVERY, on_post(posts.hide_post, GROUND)),
    "restore": (Act.RESTORE_POST, "post", ("plain", "removed"), on_post(posts.restore_post)),
    "show": (Act.RESTORE_POST, "post", ("plain", "hidden"), on_post(posts.show_post)),
    "wiki": (Act.MAKE_WIKI, "post", EVERY, on_post(posts.make_wiki)),
    "lock": (Act.LOCK_TOPIC, "topic", EVERY, on_topic(posts.lock)),
    "archive": (Act.ARCHIVE_TOPIC, "topic", EVERY, on_topic(posts.archive)),
    "hold": (Act.HOLD_TOPIC, "topic", EVERY, on_topic(posts.hold_topic)),
    "slow": (Act.SLOW_DOWN, "topic", EVERY, on_topic(posts.slow_down, 5)),
    "retitle": (Act.RETITLE, "topic", EVERY, on_topic(posts.retitle, "A clearer title for it", ())),
    "move": (Act.MOVE_TOPIC, "topic", EVERY, move),
    "merge": (Act.MERGE_TOPIC, "topic", EVERY, merge),
    "split": (Act.SPLIT_TOPIC, "topic", EVERY, split),
    "owner": (Act.CHANGE_OWNER, "topic", EVERY, owner),
    "bulk": (Act.USE_TOOLS, "topic", EVERY, bulk),
    "suggest": (Act.SUGGEST_EDIT, "post", EVERY, suggest),
    "accept": (Act.DECIDE_SUGGESTION, "", TWO, accept),
    "sanction": (Act.SANCTION, "", TWO, sanction),
    "hold member": (Act.HOLD_MEMBER, "", TWO, hold_member),
    "undo": (Act.UNDO_DECISION, "post", TWO, undo),
    "confirm": (Act.CONFIRM_DECISION, "", ("host",), confirm),
    "appeal": (Act.APPEAL, "", TWO, appeal),
    "answer": (Act.DECIDE_APPEAL, "", TWO, answer),
    "appoint": (Act.APPOINT, "", ONE, appoint),
}


def cells() -> Iterator[tuple[str, str, str]]:
    """Act, state and actor, row by row."""
    for name, (_act, _on, states, _do) in ACTS.items():
        for state in states:
            for actor in ACTORS:
                yield name, state, actor


def outcome(place: Place, do: Do, actor: Actor, state: str) -> str:
    """What comes of it, and nothing of it stays."""
    step = place.session.begin_nested()
    try:
        said = do(place, actor, state)
        place.session.flush()
    except PeerNeeded:
        return "p"
    except TooSoon:
        return "w"
    except (Refused, NotFound):
        return "-"
    except (Invalid, Conflict):
        return "x"
    else:
        return "p" if said == "proposed" else "y"
    finally:
        step.rollback()
        place.session.expire_all()
