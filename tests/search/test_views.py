"""The page of results, as people and scripts ask for it."""

from __future__ import annotations

from tests import cast
from tests.machines.databases import writing


def workshop(app):
    with writing(app) as session:
        ada = cast.member(session, "ada")
        board = cast.board(session, "bench", name="Workbench")
        cast.topic(session, board, ada, "Varnish & <b>lacquer</b>", "It peels <script>alert(1)</script> varnish")
        desk = cast.board(session, "desk", rights=cast.STAFF_ONLY)
        cast.topic(session, desk, cast.staff(session), "Varnish secrets")


def test_a_guest_finds_what_is_public_with_the_words_marked(app, client):
    workshop(app)
    page = client.get("/search?q=varnish").text
    assert "1 topic" in page
    assert "<mark>Varnish</mark> &amp; &lt;b&gt;lacquer" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>varnish</mark>" in page
    assert "secrets" not in page
    assert 'name="robots" content="noindex"' in page


def test_the_filters_write_the_line(app, client):
    workshop(app)
    answer = client.get("/search?filters=1&q=varnish&board=bench&order=newest&status=&has=nonsense")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/search?q=varnish+board:bench+order:newest"
    page = client.get(answer.headers["Location"]).text
    assert "1 topic" in page
    assert '<option value="bench" selected>' in page


def test_an_empty_line_helps_and_nothing_found_helps(app, client):
    workshop(app)
    assert "can be found" in client.get("/search").text
    nothing = client.get("/search?q=zzz+board:nowhere").text
    assert "0 topics" in nothing
    assert "There is no board “nowhere”." in nothing
    assert 'href="/search?q=zzz"' in nothing
    assert client.get("/search?q=varnish&page=99").status_code == 200


def test_a_slip_is_said_and_one_press_sets_it_right(app, client):
    workshop(app)
    page = client.get("/search?q=varnish+staus:open").text
    assert "There is no “staus:”, so it is searched as words." in page
    assert '<a href="/search?q=varnish+status:open">Did you mean status:open?</a>' in page
    assert "everywhere" not in page, "they were looked for everywhere"
    page = client.get("/search?q=varnish+board:benhc+order:latest").text
    assert '<a href="/search?q=varnish+board:bench+order:newest">Did you mean board:bench?</a>' in page
    assert "desk" not in client.get("/search?q=varnish+board:dest").text  # a board that they do not see
    assert "An order alone finds nothing" in client.get("/search?q=order:latest").text


def test_people_and_tags_stand_above(app, client):
    workshop(app)
    with writing(app) as session:
        cast.tag(session, "ada-tag", name="Ada", topic_count=1)
        hidden = {"hal": {"confirmed_at": None}, "hera": {"deactivated_at": cast.clock.now()}}
        hidden["hedy"] = {"confirmed_at": None, "waiting_since": cast.clock.now()}
        for name, given in hidden.items():
            cast.member(session, name, **given)
        cast.sign_in(client, session, cast.member(session, "bo"))
    page = client.get("/search?q=ada").text
    assert 'href="/u/ada"' in page
    for name in hidden:
        assert f'href="/u/{name}"' not in client.get(f"/search?q={name}").text
        assert "Nobody here is called" in client.get(f"/search?q=@{name}").text
    assert 'href="/tags/ada-tag"' in page


def test_a_guest_and_who_waits_for_a_yes_are_shown_no_list_of_people(app, client):
    workshop(app)
    for who in (None, {"waiting_since": cast.clock.now(), "confirmed_at": None}):
        if who is not None:
            with writing(app) as session:
                cast.sign_in(client, session, cast.member(session, "wanda", **who))
        page = client.get("/search?q=ada")
        assert page.status_code == 200
        assert 'href="/u/ada"' not in page.text
        assert "1 topic" in client.get("/search?q=@ada").text, "whoever knows a name finds what they wrote"


def test_guests_search_fifteen_times_a_minute_and_are_told_in_words(app, client):
    answers = [client.get("/search?q=x").status_code for _ in range(16)]
    assert answers == [200] * 15 + [429]
    assert client.get("/search").status_code == 200
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session, "bo"))
    assert client.get("/search?q=x").status_code == 200


def test_a_board_and_a_topic_can_be_searched_alone(app, client):
    workshop(app)
    page = client.get("/t/1", follow_redirects=True).text
    assert 'name="in_topic" value="1"' in page
    answer = client.get("/search?in_topic=1&q=varnish", follow_redirects=True)
    assert "<mark>varnish</mark>" in answer.text
    assert "0 topics" in client.get("/search?in_board=nowhere&q=varnish", follow_redirects=True).text
    assert "1 topic" in client.get("/search?in_board=bench&q=varnish", follow_redirects=True).text


def test_related_topics_come_after_the_page_or_as_a_page(app, client):
    workshop(app)
    with writing(app) as session:
        board = cast.board(session, "parlour")
        cast.topic(session, board, cast.member(session), "More varnish and lacquer")
    whole = client.get("/t/1/related").text
    assert "More varnish and lacquer" in whole
    assert "secrets" not in whole
    part = client.get("/t/1/related", headers={"HX-Request": "true"}).text
    assert "More varnish and lacquer" in part
    assert "<html" not in part
    assert client.get("/t/2/related").status_code == 404


def test_where_nothing_is_related_there_is_no_box_and_the_page_says_so(app, client):
    workshop(app)
    assert client.get("/t/1/related", headers={"HX-Request": "true"}).text.strip() == ""
    assert "No topic here is about much the same" in client.get("/t/1/related").text
