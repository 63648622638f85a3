"""How far one post reaches: how many people hear of it, in whose name, and whether they wanted to."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from forum.accounts.models import IgnoredMember
from forum.core import clock
from forum.core.errors import Invalid
from forum.core.markup import SourceKind
from forum.core.markup.rendering import rendered_here
from forum.core.markup.values import Job
from forum.notifications.models import Notice
from forum.posts import actions as posts
from forum.posts.actions import make_wiki
from forum.posts.calls import calls
from forum.posts.drafts import EditDraft
from forum.posts.queries import post_for_update
from tests import cast
from tests.notifications.people import heard, reply, said


@pytest.fixture
def people(session):
    return {name: cast.member(session, name) for name in ("ada", "bo", "cy")}


@pytest.fixture
def topic(session, people):
    return cast.topic(session, cast.board(session, "talk"), people["ada"])


def rewrite(session, by, post, source, *names):
    actor = cast.actor(session, by)
    found = post_for_update(session, actor, post.id)
    with cast.unhurried():
        posts.edit_post(session, actor, found, EditDraft(body=said(source, *names), base=found.revision_count))


def told(session, post):
    return session.scalar(select(func.count()).where(Notice.about == f"post:{post.id}", Notice.kind == "mention"))


def crowd(session, count, start=0):
    return [cast.member(session, f"reader-{number}").name for number in range(start, start + count)]


def test_a_post_that_is_edited_again_and_again_calls_twenty_people_a_day_and_no_more(session, people, topic):
    names = crowd(session, 24)
    post = reply(session, topic, people["bo"], "Nobody yet.")
    for first in (0, 8, 16):
        calling = names[first : first + 8]
        rewrite(session, people["bo"], post, " ".join(f"@{name}" for name in calling), *calling)
    assert told(session, post) == 20
    with pytest.raises(Invalid, match="can mention 20 people"):
        reply(session, topic, people["bo"], " ".join(f"@{name}" for name in names), *names)


def test_a_quotation_full_of_names_calls_nobody_and_is_not_refused(session, people, topic):
    names = crowd(session, 21)
    quoted = "> " + " ".join(f"@{name}" for name in names)
    post = reply(session, topic, people["bo"], f"{quoted}\n\nThat is everybody, @cy?", "cy", *names)
    assert told(session, post) == 1


def test_the_links_of_a_newcomer_ring_few_bells(session, people, topic):
    others = [reply(session, topic, cast.member(session), f"Post {number}") for number in range(8)]
    nell = cast.newcomer(session, "nell")
    reply(session, topic, nell, " ".join(f"[here](/p/{post.id})" for post in others))
    links = select(func.count()).where(Notice.kind == "link")
    assert session.scalar(links) == 5
    reply(session, topic, people["bo"], " ".join(f"[there](/p/{post.id})" for post in others))
    assert session.scalar(links) == 5 + 8


def test_who_changes_somebody_elses_wiki_post_speaks_in_their_own_name(session, people, topic):
    ada, bo, cy = people["ada"], people["bo"], people["cy"]
    dora = cast.member(session, "dora")
    session.add(IgnoredMember(account_id=cy.id, ignored_id=bo.id, since=clock.now()))
    post = reply(session, topic, ada, "We keep this up together.")
    make_wiki(session, cast.actor(session, ada), post_for_update(session, cast.actor(session, ada), post.id))
    rewrite(session, bo, post, "We keep this up together: @cy, @dora and @ada.", "cy", "dora", "ada")
    assert heard(session, cy) == []
    assert heard(session, ada) == ["mention"]
    assert session.scalar(select(Notice.actor_id).where(Notice.recipient_id == dora.id)) == bo.id


def test_a_mention_in_html_is_one_only_where_it_leads_to_somebody():
    source = (
        '<a class="mention tag" href="/u/maintainers">@maintainers</a> and <a class="tag mention" href="/u/cy">@cy</a>'
    )
    html = rendered_here(Job(None, source, kind=SourceKind.HTML, names=frozenset({"cy"}))).html
    assert calls(html).names == {"cy"}
    assert (html.count("<a "), html.count('class="mention"')) == (1, 1)


def test_a_group_that_nobody_may_call_is_not_called_by_whoever_is_named_alike(session, people, topic):
    group = cast.group(session, "Maintainers", mentioned_by="nobody")
    cast.join(session, people["cy"], group.id)
    reply(session, topic, people["bo"], "Dear @maintainers", "maintainers")
    assert heard(session, people["cy"]) == []
    group.mentioned_by, group.seen_by = "members", "group"
    session.flush()
    reply(session, topic, people["bo"], "Dear @maintainers, once more", "maintainers")
    assert heard(session, people["cy"]) == []
    group.seen_by = "everyone"
    session.flush()
    reply(session, topic, people["bo"], "Dear @maintainers, now", "maintainers")
    assert heard(session, people["cy"]) == ["group_mention"]
