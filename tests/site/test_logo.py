"""The host's logo: pictures from an administrator, shown to everybody, kept by their content."""

from __future__ import annotations

import io
import json
import re
from urllib.parse import urlsplit

import pytest
from PIL import Image

from forum.core import images
from forum.core.errors import Conflict, Invalid
from forum.site import actions, queries
from forum.site.drafts import logo_draft
from forum.site.logos import Brand, Picture
from tests import cast
from tests.machines.databases import reading
from tests.posts.people import enter, leave, send
from tests.uploads.files import SVG, picture


def see_through(size, middle):
    """A word in the middle of nothing, as logos come."""
    out = io.BytesIO()
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    image.paste((46, 106, 79, 255), middle)
    image.save(out, "PNG")
    return out.getvalue()


def test_a_logo_is_trimmed_made_small_and_keeps_what_is_see_through():
    made = images.logo(see_through((3000, 2000), (500, 500, 2500, 900)))
    assert (made.width, made.height) == (800, 160)
    round_one = images.logo(see_through((300, 300), (100, 100, 200, 180)))
    assert (round_one.width, round_one.height) == (100, 80)
    with Image.open(io.BytesIO(made.data)) as image:
        assert image.mode == "RGBA"
        assert not image.info


def test_its_icon_is_a_square_on_paper_or_on_the_logos_own_ground():
    for logo, corner in (
        (see_through((40, 10), (4, 0, 40, 10)), (46, 106, 79)),
        (picture(size=(300, 20)), (90, 140, 60)),
    ):
        made = images.icon(images.logo(logo).data, "#fbfaf7")
        assert (made.width, made.height) == (256, 256)
        with Image.open(io.BytesIO(made.data)) as image:
            assert image.getpixel((0, 0)) == corner


@pytest.mark.parametrize(("size", "shown"), (((960, 160), (216, 36)), ((960, 80), (220, 18)), ((10, 100), (4, 36))))
def test_it_is_as_high_as_the_head_allows_and_no_wider(size, shown):
    assert Picture("logos/aa/x.png", *size).shown == shown


def test_without_the_light_one_there_is_none():
    light, dark = Picture("a", 1, 1), Picture("b", 1, 1)
    brand = Brand().with_picture("light", light, light).with_picture("dark", dark)
    assert Brand.of(brand.kept()) == brand
    assert brand.without("dark").light == light
    assert brand.without("light").kept() == {}


def test_a_logo_is_set_taken_away_and_brought_back_from_the_log(app, session):
    ada = cast.actor(session, cast.administrator(session, "ada"))
    site, storage = queries.site(session), app.extensions["storage"]
    with pytest.raises(Invalid, match="light pages first"):
        actions.set_logo(session, ada, site, logo_draft({"dark": picture()}, True, storage))
    actions.set_logo(session, ada, site, logo_draft({"light": picture()}, True, storage))
    first = site.brand
    actions.set_logo(session, ada, site, logo_draft({"dark": picture("JPEG")}, False, storage))
    assert site.brand.light == first.light
    assert site.brand.dark is not None
    actions.set_logo(session, ada, site, logo_draft({}, False, storage))  # nothing new: no line
    lines = queries.log(session, ada, "place").items
    assert len(lines) == 2
    actions.remove_logo(session, ada, site, "light")
    assert site.logo == {}
    with pytest.raises(Conflict):
        actions.undo_logo(session, ada, site, lines[0])
    actions.undo_logo(session, ada, site, queries.log(session, ada, "place").items[0])
    actions.undo_logo(session, ada, site, lines[0])
    assert site.brand == first


def test_an_administrator_brings_a_logo_and_everybody_sees_it(app, client):
    enter(app, client, "ada", cast.administrator)
    for wrong, why in (
        (SVG, "not a picture that can be shown"),
        (picture()[:90], "damaged"),
        (b"", "no picture in this file"),
    ):
        brought = (io.BytesIO(wrong), "logo.svg")
        answer = client.submit("/admin/site", {"light": brought}, form="site/logo")
        assert answer.status_code == 422
        assert why in answer.text
    files = {"light": (io.BytesIO(picture(size=(640, 200))), "a.png"), "dark": (io.BytesIO(picture("WEBP")), "b.webp")}
    answer = client.submit("/admin/site", files, form="site/logo", follow_redirects=True)
    assert "That is the logo now." in answer.text
    assert "The place got a logo." in client.get("/admin/log").text
    leave(client)
    page = client.get("/").text
    assert 'alt="Trellis"' not in page
    assert re.search(r'<source media="\(prefers-color-scheme: dark\)" srcset="/logo/', page)
    for named in (r'<img src="(/logo/[^"]+)" width="115" height="36"', r'rel="icon"[^>]*href="([^"]+)"'):
        address = re.search(named, page)[1]
        found = client.get(address)
        assert found.mimetype == "image/png"
        assert "immutable" in found.headers["Cache-Control"]
        assert "sandbox" in found.headers["Content-Security-Policy"]
    assert re.search(r'property="og:image" content="http[^"]+/logo/', page)
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert (said["@type"], said["name"]) == ("Organization", "Trellis")
    assert client.get(urlsplit(said["logo"]).path).status_code == 200
    enter(app, client, "ada")
    send(client, "/admin/site", "/admin/site/logo/remove", variant="light")
    assert client.get(address).status_code == 404
    assert "/logo/" not in client.get("/").text
    with reading(app) as session:
        assert queries.site(session).logo == {}
