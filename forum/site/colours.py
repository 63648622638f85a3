"""An accent that can be read and is nobody else's: contrast, the nearest colour that has enough of it, its sibling for
the dark, and whether it would pass for the amber of the organization's voice. Pure.

Contrast is that of WCAG 2.2 (relative luminance of sRGB, (l1 + 0.05) / (l2 + 0.05)); hue and chroma are those of OKLCH
(Björn Ottosson, "A perceptual color space for image processing", 2020).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

ENOUGH = 4.5
# On a dark ground text should rest the eye, so its accent is lighter than it must be.
CALM = 7.0
# The organization's voice, as in trellis.css. A colour within so many degrees of its hue passes for it, unless it has
# so little colour (chroma) that it reads as grey.
AMBER = "#9a5b13"
TOO_NEAR = 20
_GREY = 0.045

_STEPS = 256
_WHITE, _BLACK = "#ffffff", "#000000"
# Paper, raised and sunk grounds of the two themes, as in trellis.css; and what stands on a button of the accent.
_LIGHT_GROUNDS, _LIGHT_PAPER, _LIGHT_WRITING = ("#fbfaf7", "#ffffff", "#f4f2ec"), "#fbfaf7", "#ffffff"
_DARK_GROUNDS, _DARK_PAPER, _DARK_WRITING = ("#151816", "#1c201d", "#1f2421"), "#151816", "#10201a"
_TINT = 0.08  # of the accent in the paper, behind what is chosen


def parse(text: str) -> str | None:
    """`#rrggbb` in small letters of what somebody typed (`2E6A4F`, `#abc`); None where it is no colour."""
    found = re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", text.strip().lower())
    if found is None:
        return None
    digits = found[1]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def legibility(accent: str) -> float:
    """The least contrast that the accent has anywhere in the light theme."""
    return min(contrast(accent, other) for other in _beside(accent, _LIGHT_GROUNDS, _LIGHT_PAPER, _LIGHT_WRITING))


def legibility_dark(accent: str) -> float:
    """The same in the dark theme."""
    return min(contrast(accent, other) for other in _beside(accent, _DARK_GROUNDS, _DARK_PAPER, _DARK_WRITING))


def nearest_legible(accent: str) -> str:
    """The accent itself, or the lightest darker shade of it that can be read on the light theme."""
    shades = (mix(accent, _BLACK, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if legibility(shade) >= ENOUGH)


def for_the_dark(accent: str) -> str:
    """The accent's sibling for the dark theme: as much white in it as calm reading needs."""
    shades = (mix(accent, _WHITE, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if legibility_dark(shade) >= CALM)


def passes_for_amber(colour: str) -> bool:
    """Whether readers would take it for the organization's voice."""
    (hue, chroma), (reserved, _chroma) = _hue_and_chroma(colour), _hue_and_chroma(AMBER)
    apart = abs(hue - reserved) % 360
    return chroma >= _GREY and min(apart, 360 - apart) <= TOO_NEAR


def mix(one: str, other: str, share: float) -> str:
    """`share` (0 to 1) of `other` in `one`, as a stylesheet's color-mix in sRGB."""
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(_channels(one), _channels(other), strict=True)
    )


def _beside(accent: str, grounds: Iterable[str], paper: str, writing: str) -> list[str]:
    return [*grounds, mix(paper, accent, _TINT), writing]


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _hue_and_chroma(colour: str) -> tuple[float, float]:
    """Degrees, and 0 (grey) to about 0.3."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.degrees(math.atan2(b, a)) % 360, math.hypot(a, b)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
