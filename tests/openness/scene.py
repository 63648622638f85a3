"""A place in which moderators did a little of everything, in March; and what nobody may learn from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from forum.moderation import actions
from forum.moderation.actions import removing
from forum.moderation.drafts import DecisionDraft
from forum.moderation.models import Ruling
from forum.moderation.queries import appeals
from forum.permissions import HOUSE
from forum.posts.actions import using
from forum.reporting import actions as reporting
from forum.reporting.grounds import Draft
from forum.reporting.models import IllegalReport
from forum.sanctions import actions as sanctions
from forum.sanctions.drafts import SanctionDraft
from tests import cast
from tests.holds.people import start, watch
from tests.moderation.people import Place, settle

# Names of members, titles, what was written, flagged, reasoned, reported and answered.
SECRETS = (
    *("momo", "mia", "hana", "ada", "ann", "ben", "cyd", "spammy", "do pegs hold", "only a fool"),
    *("calls somebody a fool", "for yourself", "never listens", "It gives an address", "It was a quote"),
    *("looked at it anew", "An opinion", "Secret facts", "Buy pegs", "neighbours", "Nora", "It is settled"),
    *("A hidden reason", "Cooled down", "looks after pegs", "tent pegs", "It advertises", "hate"),
)
HOUR = timedelta(hours=1)


@dataclass
class Scene:
    """`removed` was taken back after an objection, `confirmed` was proposed by the host's own moderator, `lapsed` done
    by them in an emergency."""

    session: Session
    place: Place
    removed: Ruling
    confirmed: Ruling
    lapsed: Ruling


def happened(session: Session, clock) -> Scene:
    """Decisions, one of them by flags alone, three of the host's; sanctions, and what else there is."""
    place = settle(session)
    place.flag(place.ann), place.flag(place.ben)
    clock.shift(2 * HOUR)
    removed = place.decide(place.mo, case=place.case(), detected="flags")
    again = cast.reply(session, place.topic, place.ben, "Only a fool asks twice.")
    place.flag(place.ann, post=again), place.flag(place.cy, post=again)
    clock.shift(30 * HOUR)
    place.decide(place.mia, "keep", place.case(), post=again, detected="flags")
    _object(place, removed, clock)
    _by_flags(place)
    confirmed, lapsed = _of_the_host(place, clock)
    topic = DecisionDraft(
        act="lock", subject_kind="topic", subject_id=place.topic.id, rule="off_topic", facts="It is settled."
    )
    actions.decide(session, place.actor(place.mo), topic)
    _besides(place, clock)
    clock.shift(24 * HOUR)
    session.flush()
    return Scene(session, place, removed, confirmed, lapsed)


def _object(place: Place, removed: Ruling, clock) -> None:
    """Ada objects; Mia answers four hours later that she is right."""
    session = place.session
    made = actions.appeal(
        session,
        place.actor(place.ada),
        appeals.objected_for_update(session, place.actor(place.ada), removed.id),
        "It was a quote.",
    )
    clock.shift(4 * HOUR)
    found = appeals.appeal_for_update(session, place.actor(place.mia), made.id)
    case = appeals.appeal_case(session, made.id)
    actions.decide_appeal(
        session, place.actor(place.mia), found, "reversed", "I looked at it anew.", case.version if case else 0
    )


def _by_flags(place: Place) -> None:
    """Three members hide a post; nobody has looked at it yet."""
    post = cast.reply(place.session, place.topic, place.ada, "Buy pegs. Only a fool does not.")
    for who in (place.ann, place.ben, place.cy):
        place.flag(who, rule="spam", post=post)


def _of_the_host(place: Place, clock) -> tuple[Ruling, Ruling]:
    """Three posts about the host: a peer agrees, says no, and does not look."""
    session, name = place.session, cast.host(place.session).name
    topic = cast.topic(session, place.board, place.ben, "Who looks after pegs?")
    posts = [cast.reply(session, topic, place.ben, f"{name} never listens. {n}") for n in range(3)]
    confirmed = place.decide(place.hana, post=posts[0])
    actions.confirm(session, place.actor(place.mo), place.ruling(place.mo, confirmed.id))
    refused = place.decide(place.hana, post=posts[1])
    actions.refuse(session, place.actor(place.mo), place.ruling(place.mo, refused.id), "An opinion.")
    lapsed = place.decide(place.hana, post=posts[2], emergency="It gives an address of somebody.")
    clock.shift(49 * HOUR)
    actions.lapse(session, HOUSE, lapsed)
    return confirmed, lapsed


def _besides(place: Place, clock) -> None:
    """Sanctions, a spam account, two tools, a report of illegal content, held words; and the next morning."""
    session, mo = place.session, place.actor(place.mo)
    sanctions.impose(session, mo, place.ben, SanctionDraft("warning", "unkind", "Secret facts."))
    row = sanctions.impose(session, mo, place.cy, SanctionDraft("suspension", "unkind", "Secret facts.", "7"))
    gone = sanctions.impose(session, mo, place.ann, SanctionDraft("read_only", "unkind", "Secret facts.", "7"))
    clock.shift(HOUR)
    sanctions.lift(session, mo, row, "Cooled down.")
    sanctions.revoke(session, mo, gone)
    removing.remove(session, mo, cast.newcomer(session, "spammy").id, "A hidden reason")
    cast.tag(session, "gut")
    other = cast.topic(session, place.board, place.ann, "What do pegs hold?", tags=["gut"])
    using.use_on_one(session, mo, "lock", other.id, {}, "A hidden reason")
    using.use_tool(session, mo, "untag", [other.id], {"tags": ["gut"]}, "A hidden reason")
    reason = "It calls for violence against my neighbours, by name."
    said = Draft("post", place.post.id, "/p/1", "hate", reason, "Nora", "nora@a.example", True)
    report = reporting.report_illegal(session, cast.actor(session, None), said)
    clock.shift(6 * HOUR)
    reporting.answer_report(session, mo, session.get_one(IllegalReport, report.id), "kept", "An opinion.")
    _hold(place)


def _hold(place: Place) -> None:
    """Three of Ann's topics wait: one is posted, one is not, and at one nobody has looked."""
    watch(place.session, "tent pegs")
    for act in ("release", "reject", ""):
        row = start(place.session, place.board, place.ann, cast.words(f"Buy tent pegs {act}."))
        said = {"subject_kind": "held", "subject_id": row.id, "rule": "spam", "facts": "It advertises."}
        if act:
            case = place.case("held")
            draft = DecisionDraft(act=act, detected="rules", **said)
            actions.decide(place.session, place.actor(place.mo), draft, case, case.version)
