"""What the one stylesheet keeps: readable pairs in every theme, colours in one place, a size a phone can wait for."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STYLESHEET = ROOT / "static" / "css" / "trellis.css"
TOKENS, REST = STYLESHEET.read_text().split("/* ── Fonts", 1)
HEX = r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b"
WORDS = ("ink", "quiet", "leaf", "leaf-deep", "amber", "loss")
GROUNDS = ("paper", "raised", "sunk", "leaf-tint", "amber-tint")
CODE = ("code-word", "code-text", "code-number", "code-name", "code-kind", "code-note")
THEMES = {
    "light": (":root {", 4.5),
    "dark": (':root[data-theme="dark"] {', 4.5),
    "dark by the system": (':root:not([data-theme="light"]) {', 4.5),
    "contrast": (':root[data-theme="contrast"] {', 7.0),
    "contrast by the system": (':root:not([data-theme="dark"]) {', 7.0),
    "contrast by the system, dark": (":root:not([data-theme]) {", 7.0),
}

Colour = tuple[float, float, float]


def _declared(selector: str) -> dict[str, str]:
    block = TOKENS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): ([^;]+);", block))


def _tokens(selector: str) -> dict[str, str]:
    mixed = dict(re.findall(r"--(leaf-[a-z]+): (color-mix[^;]+);", TOKENS))
    return {**_declared(":root {"), **mixed, **_declared(selector)}


def _colour(value: str, tokens: dict[str, str]) -> Colour:
    if named := re.fullmatch(r"var\(--([a-z-]+)\)", value):
        return _colour(tokens[named[1]], tokens)
    if mixed := re.fullmatch(r"color-mix\(in srgb, (\S+) (\d+)%, (\S+)\)", value):
        share = int(mixed[2]) / 100
        first, second = _colour(mixed[1], tokens), _colour(mixed[3], tokens)
        red, green, blue = (a * share + b * (1 - share) for a, b in zip(first, second, strict=True))
        return red, green, blue
    digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
    return int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str, tokens: dict[str, str]) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    dark, light = sorted(_luminance(_colour(tokens[name], tokens)) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_word_can_be_read_on_every_ground(theme: str) -> None:
    selector, least = THEMES[theme]
    tokens = _tokens(selector)
    pairs = [(word, ground) for word in WORDS for ground in GROUNDS]
    pairs += [(word, "sunk") for word in CODE] + [("on-leaf", "leaf"), ("loss", "loss-tint"), ("ink", "loss-tint")]
    faint = {pair: ratio for pair in pairs if (ratio := _contrast(*pair, tokens)) < least}
    assert not faint


@pytest.mark.parametrize("theme", THEMES)
def test_the_edge_of_a_field_can_be_seen(theme: str) -> None:
    tokens = _tokens(THEMES[theme][0])
    assert min(_contrast("edge", ground, tokens) for ground in ("paper", "raised")) >= 3


def test_dark_says_the_same_whether_chosen_or_asked_for_by_the_system() -> None:
    assert _declared(THEMES["dark"][0]) == _declared(THEMES["dark by the system"][0])
    assert _declared(THEMES["contrast"][0]) == _declared(THEMES["contrast by the system"][0])


def test_colours_are_named_among_the_tokens_only() -> None:
    assert not re.findall(rf"{HEX}|\b(?:rgb|hsl|white|black)\b", re.sub(r"white-space", "", REST))


def test_the_stylesheet_arrives_in_thirty_kilobytes() -> None:
    assert len(gzip.compress(STYLESHEET.read_bytes())) <= 30_000


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (ROOT / "static" / "icons" / "sprite.svg").read_text()))
    pages = "\n".join(page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    assert set(re.findall(r'icon\("([a-z0-9-]+)"\)', pages)) <= drawn


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    for page in (ROOT / "templates").rglob("*.html"):
        text = page.read_text()
        assert not re.search(
            r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=|\stype=.application/ld\+json)", text
        ), page.name


def test_nothing_in_the_stylesheet_comes_from_elsewhere() -> None:
    assert not re.search(r"https?://|@import|url\(\"?//", STYLESHEET.read_text())
