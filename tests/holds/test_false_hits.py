"""Whom the rules would have made wait in a real community: printed, and few enough.

The archive begins in the middle of the life of its community: everybody's first post in it is taken for their first
at all, which makes more newcomers than there were. The bounds are what was found, and a little more.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from forum.core.markup import SourceKind
from forum.core.markup.rendering import rendered_here
from forum.core.markup.values import Job
from forum.holds import queries
from forum.holds.hosts import hosts, links, pictures
from forum.holds.reading import Said, found
from forum.holds.rules import Facts, judge
from forum.importers.discourse.archive import open_archive
from forum.importers.discourse.convert import body_of
from forum.importers.discourse.records import PostType, SourceTopic
from forum.importers.discourse.widgets import Setting
from forum.permissions import Trust
from tests.corpora import shared
from tests.machines.proof import PROVE

_TAG = re.compile(r"<pre.*?</pre>|<code.*?</code>|<[^>]*>", re.DOTALL)
FIRST_TOPICS = 321 if PROVE else 60


@pytest.mark.databases("sqlite")
def test_few_real_posts_would_have_waited(session, capsys):
    matcher = queries.matcher_of(session)
    assert not matcher.is_empty
    looked_at, newcomers, held, examples = 0, 0, Counter(), defaultdict(list)
    written = Counter()
    for topic, post, source, html in posts():
        looked_at += 1
        before = written[post.author]
        written[post.author] += 1
        newcomers += before == 0
        facts = Facts(
            trust=Trust.NEWCOMER if before == 0 else Trust.MEMBER,
            posts_before=before,
            links=links(html),
            images=pictures(html),
            hits=[hit for hits in found(matcher, said(topic, post, source, html)).values() for hit in hits],
        )
        for reason in judge(facts).reasons:
            held[reason.rule] += 1
            examples[reason.rule].append(f"{topic.title} #{post.number}: {reason.about or ', '.join(hosts(html)[:3])}")
    with capsys.disabled():
        print(f"\n{looked_at} real posts, {newcomers} of them somebody's first here:")  # noqa: T201
        for rule, count in held.most_common():
            print(f"  {rule}: {count} would wait, e.g. {'; '.join(examples[rule][:3])}")  # noqa: T201
    # No watched word is about what a real community talks of.
    assert held["word"] == 0
    # Only first posts wait at all, for a link to somewhere little known or a picture, and of those hardly every third.
    assert sum(held.values()) <= newcomers / 3


def said(topic, post, source, html):
    """As the verbs look at it: a title, and a text as it was written and as it is shown."""
    return [Said("title", topic.title if post.number == 1 else ""), Said("body", source, html)]


def posts():
    """The real ones in order of time, each with its topic, source and rendering."""
    archive = open_archive(shared("data", "urho3d"))
    setting = Setting(hosts=archive.survey().hosts)
    topics = [one for one in archive.topics() if isinstance(one, SourceTopic)][:FIRST_TOPICS]
    pairs = [(topic, post) for topic in topics for post in topic.posts if post.type is PostType.REGULAR]
    for topic, post in sorted(pairs, key=lambda pair: pair[1].created_at):
        body = body_of(post, setting)
        html = rendered_here(Job(None, body.source, body.kind, own="https://discourse.urho3d.io")).html
        yield topic, post, body.source if body.kind is SourceKind.MARKDOWN else _TAG.sub(" ", html), html
