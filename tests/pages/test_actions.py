"""Pages with versions, and members who accept them."""

from __future__ import annotations

import pytest

from forum.accounts import actions as accounts
from forum.accounts.drafts import SignUp
from forum.accounts.models import Token
from forum.core.errors import AcceptFirst, Conflict, Invalid, InvalidFields, NotFound
from forum.pages import actions, queries
from forum.pages.drafts import PageDraft, fingerprint
from forum.pages.models import PageAcceptance
from forum.permissions import GUEST
from forum.posts import actions as posts
from forum.posts.drafts import ReplyDraft
from forum.site import queries as sites
from tests import cast


def write(session, by, slug="rules", source="Be kind.", *, publish=True, seen=None, **given):
    actor = cast.actor(session, by)
    draft = PageDraft(given.pop("title", slug.title()), source, f"<p>{source}</p>", **given)
    if seen is None:
        seen = fingerprint(*queries.for_editing(session, actor, slug)) if slug != "house-dust" else ""
    do = actions.publish_page if publish else actions.save_page
    return do(session, actor, slug, draft, seen)


def test_a_new_version_asks_each_member_once_with_what_changed_and_reading_stays_free(session):
    ada, mo = cast.administrator(session, "ada"), cast.member(session, "mo")
    topic = cast.topic(session, cast.board(session), mo)
    write(session, ada, source="Be kind.\n\nSell nothing.", ask_again=True)
    actor = cast.actor(session, mo)
    assert actor.must_accept
    assert not cast.actor(session, ada).must_accept
    with pytest.raises(AcceptFirst):
        posts.reply(session, actor, topic, ReplyDraft(body=cast.words("Hello all.")))
    (one,) = queries.to_accept(session, actor)
    assert (one.page.slug, one.since) == ("rules", None)
    actions.accept_terms(session, actor, mo, 1)
    cast.reply(session, topic, mo)
    write(session, ada, source="Be kind.\n\nSell nothing, ever.", ask_again=True, summary="Ever.")
    (one,) = queries.to_accept(session, cast.actor(session, mo))
    assert ("added", ", ever") in [(piece.change, piece.text) for piece in one.pieces]
    with pytest.raises(Conflict):
        actions.accept_terms(session, cast.actor(session, mo), mo, 1)
    actions.accept_terms(session, cast.actor(session, mo), mo, 2)
    assert [version.number for _page, version, _at in queries.accepted_by(session, mo.id)] == [2, 1]
    write(session, ada, source="Be kind.\n\nSell nothing at all, ever.")
    assert not cast.actor(session, mo).must_accept


def test_what_one_wrote_can_be_taken_back_without_accepting_anything(session):
    ada, mo = cast.administrator(session, "ada"), cast.member(session, "mo")
    post = cast.reply(session, cast.topic(session, cast.board(session), mo), mo)
    write(session, ada, ask_again=True)
    posts.delete_post(session, cast.actor(session, mo), post, "")
    assert post.deleted_at is not None


def test_who_joins_has_accepted_what_the_form_showed_unless_it_changed_meanwhile(session):
    ada = cast.administrator(session, "ada")
    write(session, ada, ask_again=True)

    def join(name):
        secret = {}
        accounts.secrets.emit, before = lambda _s, event: secret.update(it=event.secret), accounts.secrets.emit
        try:
            accounts.sign_up(session, GUEST, SignUp(name, f"{name}@example.org", "hash"))
        finally:
            accounts.secrets.emit = before
        return secret["it"]

    early, late = join("early"), join("late")
    account = accounts.confirm_sign_up(session, GUEST, early)
    assert not cast.actor(session, account).must_accept
    assert session.query(PageAcceptance).filter_by(account_id=account.id).count() == 1
    write(session, ada, source="Be kinder.", ask_again=True)
    account = accounts.confirm_sign_up(session, GUEST, late)
    assert cast.actor(session, account).must_accept
    assert session.query(Token).count() == 2


def test_drafts_are_nobodys_business_until_published_and_are_never_overwritten(session):
    ada, bo = cast.administrator(session, "ada"), cast.administrator(session, "bo")
    write(session, ada, "about", "Draft one.", publish=False)
    with pytest.raises(NotFound):
        queries.page(session, "about")
    assert sites.site(session).pages == []
    with pytest.raises(Conflict):
        write(session, bo, "about", "Mine.", seen="")
    write(session, bo, "about", "Draft two.", publish=False)
    write(session, ada, "about", "It is published.")
    assert queries.page(session, "about").version.number == 1
    write(session, ada, "about", "A second.", publish=False)
    assert queries.page(session, "about").version.source == "It is published."
    assert [page["slug"] for page in sites.site(session).pages] == ["about"]
    page = queries.page(session, "about").page
    actions.withdraw_page(session, cast.actor(session, ada), page)
    assert sites.site(session).pages == []
    with pytest.raises(Invalid):
        actions.withdraw_page(session, cast.actor(session, ada), page)


def test_pages_of_ones_own_stand_after_the_usual_ones(session):
    ada = cast.administrator(session, "ada")
    write(session, ada, "house-dust", "We sweep on Fridays.", in_footer=False)
    write(session, ada, "legal", "We answer.")
    listed = [(page["slug"], page["footer"]) for page in sites.site(session).pages]
    assert listed == [("legal", True), ("house-dust", False)]
    with pytest.raises(InvalidFields):
        write(session, ada, "about", "", title="")
