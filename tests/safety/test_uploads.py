"""Pictures from strangers: what they are is what they contain, they are measured before they are opened, and what comes
out is ours alone."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from forum.accounts.models import Account
from tests import cast
from tests.corpora import shared
from tests.machines.databases import reading, writing

pytestmark = [pytest.mark.databases("sqlite"), pytest.mark.usefixtures("uncounted")]

SCRIPT = b"<script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><body><script>alert(document.domain)</script></body></html>"


@pytest.fixture
def ada(app, client):
    with writing(app) as session:
        cast.sign_in(client, session, cast.member(session, "ada"))


def picture(form="PNG", size=(64, 48), colour=(90, 140, 60), **options):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form, **options)
    return out.getvalue()


def bring(client, data, name="me.png", media_type="image/png"):
    return client.submit("/settings", {"picture": (io.BytesIO(data), name, media_type)}, form="picture")


def kept(app):
    """The key of the picture that ada shows, and every file in storage."""
    with reading(app) as session:
        key = session.query(Account).filter_by(name="ada").one().avatar_key
    folder = app.extensions["settings"].data_dir / "files"
    return key, [path for path in folder.rglob("*") if path.is_file()]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width, height):
    """A picture of a few bytes that claims to be of this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


NO_PICTURES = {
    "nothing": b"",
    "SVG": SVG,
    "HTML": HTML,
    "HTML that begins like a GIF": b"GIF89a" + HTML,
    "HTML that begins like a PNG": b"\x89PNG\r\n\x1a\n" + HTML,
    "HTML that begins like a JPEG": b"\xff\xd8\xff\xe0" + HTML,
    "words": b"just words",
    "a PDF": b"%PDF-1.7\n1 0 obj\n<</JS (app.alert(1))>>",
    "a program": b"\x7fELF" + bytes(200),
    "an archive": b"PK\x03\x04" + bytes(200),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run",
    "a TIFF": picture("TIFF"),
    "a BMP": picture("BMP"),
    "an icon": picture("ICO"),
    "half a picture": picture(size=(400, 400))[:120],
    "a picture of four gigapixels": png_that_says(65_535, 65_535),
    "a picture of forty-one megapixels": png_that_says(6_404, 6_404),
    "a picture one pixel wide and endless": png_that_says(1, 2**31 - 1),
    "NUL": bytes(5000),
}


def test_what_is_no_picture_is_refused_in_words_and_nothing_of_it_stays(app, client, ada):
    """Whatever its name and its sender say that it is."""
    for what, data in NO_PICTURES.items():
        for name, media_type in (("me.png", "image/png"), ("me.jpg", "image/jpeg"), ("../../x.svg", "image/svg+xml")):
            answer = bring(client, data, name, media_type)
            assert answer.status_code == 422, what
            assert "field-error" in answer.text, what
            assert kept(app) == ("", []), what


def test_a_bomb_is_refused_before_it_is_opened(app, client, ada):
    folder = shared("data", "corpora", "images", "bombs")
    bombs = [path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() not in {".md", ".txt", ""}]
    assert bombs
    for bomb in bombs:
        assert bring(client, bomb.read_bytes(), bomb.name).status_code == 422, bomb.name
        assert kept(app) == ("", [])


def test_ten_megabytes_are_a_picture_and_a_byte_more_is_not(app, client, ada):
    small = picture()
    just = small[:-12] + chunk(b"tEXt", bytes(10 * 2**20 - len(small) - 12)) + small[-12:]
    assert len(just) == 10 * 2**20
    assert bring(client, just).status_code == 303
    answer = bring(client, just + b"x")
    assert answer.status_code == 422
    assert "10 MB" in answer.text


def test_more_than_any_form_may_hold_is_refused_unread(app, client, ada):
    answer = bring(client, bytes(app.config["MAX_CONTENT_LENGTH"]))
    assert answer.status_code == 413
    assert "<h1" in answer.text


def polyglots():
    small = picture()
    yield "a PNG with a page behind it", small + HTML
    yield "a PNG with a script in its words", small[:-12] + chunk(b"tEXt", b"Comment\0" + SCRIPT) + small[-12:]
    yield "a JPEG with a script in its comment", picture("JPEG", comment=SCRIPT)
    yield "a GIF with a page behind it", picture("GIF") + HTML
    yield "a GIF with a script in its comment", picture("GIF", comment=SCRIPT)
    yield "a JPEG with an archive behind it", picture("JPEG") + b"PK\x03\x04" + SCRIPT


def test_of_a_picture_with_something_else_in_it_only_the_picture_stays(app, client, ada):
    for what, data in polyglots():
        assert bring(client, data, "me.html", "text/html").status_code == 303, what
        key, files = kept(app)
        assert key.endswith(".webp"), what
        assert len(files) == 1, what  # the one before is forgotten
        stored = files[0].read_bytes()
        assert SCRIPT not in stored, what
        assert b"<html" not in stored, what
        assert b"PK\x03\x04" not in stored, what
        assert Image.open(io.BytesIO(stored)).size == (256, 256)


def test_a_picture_is_served_as_what_it_is_and_can_do_nothing(app, client, ada):
    """Uploaded or drawn: right type, never guessed, and as a document by itself it may load and run nothing."""
    drawn = client.get("/u/ada/avatar")
    assert drawn.mimetype == "image/svg+xml"
    assert b"script" not in drawn.data
    bring(client, picture())
    uploaded = client.get("/u/ada/avatar")
    assert uploaded.mimetype == "image/webp"
    for answer in (drawn, uploaded):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "Set-Cookie" not in answer.headers


def test_a_name_drawn_as_a_picture_is_letters_and_nothing_more(app, client):
    """The generated picture is SVG, made of what people call themselves."""
    names = ["<script>", "\"'&<>", "]]>", "&#x3c;b", "<!--", "\u202e<svg onload=alert(1)>", "?>", "]]><x"]
    with writing(app) as session:
        for number, name in enumerate(names):
            cast.member(session, f"eve{number}", display_name=name)
    from xml.etree import ElementTree

    for number, _name in enumerate(names):
        tree = ElementTree.fromstring(client.get(f"/u/eve{number}/avatar").data)  # noqa: S314  our own drawing
        tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
        assert tags <= {"svg", "rect", "text", "path", "circle", "g", "title", "defs", "linearGradient", "stop"}
        assert not [name for element in tree.iter() for name in element.attrib if name.lower().startswith("on")]


def test_a_file_of_somebody_else_is_found_by_no_crooked_key(app):
    storage = app.extensions["storage"]
    (app.extensions["settings"].data_dir / "secret.png").write_bytes(b"secret")
    digest = "a" * 64
    for key in (
        "../secret.png",
        "avatars/../../secret.png",
        "/etc/passwd",
        f"avatars/aa/{digest}.webp\n",
        f"avatars/aa/{digest}.php",
        "avatars/aa/\0.png",
        "",
    ):
        assert storage.get(key) is None
        storage.delete(key)
    assert (app.extensions["settings"].data_dir / "secret.png").exists()
