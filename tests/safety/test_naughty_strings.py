"""Whatever people type into whatever field comes back as they typed it, or is refused in words with nothing lost.

A fortieth of the Big List of Naughty Strings in every field of every form, half of it on each database; with PROVE=1
all of it on both.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from tests import cast
from tests.corpora import shared
from tests.machines.databases import writing
from tests.machines.proof import PROVE
from tests.machines.visitor import Visitor

OURS = [
    "\0 in the m\0iddle",
    "end of line\rand\r\nanother\n",
    "\u202eright to left\u202c and back",
    "\u0622\u0628 \u05d0\u05d1 mixed with left",
    "e\u0301 composed later",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 a family",
    "\ufeffbyte order mark\ufeff",
    "a" + "\u0301" * 50,
    "\ufdfd" * 20,
    "\U0010ffff last character \ufffe\uffff",
    "</textarea><script>alert(1)</script>",
    "\n\nbegins with empty lines",
    '"><b>&lt;&amp;&#39;',
    "{{ 7*7 }} {% raw %} %(name)s {0} ${x}",
    "%s %d %(sentence)s %",
    "C:\\con\\aux | ' ; -- DROP TABLE posts",
]


@pytest.fixture
def strings(database) -> list[str]:
    naughty = json.loads(shared("data", "corpora", "naughty-strings", "blns.json").read_text("utf-8"))
    assert len(naughty) == 515
    return OURS + (naughty if PROVE else naughty[{"sqlite": 0, "postgresql": 40}[database.kind] :: 80])


@pytest.fixture(autouse=True)
def unhurried(uncounted):
    """Nobody waits, nobody is counted: this is about what is typed, not how fast."""
    with cast.unhurried():
        yield


class _Shown(HTMLParser):
    """What stands in the fields of a page, by name, as a browser has it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._open = given.get("name", "")
            self.fields.setdefault(self._open, []).append("")
        elif tag == "input" and given.get("type") not in {"checkbox", "radio", "submit"}:
            self.fields.setdefault(given.get("name", ""), []).append(given.get("value", ""))

    def handle_data(self, data):
        if self._open:
            held = self.fields[self._open]
            held[-1] = held[-1] + data if held[-1] else data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._open = ""


def shown_in(answer, field):
    """All that stands in fields of this name."""
    return _Shown(answer.get_data(as_text=True)).fields.get(field, [])


def one_line(text):
    """What is left of a text in a line, whichever invisible characters and spaces a field drops."""
    return "".join(c for c in unicodedata.normalize("NFC", visible(text)) if not c.isspace())


def visible(text):
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs"} or c in "\n\t")


