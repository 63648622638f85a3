"""The faces that are drawn from names."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forum.accounts import avatars

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {f"{SVG}{tag}" for tag in ("svg", "rect", "g", "path", "text")}
NAMES = st.one_of(st.text(max_size=60), st.text("<>&\"' a-ю山é́ि\u0000\ud800\ufffe🌿", max_size=40))
SEEDS = st.one_of(st.integers(), st.text(max_size=20))


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@given(NAMES, SEEDS)
@example("<script>alert(1)</script>", 1)
@example("& <b>", "&")
@example("\ud800\x00\ufffe", "\ud800")
@example("Z" + "\u0301" * 500, 0)
def test_a_face_is_small_plain_svg_whatever_the_name(name, seed):
    drawn = avatars.svg(name, seed)
    assert len(drawn.encode()) < 2048
    elements = list(ET.fromstring(drawn).iter())  # noqa: S314  our own text
    assert {e.tag for e in elements} <= DRAWN
    keys = {key for e in elements for key in e.attrib}
    assert not any(key.startswith("on") or "href" in key or key in ("style", "class", "id") for key in keys)
    assert "url(" not in drawn
    assert "://" not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")


@given(NAMES, SEEDS)
def test_a_face_is_always_the_same(name, seed):
    assert avatars.svg(name, seed) == avatars.svg(name, seed)


@given(SEEDS)
def test_a_member_who_changes_names_keeps_ground_and_leaves(seed):
    before, after = avatars.svg("ada", seed), avatars.svg("grace", seed)
    assert before.partition("<text")[0] == after.partition("<text")[0]


def test_members_look_different():
    assert len({avatars.svg("ada", number) for number in range(100)}) > 90


@pytest.mark.parametrize("hue", avatars.HUES)
def test_initials_are_readable_on_ground_and_leaves(hue):
    assert all(contrast(avatars.PAPER, tone) >= 4.5 for tone in hue)


@pytest.mark.parametrize("hue", avatars.HUES)
def test_a_face_stands_out_from_a_light_and_a_dark_page(hue):
    assert contrast(hue.ground, "#FBFAF7") >= 3
    assert contrast(hue.ground, "#151816") >= 2


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Lovelace", "AL"),
        ("ada", "A"),
        ("bob-smith", "BS"),
        ("quill_fern", "QF"),
        ("Mary Jane Watson", "MW"),
        ("José", "J"),
        ("e\u0301lan", "É"),
        ("Ольга Петрова", "ОП"),
        ("नेहा शर्मा", "नेश"),
        ("山田 太郎", "山太"),
        ("김철수", "김"),
        ("น้องฝน", "น้"),
        ("محمد علي", "م\u2009ع"),
        ("7of9", "7"),
        ("ßen", "ß"),
        ("ა", "ა"),
        ("🌿 fern", "F"),
        ("🌿", "🌿"),
        ("", ""),
        ("...", ""),
        ("(ada)", "A"),
    ],
)
def test_initials_are_the_first_signs_of_first_and_last_word(name, letters):
    assert avatars.initials(name) == letters
