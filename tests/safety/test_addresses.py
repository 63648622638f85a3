"""Odd addresses, forged hosts and ways out: nobody is led away, and nothing typed into an address is an accident."""

from __future__ import annotations

import itertools
import re
from urllib.parse import quote, urlsplit

from tests import cast
from tests.accounts.people import PASSWORD, enter, mails, somebody
from tests.machines.databases import writing
from tests.machines.proof import PROVE
from tests.machines.visitor import Visitor
from tests.polls.people import polled

ODD_PARTS = [
    "%00",
    "a%00b",
    "99999999999999999999999",
    "2147483648",
    "9223372036854775808",
    "-1",
    "0",
    "%ed%a0%80",
    "%ff%fe",
    "..%2f..%2fapp.py",
    "%2e%2e",
    "%E2%80%AE",
    "' OR 1=1 --",
    "%25s%n{{7*7}}${7*7}",
    "a" * 3000,
    "%F0%9F%8E%89" * 400,
]  # fmt: skip
ODD_ANSWERS = ["\0", "99999999999999999999", "-1", "1e9", "٣", "\ud800", "'\"<>", "x" * 5000, "9" * 4400, "[]", "%00"]
ASKED = "page order show next login words q state kind section preset quote reply_to from v name".split()
ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,evil",
    "http:evil.example",
    "https:/evil.example",
    "evil.example",
    "/a\r\nSet-Cookie: evil=1",
    "/\0/evil.example",
]  # fmt: skip


_turn = itertools.count()


def some(odd):
    """One of them, another each time; all when proving."""
    return odd if PROVE else [odd[next(_turn) % len(odd)]]


def reading_rules(app):
    return [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]


def filled(rule, part):
    return re.sub(r"<[^>]+>", lambda _m: part, rule.rule)


def test_an_address_that_nobody_could_have_leads_nowhere_in_words(app, client):
    """Every address with a variable part, as an administrator, who gets furthest; moderators have more."""
    with writing(app) as session:
        cast.sign_in(client, session, cast.administrator(session, "ada"))
    tried = 0
    for rule in reading_rules(app):
        for part in some(ODD_PARTS) if rule.arguments else []:
            answer = client.get(filled(rule, quote(part, safe="%/")))
            answer.close()
            tried += 1
            assert answer.status_code in {200, 301, 303, 400, 403, 404, 410, 429}, (
                f"{rule.rule} {part}: {answer.status}"
            )
    assert tried > 50


def test_a_question_that_makes_no_sense_is_answered_in_words(app, client):
    """What may stand behind the ? of any address."""
    with writing(app) as session:
        cast.sign_in(client, session, cast.administrator(session, "ada"))
        board = cast.board(session, "workshop")
        topic = cast.topic(session, board, cast.member(session, "bea"))
    parts = {"topic_id": str(topic.id), "post_id": str(topic.last_post_id), "slug": "workshop", "name": "bea"}
    for rule in reading_rules(app):
        path = re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda m: parts.get(m[1], "1"), rule.rule)
        for typed in some(ODD_ANSWERS):
            text = quote(typed.encode("utf-8", "surrogatepass"))
            answer = client.get(f"{path}?" + "&".join(f"{name}={text}" for name in ASKED))
            answer.close()
            assert answer.status_code < 500, f"{path} {typed[:20]!r}: {answer.status}"


def test_a_number_of_thousands_of_digits_is_no_number(app, client):
    """Python refuses to read it; people get an answer in words."""
    with writing(app) as session:
        bea = cast.member(session, "bea")
        cast.sign_in(client, session, cast.member(session, "ada"))
        post = polled(session, cast.board(session), bea)
        poll, topic = f"/p/{post.id}/poll/vote", post.topic
    page, many = client.get("/settings").get_data(as_text=True), "9" * 4400
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    asked = {f"/t/{many}/1": None, f"/?page={many}": None, f"/t/{topic.id}?page={many}": None}
    asked |= {poll: {"option": many}, "/accept": {"seen": many}, "/u/bea/ignore": {"days": many}}
    asked |= {f"/t/{topic.id}/reply": {"reply_to": many, "body": "Words."}}
    for path, fields in asked.items():
        answer = client.get(path) if fields is None else client.post(path, data={"csrf_token": token, **fields})
        assert answer.status_code < 500, path[:40]


