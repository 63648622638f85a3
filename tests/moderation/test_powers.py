"""What is by or about the host, none of its own people decides alone: not by any verb, form or tool. A peer does, or
confirms; what could not wait is looked at within two days, or undone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from forum.accounts.models import Account
from forum.accounts.sanction_models import Sanction
from forum.core import clock as time
from forum.core.errors import ForumError, Refused
from forum.moderation import actions as moderation
from forum.moderation import subjects
from forum.moderation.models import Case, Ruling
from forum.moderation.operations import OPERATIONS
from forum.moderation.subjects import ACCOUNT, HELD, POST, TOPIC
from forum.permissions import HOUSE, Group
from forum.permissions.rules import RULES
from forum.posts import actions as posts
from forum.posts import check
from forum.posts import queries as reads
from forum.posts.actions import using
from forum.posts.actions.concerning import needs_peer_over
from forum.posts.drafts import EditDraft
from forum.posts.models import Post
from forum.posts.powers import PeerNeeded
from forum.posts.tools import ALONE, TOOLS
from tests import cast
from tests.machines.databases import reading, writing
from tests.machines.visitor import Visitor
from tests.moderation.powers import TRIED, Scene, draft, judged
from tests.promises.test_verbs import verbs

SENTENCE, ANSWERS = "one of its own people cannot decide it alone", "from among the members answers it"
# What is done to anything of anybody leaves a trace in one of these.
WATCHED = (
    "topics posts revisions held_posts suggestions accounts sanctions rulings appeals cases illegal_reports polls "
    "message_reports spam_removals standings bulk_runs deeds"
).split()
OPENS = {"is_moderator", "looks_after", "moderates", "keeps_the_peace", "moderates_somewhere"}

# ── every verb that moderators have stands in one of the lists ────────────────────────────────────────────────────────

# Acts of moderators that judge nothing of anybody: why.
FREE_ACTS = {
    "SEE_TOPIC": "reads",
    "SEE_POST": "reads",
    "SEE_CONVERSATION": "reads",
    "REPLY": "writes under one's own name",
    "WRITE_MESSAGE": "writes under one's own name",
    "WRITE_AS_MODERATOR": "writes to a member, who answers",
    "ARRANGE_CONVERSATION": "puts one's own letter box in order",
    "DELETE_POST": "takes one's own words back",
    "PIN_TOPIC": "the guard counts what the organization holds at the top",
    "MARK_URGENT": "asks that somebody is answered sooner",
    "HAND_ON_PAGE": "says who keeps a page correct",
    "SETTLE_DOUBT": "says whether facts still hold, for readers to see who says so",
    "APPROVE_SIGN_UPS": "lets people in who wrote nothing yet",
    "KEEP_SHIELDS": "shuts out networks and mail domains, not what is said",
    "RECEIVE_TOPIC": "asked along with moving, which is tried",
}
FREE = {
    "forum.moderation.actions.answering.answer": "calls the verbs of what is asked, which ask",
    "forum.moderation.actions.answering.take_answer_back": "calls the verbs of what was answered, which ask",
    "forum.moderation.actions.claiming.claim": "says that one looks at it",
    "forum.moderation.actions.claiming.let_go": "the opposite",
    "forum.moderation.actions.deciding.decide": "proposes by itself: tried below with all that it can do",
    "forum.moderation.actions.mending.mend": "the author's own, done by the house",
    "forum.moderation.actions.silencing.silence": "done by the house",
    "forum.accounts.actions.withdrawing.empty_profile": "a step of deciding so, which is tried below",
    "forum.accounts.actions.withdrawing.refill_profile": "a step of taking that back, which asks",
    "forum.moderation.actions.removing.remove": "decides, and so proposes by itself",
    "forum.moderation.spam.actions.give": "a step of taking a decision back, which asks",
    "forum.moderation.spam.actions.go_on": "a step of deciding so, which is tried below",
    "forum.moderation.spam.actions.go_back": "a step of taking that back, which asks",
    "forum.posts.actions.cooling.let_grow": "asks the author's own rights",
    "forum.posts.actions.steering.change_state": "the host's own duty: says to all, with its reason, what it will do",
    "forum.posts.actions.asking_hosts.ask_host": "asks that one's own words are let through",
    "forum.posts.actions.taking_over.take_over": "the step of accepting that changes the post: tried there",
    "forum.posts.actions.taking_over.give_back": "the step of reopening that changes it back",
    "forum.posts.actions.using.try_tool": "calls the verbs of the tool, which ask: tried below",
    "forum.posts.actions.using.use_tool": "the same",
    "forum.posts.actions.using.use_on_one": "the same",
    "forum.posts.actions.using.undo_run": "the same",
    "forum.suggestions.actions.suggesting.suggest": "proposes: whoever decides is asked",
    **{
        f"forum.{step}": "a step of removing spam, which asked"
        for step in (
            "accounts.actions.withdrawing.blank", "accounts.actions.withdrawing.unblank",
            "accounts.actions.withdrawing.forget_person", "conversations.actions.withdrawing.take_messages",
            "conversations.actions.withdrawing.give_messages", "conversations.actions.withdrawing.take_titles",
            "conversations.actions.withdrawing.give_titles", "gatherings.actions.take_attendances",
            "gatherings.actions.give_attendances", "polls.actions.take_votes", "polls.actions.give_votes",
            "posts.actions.withdrawing.take_reactions", "posts.actions.withdrawing.give_reactions",
            "posts.actions.withdrawing.take_backings", "posts.actions.withdrawing.give_backings",
            "uploads.actions.disuse_all_of",
        )
    },
}  # fmt: skip


def acts_of(node) -> set[str]:
    return {
        part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "Act"
    }


def test_whatever_moderators_can_do_is_tried_here_or_says_why_it_judges_nothing():
    judging = {
        act.name
        for act, ways in RULES.items()
        if OPENS & {asked.__name__ for way in ways for asked in way} and act.name not in FREE_ACTS
    }
    found = {name for name, node in verbs().items() if acts_of(node) & judging}
    assert found - set(TRIED) - set(FREE) == set()
    assert set(FREE) <= found, set(FREE) - found
    assert set(TRIED) - found <= {"forum.admin.actions.close_account", "forum.admin.actions.merge_accounts"}


# ── verbs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def scene(session, uncounted, clock) -> Scene:
    return judged(session)


def rows(session) -> dict[str, list]:
    session.flush()
    return {table: session.execute(text(f"select * from {table} order by 1")).all() for table in WATCHED}


@contextmanager
def tried(session) -> Iterator[None]:
    """Whatever is done inside is undone."""
    step = session.begin_nested()
    try:
        yield
    finally:
        step.rollback()
        session.expire_all()


def test_the_hosts_moderator_is_refused_by_every_verb_and_a_peer_is_not(scene):
    session, wrong = scene.session, {}
    for name, one in TRIED.items():
        with tried(session):
            if one.first is not None:
                one.first(scene, cast.actor(session, scene.mo))
            before = rows(session)
            wrong[name] = outcome(scene, one, scene.hana)
            if rows(session) != before:
                wrong[name] += ", and left a trace"
            peers = outcome(scene, one, scene.mia, keeps=True)
            if peers or rows(session) == before:
                wrong[name] += f", and a peer could not: {peers}"
    assert {name: said for name, said in wrong.items() if said != "refused"} == {}


def outcome(scene, one, who: Account, *, keeps: bool = False) -> str:
    """ "" where it was done."""
    session = scene.session
    session.expire_all()
    step = session.begin_nested()
    try:
        one.do(scene, cast.actor(session, who))
        session.flush()
    except Refused:
        step.rollback()
        return "refused"
    except (ForumError, AssertionError, LookupError, TypeError) as error:
        step.rollback()
        return repr(error)
    (step.commit if keeps else step.rollback)()
    session.expire_all()
    return ""


def test_what_one_wrote_oneself_stays_ones_own_to_word_but_not_to_judge(scene):
    session, hana = scene.session, cast.actor(scene.session, scene.hana)
    own = cast.reply(session, scene.topic(hana), scene.hana, "Acme is us.")
    posts.edit_post(session, hana, reads.post_for_update(session, hana, own.id), EditDraft(cast.words("It is us."), 0))
    with pytest.raises(Refused):
        moderation.decide(session, hana, draft("keep", POST, own.id))
    ours = cast.topic(session, scene.board(), scene.hana, "What Acme does next")
    with pytest.raises(PeerNeeded):
        posts.lock(session, hana, reads.topic_for_update(session, hana, ours.id))


def test_thirty_days_after_they_wrote_about_it_members_are_judged_as_all_others(scene, clock):
    session, cyd = scene.session, scene.session.scalars(select(Account).where(Account.name == "cyd")).one()
    ann = scene.one(Account, "ann")
    assert not needs_peer_over(session, cast.actor(session, scene.hana), cyd.id)
    assert needs_peer_over(session, cast.actor(session, scene.hana), ann.id)
    assert not needs_peer_over(session, cast.actor(session, scene.mo), ann.id)
    clock.shift(timedelta(days=31))
    assert not needs_peer_over(session, cast.actor(session, scene.hana), ann.id)
    assert needs_peer_over(session, cast.actor(session, scene.hana), cast.staff(session, "sid").id)


def test_flags_of_the_hosts_people_fold_away_nothing_that_is_about_it(scene):
    session = scene.session
    for who in (scene.hana, cast.join(session, cast.staff(session, "sid"), Group.MODERATORS)):
        moderation.flag(session, cast.actor(session, who), subjects.load(session, POST, scene.ids["post"]), "unkind")
    post, case = scene.one(Post, "post"), session.scalars(select(Case).where(Case.kind == "flagged")).one()
    assert (post.hidden_at, post.flag_count, case.weight) == (None, 0, 0)


# ── decisions: proposed and confirmed, or done at once and reviewed ───────────────────────────────────────────────────

ABOUT = {POST: "post", TOPIC: "topic", ACCOUNT: "ann", HELD: "held"}
YOUNG = {"spam": "newt"}
PARAMS = {"sanction": {"kind": "read_only", "right": "", "duration": "3", "detected": "own"}}
DECISIONS = [(act, kind) for act, one in OPERATIONS.items() for kind in sorted(one.on)]


def done(session) -> dict[str, list]:
    """What decisions change, without counters that only go up."""
    session.flush()
    columns = {
        "topics": "id, title, locked_at, archived_at, hidden_at, deleted_at, post_count",
        "posts": "id, hidden_at, deleted_at, removal_rule",
        "held_posts": "id, state",
        "sanctions": "account_id, kind, lifted_at",
        "accounts": "id, post_count, headline",
    }
    left = {"posts": "where action = '' and deleted_at is null", "topics": "where deleted_at is null"}
    return {
        table: session.execute(text(f"select {what} from {table} {left.get(table, '')} order by 1, 2")).all()
        for table, what in columns.items()
    }


def proposed(scene: Scene, act: str, kind: str, emergency: str = "") -> Ruling:
    given = {"params": PARAMS.get(act, {}), "emergency": emergency}
    hana = cast.actor(scene.session, scene.hana)
    return moderation.decide(scene.session, hana, draft(act, kind, scene.ids[YOUNG.get(act, ABOUT[kind])], **given))


@pytest.mark.parametrize(("act", "kind"), DECISIONS)
def test_what_the_host_proposes_waits_for_a_peer_and_what_it_did_at_once_lapses_in_two_days(scene, clock, act, kind):
    session, changes = scene.session, act != "keep"
    before = done(session)
    with tried(session):
        waiting = proposed(scene, act, kind)
        assert (waiting.state, done(session)) == ("proposed", before)
        moderation.confirm(session, cast.actor(session, scene.mo), waiting)
        assert (waiting.state, waiting.by_host, waiting.confirmed_by_id) == ("in_force", True, scene.mo.id)
        assert (done(session) != before) == changes
        with pytest.raises(PeerNeeded):  # two decided it: one of them does not take it back alone
            moderation.undo(session, cast.actor(session, scene.hana), waiting, "No.")
    with tried(session):
        refused = proposed(scene, act, kind)
        moderation.refuse(session, cast.actor(session, scene.mo), refused, "An opinion.")
        assert (refused.state, done(session)) == ("refused", before)
    with tried(session):
        at_once = proposed(scene, act, kind, "It names where somebody lives.")
        assert (at_once.state, done(session) != before) == ("in_force", changes)
        moderation.confirm(session, cast.actor(session, scene.mo), at_once)
        after = done(session)
        clock.shift(timedelta(hours=49))
        moderation.lapse(session, HOUSE, at_once)
        assert (at_once.state, done(session)) == ("in_force", after)
    at_once = proposed(scene, act, kind, "It names where somebody lives.")
    clock.shift(timedelta(hours=49))
    moderation.lapse(session, HOUSE, at_once)
    assert (at_once.state, at_once.undone_how, done(session)) == ("undone", "lapse", before)
    assert list(check.drifts(session)) == []


# ── tools ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bulk_tools_leave_out_what_is_about_the_host_and_say_why_and_peers_take_it_along(scene, clock):
    session, ids = scene.session, scene.ids
    cast.tag(session, "pegs")
    into = cast.topic(session, scene.board(), scene.mo, "All of it").id
    told = {
        "board": ids["shelf"], "tags": ["pegs"], "minutes": 5, "into": into, "owner": ids["ben"],
        "closes_at": (time.now() + timedelta(days=2)).isoformat(),
    }  # fmt: skip
    both = [ids["topic"], ids["other"]]
    first = {
        "unlock": "lock", "untag": "tag", "unarchive": "archive", "unslow": "slow", "open_ended": "close_at",
    }  # fmt: skip
    for key in TOOLS.keys() - ALONE:
        with tried(session):
            if key in first:
                using.use_tool(session, cast.actor(session, scene.mo), first[key], both, told)
            for who, can in ((scene.hana, [False, True]), (scene.mo, [True, True])):
                with tried(session):
                    run = using.use_tool(session, cast.actor(session, who), key, both, told)
                    assert ["before" in item for item in run.items] == can, (key, run.items)
                    assert can[0] or SENTENCE in run.items[0]["why"], (key, run.items)
            run = using.use_tool(session, cast.actor(session, scene.mo), key, [ids["topic"]], told)
            assert "before" in run.items[0], (key, run.items)
            run.by_id = scene.hana.id
            before = rows(session)["topics"]
            assert using.undo_run(session, cast.actor(session, scene.hana), run) == 0, key
            assert rows(session)["topics"] == before, key


# ── forms ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_form_lets_the_hosts_moderator_decide_alone(app, uncounted, clock, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with writing(app) as session:
        scene = judged(session)
        scene.ids["hana"], ids = scene.hana.id, scene.ids
        for one in TRIED.values():
            if one.path and one.first is not None:
                with tried(session):
                    one.first(scene, cast.actor(session, scene.mo))
        hana = Visitor(app)
        cast.sign_in(hana, session, scene.hana)
    sent = {name: one for name, one in TRIED.items() if one.path and one.first is None}
    with reading(app) as session:
        before = rows(session)
    wrong = {}
    for name, one in sent.items():
        answer = hana.post(one.path.format(**ids), data={key: word.format(**ids) for key, word in one.fields.items()})
        if answer.status_code not in (403, 422) or not any(words in answer.text for words in (SENTENCE, ANSWERS)):
            wrong[name] = answer.status
    assert wrong == {}
    with reading(app) as session:
        assert rows(session) == before
    assert len(sent) >= 19


def test_a_sanction_is_proposed_on_the_members_page_and_a_peer_reads_what_it_is(app, uncounted, clock):
    with writing(app) as session:
        scene = judged(session)
        doors = {}
        for who in (scene.hana, scene.mo):
            doors[who.name] = Visitor(app)
            cast.sign_in(doors[who.name], session, who)
        ben = scene.ids["ben"]
    page = doors["hana"].get("/u/ben/moderation").text
    assert "wrote about it within thirty days" in page
    assert "Why it cannot wait" in page
    assert "Why it cannot wait" not in doors["momo"].get("/u/ben/moderation").text
    fields = {"what": "read_only", "duration": "3", "rule": "unkind", "facts": " ", "detected": "own"}
    assert doors["hana"].submit("/u/ben/moderation", fields, form="sanction").status_code == 422
    fields["facts"] = "It calls somebody a fool."
    assert doors["hana"].submit("/u/ben/moderation", fields, form="sanction").status_code == 303
    with reading(app) as session:
        case = session.scalars(select(Case).where(Case.kind == "proposal")).one()
        assert session.scalars(select(Sanction).where(Sanction.account_id == ben)).all() == []
    shown = doors["momo"].get(f"/moderation/cases/{case.id}").text
    assert "Reads only" in shown
    assert "3 days" in shown
    assert doors["momo"].submit(f"/moderation/cases/{case.id}", {"answer": "confirm"}, form="answer").status_code == 303
    with reading(app) as session:
        row = session.scalars(select(Sanction).where(Sanction.account_id == ben)).one()
        assert (row.kind, row.rule, session.scalars(select(Ruling.until)).all()[-1]) == (
            "read_only",
            "unkind",
            row.until,
        )
    assert "confirms" in doors["hana"].get("/u/ben/moderation").text
