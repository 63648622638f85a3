"""A face for everyone: initials on a few leaves, drawn from the name, the same every time.

Pure text: no script, no style, no font of its own, nothing fetched. Deep muted grounds with paper-white letters stand
as quietly on a white page as on a dark one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple
from xml.sax.saxutils import escape

PAPER = "#fbfaf7"


class Hue(NamedTuple):
    """A ground and the two tones of the leaves on it. Paper on each of the three has a contrast of at least 4.5."""

    ground: str
    shade: str
    light: str


HUES = (
    Hue("#2f5f49", "#264e3c", "#3b7057"),  # leaf
    Hue("#4c5b2c", "#3f4c23", "#5d6d38"),  # moss
    Hue("#2b5c5f", "#224c4e", "#386e71"),  # water
    Hue("#3b566b", "#304859", "#48667d"),  # slate
    Hue("#4b4f78", "#3e4265", "#5b5f8b"),  # evening
    Hue("#65496b", "#543c59", "#775a7d"),  # plum
    Hue("#7b4357", "#683748", "#8d5267"),  # mallow
    Hue("#7d4638", "#69392d", "#90564a"),  # brick
    Hue("#7a5125", "#66431d", "#8a6132"),  # amber
    Hue("#625a28", "#524b20", "#736a35"),  # straw
    Hue("#5f5146", "#4f4339", "#716156"),  # bark
    Hue("#48534d", "#3b4540", "#586660"),  # stone
)

_SIDE = 96
# A leaf that grows from the origin to the right: pointed at its end, fuller towards its stalk.
_LEAF = "M0 0C.1-.26.52-.36 1 0C.52.36.1.26 0 0Z"
_VEIN = "M0 0H.86"


def svg(name: str, seed: str | int) -> str:
    """The avatar as an SVG document of less than 2 KB.

    The seed (the account's id) gives ground and leaves, so that they stay when the name changes; the name, the letters.
    """
    dice = blake2b(str(seed).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    hue = HUES[dice[0] % len(HUES)]
    growth = _GROWTHS[dice[1] % len(_GROWTHS)]
    turn = 0 if growth is _hills else 90 * (dice[2] % 4)  # nothing grows downhill
    mirror = -1 if dice[3] % 2 else 1
    leaves = growth(hue, dice[4:])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE} {_SIDE}" width="{_SIDE}" height="{_SIDE}">'
        f'<rect width="{_SIDE}" height="{_SIDE}" fill="{hue.ground}"/>'
        f'<g transform="translate(48 48)rotate({turn})scale({mirror} 1)translate(-48-48)">{leaves}</g>'
        f"{_letters(initials(name))}</svg>"
    )


# ── what grows on the ground: each reads a few bytes and returns SVG ──────────────────────────────────────────────────


def _leaf(x: float, y: float, length: float, angle: float, fill: str, vein: str = "") -> str:
    place = f'transform="translate({x:g} {y:g})rotate({angle:g})scale({length:g})"'
    if not vein:
        return f'<path {place} fill="{fill}" d="{_LEAF}"/>'
    return f'<g {place}><path fill="{fill}" d="{_LEAF}"/><path stroke="{vein}" stroke-width=".02" d="{_VEIN}"/></g>'


def _pair(hue: Hue, dice: bytes) -> str:
    """Two broad leaves from one corner, a third between them."""
    lean = dice[0] % 16 - 8
    return (
        _leaf(2, 96, 88, -80 + lean, hue.shade, hue.ground)
        + _leaf(2, 96, 92, -10 + lean, hue.shade, hue.ground)
        + _leaf(0, 98, 118, -45 + lean, hue.light, hue.ground)
    )


def _sprig(hue: Hue, dice: bytes) -> str:
    """A stem across the ground with leaves left and right of it."""
    lean = dice[0] % 16 - 8
    stem = f'<path d="M-4 90Q44 {70 + lean} 100 18" fill="none" stroke="{hue.light}" stroke-width="2"/>'
    places = ((8, 85, 36), (32, 73, 42), (57, 57, 38), (79, 38, 32))
    up = "".join(_leaf(x, y, size, -84 + lean, hue.light) for x, y, size in places)
    down = "".join(_leaf(x, y, size, 12 + lean, hue.shade) for x, y, size in places)
    return down + stem + up


def _fan(hue: Hue, dice: bytes) -> str:
    """Leaves like an open hand from the middle of one side."""
    lean = dice[0] % 14 - 7
    tones = (hue.shade, hue.light, hue.shade, hue.light, hue.shade)
    return "".join(_leaf(48, 102, 82, -154 + 32 * n + lean, tone, hue.ground) for n, tone in enumerate(tones))


def _trellis(hue: Hue, dice: bytes) -> str:
    """Slanting laths, and one leaf that has climbed them."""
    step = 24 + dice[0] % 8
    laths = "".join(f"M{x} -4L{x - 104} 100M{x - 104} -4L{x} 100" for x in range(step, 204, step))
    return (
        f'<path d="{laths}" stroke="{hue.shade}" stroke-width="2.5"/>'
        + _leaf(4, 92, 66, -68, hue.light, hue.ground)
        + _leaf(4, 92, 56, -16, hue.light, hue.ground)
    )


def _hills(hue: Hue, dice: bytes) -> str:
    """Two slopes and something small that comes up on them."""
    top = 50 + dice[0] % 12
    at = 20 + dice[1] % 20
    return (
        f'<path d="M0 {top + 14}Q30 {top - 8} 60 {top + 6}T96 {top - 2}V96H0Z" fill="{hue.light}"/>'
        f'<path d="M0 {top + 30}Q40 {top + 8} 96 {top + 26}V96H0Z" fill="{hue.shade}"/>'
        + _leaf(at, top + 4, 24, -118, hue.light)
        + _leaf(at, top + 4, 28, -62, hue.shade)
    )


def _crown(hue: Hue, dice: bytes) -> str:
    """Leaves around the letters, as on a coin."""
    lean = dice[0] % 30
    tones = (hue.light, hue.shade)
    return "".join(
        f'<g transform="rotate({45 * n + lean} 48 48)">{_leaf(48, 4, 40, 24, tones[n % 2])}</g>' for n in range(8)
    )


_GROWTHS: tuple[Callable[[Hue, bytes], str], ...] = (_pair, _sprig, _fan, _trellis, _hills, _crown)


# ── the letters ───────────────────────────────────────────────────────────────────────────────────────────────────────


def initials(name: str) -> str:
    """The first signs of the first and the last word, one if there is one word; empty when the name has none."""
    words = _words(name)
    spelled = [word for word in words if any(unicodedata.category(c)[0] in "LN" for c in word)] or words
    signs = [sign for word in spelled if (sign := _first_sign(word))]
    # Letters that would run into each other (Arabic, Syriac) stand apart, as initials do.
    cursive = any(unicodedata.bidirectional(c) == "AL" for sign in signs for c in sign)
    return ("\u2009" if cursive else "").join(signs[:1] + signs[1:][-1:])


def _words(name: str) -> list[str]:
    kept = (c if unicodedata.category(c)[0] in "LMNS" else " " for c in name)
    return unicodedata.normalize("NFC", "".join(kept)).split()


def _first_sign(word: str) -> str:
    """The first letter or digit (else symbol) with its marks, as a capital where the script has them."""
    kinds = [unicodedata.category(c)[0] for c in word]
    first = [i for i, kind in enumerate(kinds) if kind in "LN"] or [i for i, kind in enumerate(kinds) if kind == "S"]
    if not first:
        return ""
    base = first[0]
    end = base + 1
    while end < len(word) and end - base <= 3 and unicodedata.category(word[end])[0] == "M":
        end += 1
    capital = word[base].title()
    return (capital if len(capital) == 1 else word[base]) + word[base + 1 : end]


def _letters(text: str) -> str:
    if not text:
        return ""
    signs = [c for c in text if unicodedata.category(c)[0] not in "MZ"]
    broad = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in signs)
    size = {1: 48, 2: 40}.get(broad, 32)
    return (
        f'<text x="48" y="48" dy=".35em" text-anchor="middle" font-size="{size}" fill="{PAPER}"'
        f' font-family="ui-serif,Source Serif 4,Georgia,Noto Serif,serif">{escape(text)}</text>'
    )