def many_lines(text):
    """A text as it stays: uniform line ends, no NUL, nothing at its outer ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def was_kept_or_refused(client, answer, page, typed, compare):
    """`typed`: field → text. After 303 the page shows the texts; after 422 the form does, with a sentence."""
    assert answer.status_code in {303, 422}, f"{answer.status} for {typed!r}"
    if answer.status_code == 422:
        assert 'class="errors"' in answer.get_data(as_text=True) or "field-error" in answer.get_data(as_text=True)
    again = client.get(page) if answer.status_code == 303 else answer
    for field, text in typed.items():
        wanted = compare(text)
        found = [compare(held) for held in shown_in(again, field)]
        assert wanted in found or not wanted, f"{field}: {text!r} became {shown_in(again, field)!r}"


@contextmanager
def signed_in(app, client, who) -> Iterator[None]:
    with writing(app) as session:
        person = who(session, "ada")
        cast.sign_in(client, session, person)
    yield


def test_a_profile_says_what_was_typed(app, client, strings):
    with signed_in(app, client, cast.member):
        for text in strings:
            lines = {
                name: text[:n]
                for name, n in (("display_name", 60), ("pronouns", 40), ("headline", 120), ("location", 80))
            }
            typed = {**lines, "about": text[:5000], "links-0-label": text[:40], "links-0-url": "https://example.org"}
            answer = client.submit("/settings", typed, form="profile")
            checked = {name: value for name, value in lines.items() if visible(value).strip()}
            was_kept_or_refused(client, answer, "/settings", checked, one_line)
            was_kept_or_refused(client, answer, "/settings", {"about": text[:5000]}, many_lines)
            assert client.get("/u/ada").status_code == 200


def test_a_link_of_a_profile_leads_to_the_web_or_nowhere(app, client, strings):
    with signed_in(app, client, cast.member):
        for text in strings:
            answer = client.submit("/settings", {"links-0-label": "x", "links-0-url": text[:300]}, form="profile")
            assert answer.status_code in {303, 422}
            page = client.get("/u/ada").get_data(as_text=True)
            for target in re.findall(r'class="elsewhere" href="([^"]*)"', page):
                assert re.match(r"https?://[^/]", target), target


def test_a_topic_and_its_text_say_what_was_typed(app, client, strings):
    with writing(app) as session:
        cast.board(session, "workshop", kind="question")
    with signed_in(app, client, cast.member):
        for text in strings:
            title = f"Title {text}"[:200]
            typed = {"title": title, "body": f"Words: {text}", "tried": text[:2000]}
            answer = client.submit("/b/workshop/new", typed, form="")
            edit = edit_page(client, answer)
            was_kept_or_refused(client, answer, edit, {"title": title}, one_line)
            was_kept_or_refused(client, answer, edit, {"body": typed["body"], "tried": typed["tried"]}, many_lines)


def edit_page(client, answer):
    """The form in which the topic that was just started can be changed."""
    if answer.status_code != 303:
        return ""
    topic = client.get(answer.location)
    assert topic.status_code == 200, answer.location
    return re.search(r"/p/\d+/edit", topic.get_data(as_text=True))[0]


def test_an_edit_and_its_reason_say_what_was_typed(app, client, strings):
    with writing(app) as session:
        board = cast.board(session, "workshop")
    with signed_in(app, client, cast.member):
        with writing(app) as session:
            ada = session.merge(cast.account(session, "bea"))
            topic = cast.topic(session, board, ada)
            cast.sign_in(client, session, ada)
        page = f"/p/{topic.last_post_id}/edit"
        for number, text in enumerate(strings):
            typed = {"title": "A title that stays", "body": f"{number}. {text}", "reason": text[:200]}
            answer = client.submit(page, typed, form="/edit")
            was_kept_or_refused(client, answer, page, {"body": typed["body"]}, many_lines)
            assert client.get(f"/p/{topic.last_post_id}/history").status_code == 200


def test_a_reply_says_what_was_typed(app, client, strings):
    with writing(app) as session:
        topic = cast.topic(session, cast.board(session, "workshop"), cast.member(session, "bea"))
    with signed_in(app, client, cast.member):
        token = token_of(client)
        for text in strings:
            answer = client.post(f"/t/{topic.id}/reply", data={"csrf_token": token, "body": text, "confirmed": "row"})
            assert answer.status_code in {303, 422}, f"{answer.status} for {text!r}"
            if answer.status_code != 303:
                assert many_lines(text) in [many_lines(held) for held in shown_in(answer, "body")] or not many_lines(
                    text
                )
            shown = client.post("/preview", data={"csrf_token": token, "body": text})
            assert shown.status_code == 200


def token_of(client):
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/settings").get_data(as_text=True))[1]


def test_what_administrators_write_says_what_was_typed(app, client, strings):
    with writing(app) as session:
        board = cast.board(session, "workshop")
        tag = cast.tag(session, "reeds")
    with signed_in(app, client, cast.administrator):
        pages: list[tuple[str, dict[str, int], dict[str, int]]] = [
            (f"/admin/boards/{board.id}", {"name": 60, "description": 300}, {"guidance": 8000}),
            (f"/admin/tags/{tag.id}", {"name": 40, "description": 300}, {}),
            ("/admin/site", {"name": 80, "tagline": 200}, {"welcome": 4000}),
        ]
        for number, text in enumerate(strings):
            visible_text = f"x{text}"
            for page, lines, texts in pages if PROVE else pages[number % 3 :][:1]:
                short = {name: visible_text[:most] for name, most in lines.items()}
                long = {name: visible_text[:most] for name, most in texts.items()}
                answer = client.submit(page, {**short, **long}, form=page)
                was_kept_or_refused(client, answer, page, short, one_line)
                was_kept_or_refused(client, answer, page, long, lambda held: one_line(many_lines(held)))
            assert client.get("/tags" if number % 2 else "/b/workshop", follow_redirects=True).status_code == 200


def test_a_name_at_the_door_is_taken_or_refused_in_words(app, client, strings, clock):
    """Sign-up: whatever is not a name comes back in the form, with a sentence."""
    page = client.get("/sign-up").get_data(as_text=True)
    held = dict(re.findall(r'name="(csrf_token|started)"[^>]*?value="([^"]*)"', page))
    clock.shift(timedelta(seconds=5))
    for text in strings:
        fields = {**held, "name": text, "email": text, "password": "short"}
        answer = client.post("/sign-up", data=fields)
        assert answer.status_code == 422
        assert [text.replace("\0", "")] == [shown.replace("\0", "") for shown in shown_in(answer, "name")]


def test_a_name_or_address_that_nobody_has_is_asked_for_in_vain(app, client, strings):
    for text in strings:
        for page in ("/sign-in", "/forgot"):
            typed = {"login": text, "password": text} if page == "/sign-in" else {"login": text}
            answer = client.submit(page, typed)
            assert answer.status_code in {303, 422}, f"{page}: {answer.status} for {text!r}"
    with signed_in(app, client, cast.administrator):
        for text in strings:
            answer = client.get("/admin/people", query_string={"words": text, "state": text, "page": text})
            assert answer.status_code in {200, 404}


def test_ten_times_too_much_is_refused_in_words_in_every_field(app, client):
    """Every text field of every form that a member, an administrator or a guest finds on these pages."""
    with writing(app) as session:
        board = cast.board(session, "workshop", kind="event")
        ada = cast.administrator(session, "ada")
        cast.sign_in(client, session, ada)
        topic = cast.topic(session, cast.board(session, "questions", kind="question"), ada)
        tag = cast.tag(session, "reeds")
    guest = Visitor(app, app.response_class)
    tried = sum(overfill(guest, page) for page in ("/sign-in", "/sign-up", "/forgot"))
    for page in (
        "/settings", "/settings/account", "/settings/appearance", "/b/workshop/new", "/b/questions/new",
        f"/t/{topic.id}-{topic.slug}", f"/p/{topic.last_post_id}/edit", "/admin/site", "/admin/boards",
        f"/admin/boards/{board.id}", "/admin/boards/new?kind=idea", f"/admin/tags/{tag.id}", "/admin/tags",
        "/admin/groups",
    ):  # fmt: skip
        tried += overfill(client, page)
    assert tried > 40


FORMS = re.compile(r'(?s)<form([^>]*method="post"[^>]*)>(.*?)</form>')
TEXTS = re.compile(
    r'<(?:input|textarea)(?=[^>]*\bname="([^"]+)")(?![^>]*type="(?:hidden|checkbox|radio|file|submit)")([^>]*)>'
)

NO_WORDS = {"present", "accent", "place"}  # a password, a colour, a number


def overfill(client, page) -> int:
    """Send each form of the page once for each of its fields, that field ten times too full; how many were tried."""
    tried = 0
    shown = client.get(page)
    assert shown.status_code == 200, page
    for opening, inside in FORMS.findall(shown.get_data(as_text=True)):
        action = (re.findall(r'action="([^"]*)"', opening) or [""])[0]
        for name, attributes in TEXTS.findall(inside):
            most = re.search(r'maxlength="(\d+)"', attributes)
            text = "wide " * (10 * int(most[1]) // 5 if most else 20_000)
            answer = client.post(action or page, data={**_Shown(inside).fields, name: text})
            # All are answered alike; not ticked; the words of a picture that was not sent.
            ignored = {{"/forgot": "login", "/admin/site": "accent"}.get(page), "alt"}
            assert answer.status_code in {422, 404} or name in ignored, f"{page} {action} {name}: {answer.status}"
            if answer.status_code == 422 and "password" not in name and name not in NO_WORDS:
                assert text.strip()[:200] in answer.get_data(as_text=True), f"{page} {action} {name}: lost"
            tried += 1
    return tried
