"""A name says what it seems to say: no sign turns the direction of what stands beside it, or hides in it."""

from __future__ import annotations

from forum.accounts.actions import grouping
from forum.accounts.drafts import GroupDraft
from forum.boards import actions as boards
from forum.boards import presets
from forum.boards.drafts import BoardDraft, TagDraft
from forum.organization import actions as organization
from forum.site import queries as sites
from forum.site.actions.describing import describe_site
from forum.site.drafts import SiteDraft, fingerprint, site_draft
from tests import cast
from tests.conversations.talk import start

TURNED = "\u202eAcme\u202c \u2066wax\u2069\u200b\ufeff"


def test_nothing_that_people_name_holds_a_sign_that_cannot_be_seen(session):
    root = cast.administrator(session, "root")
    actor = cast.actor(session, root)
    cast.member(session, "bo")
    section = boards.create_section(session, actor, TURNED)
    board = boards.create_board(session, actor, BoardDraft(TURNED, section.id), presets.preset_rights("public"))
    topic = cast.topic(session, board, root, TURNED)
    site = sites.site(session)
    describe_site(session, actor, site, SiteDraft(TURNED, TURNED), fingerprint(site_draft(site)))
    names = {
        "host": organization.name_host(session, actor, TURNED).name,
        "site": site.name,
        "section": section.name,
        "board": board.name,
        "tag": boards.create_tag(session, actor, TagDraft(TURNED)).name,
        "group": grouping.create_group(session, actor, GroupDraft(TURNED)).name,
        "topic": topic.title,
        "conversation": start(session, root, "bo", title=TURNED).title,
    }
    assert names == dict.fromkeys(names, "Acme wax")
