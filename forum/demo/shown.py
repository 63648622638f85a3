"""What the demo shows beside words: a chart drawn here, and a sheet to download. The texts call them `shown:NAME`."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.markup import Shown
from forum.demo.ground import Ground
from forum.posts.models import Post
from forum.uploads.addresses import tokens_in
from forum.uploads.models import Upload, UploadUse

Keep = Callable[[str, bytes, str], str]
"""Puts bytes into storage: kind, data, ending → key."""

PAPER, INK, LINE, LEAF, AMBER = "#fbfaf7", "#1e2320", "#e3e1da", "#2e6a4f", "#9a5b13"
# The chart is drawn twice as large and reduced, so that its lines are smooth.
SIZE = 720, 420
WIDTH, HEIGHT = 1440, 840
LEFT, TOP, RIGHT, BOTTOM = 88, 40, 48, 148
NOTES = {"F3": 174.6, "C4": 261.6, "F4": 349.2, "C5": 523.3, "F5": 698.5, "A5": 880.0}


@dataclass(frozen=True)
class Item:
    """A picture or a file of the demo."""

    name: str
    ending: str
    media_type: str
    data: bytes
    size: tuple[int, int] = (0, 0)

    @property
    def token(self) -> str:
        return hashlib.sha256(f"demo:{self.name}".encode()).hexdigest()[:24]

    @property
    def path(self) -> str:
        return f"/files/{self.token}.{self.ending}"


@cache
def items() -> Mapping[str, Item]:
    """By name."""
    found = (
        Item("tremolo-curve", "png", "image/png", _chart(), SIZE),
        Item("tremolo-table", "pdf", "application/pdf", _sheet()),
    )
    return {item.name: item for item in found}


def pictures() -> dict[str, Shown]:
    """Address → the picture, for the renderer."""
    return {item.path: Shown(item.path, *item.size) for item in items().values() if item.ending == "png"}


def keep_shown(session: Session, ground: Ground, keep: Keep) -> None:
    """Write down what the posts show, each of its author."""
    by_token = {item.token: item for item in items().values()}
    posts = select(Post.id, Post.author_id, Post.created_at, Post.html).where(Post.html.contains("/files/"))
    for post_id, author_id, created_at, html in session.execute(posts).all():
        for item in (by_token[token] for token in sorted(tokens_in(html))):
            upload = Upload(
                token=item.token,
                owner_id=author_id,
                kind="image" if item.ending == "png" else "file",
                key=keep("uploads", item.data, item.ending),
                size=len(item.data),
                name=f"{item.name}.{item.ending}",
                media_type=item.media_type,
                width=item.size[0],
                height=item.size[1],
                created_at=created_at,
                touched_at=ground.now,
            )
            session.add(upload)
            session.flush()
            session.add(UploadUse(upload_id=upload.id, place="post", place_id=post_id))
    session.flush()


# ── the chart: how fast a tremolo beats from low to high ──────────────────────────────────────────────────────────────


def _chart() -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen, face = ImageDraw.Draw(picture), ImageFont.load_default(size=30)
    for beats in range(0, 9, 2):
        pen.line([_at(0, beats), _at(1, beats)], LINE, 2)
        pen.text((LEFT - 24, _at(0, beats)[1]), str(beats), INK, face, "rm")
    for note, hertz in NOTES.items():
        pen.text((_at(_place(hertz), 0)[0], HEIGHT - BOTTOM + 24), note, INK, face, "ma")
    curves = (("16 cents everywhere", AMBER, 1.0), ("two thirds of it each octave", LEAF, 2 / 3))
    for row, (words, colour, an_octave) in enumerate(curves):
        pen.line([_at(step / 60, _beats(step / 60, an_octave)) for step in range(61)], colour, 7, "curve")
        height = TOP + 40 + row * 54
        pen.line([(LEFT + 48, height), (LEFT + 112, height)], colour, 7)
        pen.text((LEFT + 136, height), words, INK, face, "lm")
    pen.text((WIDTH - RIGHT, HEIGHT - 24), "beats a second, from low to high", INK, face, "rd")
    out = io.BytesIO()
    picture.reduce(2).quantize(48).save(out, "PNG", optimize=True)
    return out.getvalue()


def _place(hertz: float) -> float:
    lowest, highest = min(NOTES.values()), max(NOTES.values())
    return math.log(hertz / lowest) / math.log(highest / lowest)


def _beats(place: float, an_octave: float) -> float:
    """Beats a second at that place: 16 cents at A4, and so many times as many each octave up."""
    lowest, highest = min(NOTES.values()), max(NOTES.values())
    hertz = lowest * math.pow(highest / lowest, place)
    cents: float = 16 * math.pow(an_octave, math.log2(hertz / 440))
    return hertz * (math.pow(2, cents / 1200) - 1)


def _at(place: float, beats: float) -> tuple[float, float]:
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    return LEFT + place * width, TOP + height * (1 - beats / 9)


# ── the sheet: a page of text as PDF (ISO 32000-1, §7.5) ──────────────────────────────────────────────────────────────


def _sheet() -> bytes:
    head = [
        "Beats a second, to pin above the bench",
        "",
        f"{'note':<6}" + "".join(f"{c:>4} c" for c in (8, 12, 16, 20)),
    ]
    rows = [
        f"{note:<6}" + "".join(f"{hertz * (2 ** (cents / 1200) - 1):>6.2f}" for cents in (8, 12, 16, 20))
        for note, hertz in NOTES.items()
    ]
    lines = " ".join(f"({line}) Tj T*" for line in [*head, *rows])
    text = f"BT /F1 14 Tf 18 TL 72 720 Td {lines} ET"
    page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    return b"".join(
        _pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< {page} >>",
            f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        )
    )


def _pdf(*objects: str) -> Iterator[bytes]:
    written = b"%PDF-1.4\n"
    yield written
    size, starts = len(written), []
    for number, said in enumerate(objects, start=1):
        starts.append(size)
        part = f"{number} 0 obj\n{said}\nendobj\n".encode("ascii")
        size += len(part)
        yield part
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    count = len(objects) + 1
    yield f"xref\n0 {count}\n0000000000 65535 f \n{table}".encode("ascii")
    yield f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{size}\n%%EOF\n".encode("ascii")
