"""Words for a made community: texts of the lengths and shapes that people write, rendered once beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from forum.core.markup import Job, render_many
from forum.posts.drafts import Written

WORDS = (
    "reed tongue chamber bellows tuning cents solder brass file thickness beat pitch warm cold valve leather wax "
    "wood glue grain bench lamp slow quick careful maybe always never once twice after before between under over "
    "because when where which nobody everybody somebody thanks question answer tried again measured again found "
    "lost kept gave took made broke mended asked told wrote read learned forgot remembered"
).split()

SHAPES = 48
RARE = "hygrometer"
"""A word that stands in few posts, for the search."""


def sentence(dice: Random, least: int = 6, most: int = 18) -> str:
    """A sentence of so many words, without sense."""
    return " ".join(dice.choices(WORDS, k=dice.randint(least, most))).capitalize() + "."


def paragraph(dice: Random) -> str:
    """A few sentences."""
    return " ".join(sentence(dice) for _ in range(dice.randint(2, 5)))


def text(dice: Random) -> str:
    """A post: mostly paragraphs, at times with a list, a quotation or code."""
    parts = [paragraph(dice) for _ in range(dice.choice((1, 1, 2, 2, 3)))]
    shape = dice.random()
    if shape < 0.2:
        parts.insert(1, "\n".join(f"- **{dice.choice(WORDS)}**: {sentence(dice)}" for _ in range(4)))
    elif shape < 0.35:
        parts.insert(0, f"> {sentence(dice)}\n> {sentence(dice)}")
    elif shape < 0.45:
        parts.append("```python\nfor reed in reeds:\n    print(reed.pitch, reed.cents * 2)\n```")
    return "\n\n".join(parts)


def rendered_texts(dice: Random) -> Sequence[Written]:
    """Some posts, ready to be stored; the last one has the rare word."""
    sources = [*(text(dice) for _ in range(SHAPES)), f"{paragraph(dice)} A {RARE} told. {paragraph(dice)}"]
    jobs = (Job(number, source) for number, source in enumerate(sources))
    return [Written(sources[number], result) for number, result in render_many(jobs, workers=1)]