def test_nobody_is_led_to_another_site(app, uncounted):
    somebody(app)
    for elsewhere in ELSEWHERE:
        led_away(Visitor(app, app.response_class), elsewhere)


def led_away(client, elsewhere):
    """Sign in on the way to `elsewhere`; then once more, being in already."""
    page = client.get("/sign-in", query_string={"next": elsewhere})
    assert "evil" not in page.get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))[1]
    fields = {"csrf_token": token, "login": "ada", "password": PASSWORD, "next": elsewhere}
    answer = client.post("/sign-in", data=fields)
    assert answer.status_code == 303
    assert_stays(answer)
    again = client.get("/sign-in", query_string={"next": elsewhere})
    assert again.status_code == 303
    assert_stays(again)


def assert_stays(answer):
    """The way that a browser would go from here leads to this very site."""
    location = answer.headers["Location"]
    read = re.sub(r"[\t\r\n]", "", location).strip()
    assert read.startswith("/"), location
    assert not read.startswith(("//", "/\\")), location
    assert "evil" not in urlsplit(read).netloc
    assert "evil" not in answer.headers.get("Set-Cookie", "")


def test_a_forged_host_leads_nobody_away_from_an_address_with_doubled_slashes(app, client):
    for path, way in (("/b//talk", "/b/talk"), ("/static//css/trellis.css?v=1", "/static/css/trellis.css?v=1")):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert (answer.status_code, answer.headers["Location"]) == (308, way)


def test_a_page_that_leads_back_leads_back_here(app, client):
    """Marking read and the preview take a way back: it is ours, or there is none."""
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session, "ada"))
    page = client.get("/settings").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    for elsewhere in ELSEWHERE:
        answer = client.post("/read", data={"csrf_token": token, "next": elsewhere})
        assert answer.status_code == 303
        assert_stays(answer)
        shown = client.post("/preview", data={"csrf_token": token, "next": elsewhere, "body": "Some words."})
        assert shown.status_code == 200
        assert "evil" not in shown.get_data(as_text=True)
        assert "alert(1)" not in shown.get_data(as_text=True)


def test_an_address_with_two_slashes_is_not_another_site(app, client):
    """Werkzeug's merging of slashes and our own redirects give paths of this site."""
    with writing(app) as session:
        cast.board(session, "workshop")
        cast.member(session, "bea")
    for path in (
        "//evil.example/",
        "/\\evil.example",
        "/u//evil.example",
        "//u/bea",
        "/u/BEA",
        "/b//workshop",
        "/tags//",
    ):
        answer = client.get(path)
        answer.close()
        if answer.status_code in {301, 302, 303, 307, 308}:
            target = urlsplit(answer.headers["Location"])
            assert target.netloc in {"", urlsplit(app.extensions["settings"].base_url).netloc}, answer.headers[
                "Location"
            ]
            assert not answer.headers["Location"].startswith("//")


def test_a_forged_host_gets_into_no_mail(app, client):
    """Links in mail come from the settings, whatever a request says that the forum is called."""
    somebody(app)
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    page = client.get("/forgot", headers=forged, base_url="http://evil.example").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    answer = client.post(
        "/forgot", data={"csrf_token": token, "login": "ada"}, headers=forged, base_url="http://evil.example"
    )
    assert answer.status_code == 303
    (mail,) = mails(app)
    assert "evil" not in mail.text + mail.subject + mail.message_id
    assert app.extensions["settings"].base_url in mail.text


def test_a_forged_host_gets_into_no_page_and_no_redirect(app, client):
    """A cache in front that ignores the Host header cannot be made to keep links to elsewhere."""
    somebody(app)
    for path in ("/", "/sign-in", "/tags", "/u/ada", "/settings", "/no/such/page", "/appearance.css"):
        answer = client.get(path, headers={"X-Forwarded-Host": "evil.example"}, base_url="http://evil.example")
        assert "evil.example" not in answer.get_data(as_text=True), path
        assert "evil.example" not in answer.headers.get("Location", ""), path


def test_a_redirect_says_no_more_than_a_path(app, client):
    """So that it is right behind any proxy and for any host."""
    somebody(app)
    assert enter(client).headers["Location"].startswith("/")
    assert client.get("/u/ADA").headers["Location"] == "/u/ada"
