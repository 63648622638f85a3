"""Pictures from strangers: recognised by content, measured before they are decoded, written anew.

Nothing of the file survives but what can be seen: no EXIF, XMP, ICC profile, comment or trailing bytes. Whatever is
wrong with a file, the answer is `Invalid` with a sentence.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageColor, ImageFile, ImageOps, UnidentifiedImageError

from forum.core.errors import Invalid
from forum.core.words import gettext as _
from forum.core.words import ngettext

MAX_BYTES = 10 * 2**20
MAX_PIXELS = 40_000_000
LONGEST_EDGE = 2560  # pixels kept: twice the width of a reading column on a sharp screen, with room to look closer
AVATAR_EDGE = 256
LOGO_SIZE = (960, 160)  # pixels kept: four times what a header shows
ICON_EDGE = 256

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_QUALITY = 85
_MOST_FRAMES = 400
_MOST_MOVING_PIXELS = 24_000_000  # all frames together; more would keep a worker busy for many seconds
_MOST_SCANS = 64  # a progressive JPEG needs about ten; thousands are an attack on the decoder's time
_HEAVY_PNG = 2**20  # a photograph kept as PNG: WebP says the same in a tenth
_ORIENTATION = 0x0112
_OPAQUE = 255
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we wrote it ourselves, safe to serve with its type."""

    data: bytes
    media_type: str
    extension: str  # without the dot
    width: int
    height: int
    moving: bool = False


def read_picture(data: bytes, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> Picture:
    """The picture upright, clean, at most `LONGEST_EDGE` long: JPEG stays JPEG, the others become PNG or WebP.

    A moving GIF or WebP stays moving (as WebP) while all its frames are not too much; else its first frame stands.
    """
    with _opened(data, max_bytes, max_pixels) as image:
        if _moves(image):
            return _moving_webp(image, max_pixels)
        is_photo = image.format in ("JPEG", "MPO")
        upright = _upright(image, LONGEST_EDGE)
        if is_photo:
            return _written(upright, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
        picture = _written(upright, "PNG")
        if len(picture.data) > _HEAVY_PNG:
            return _written(upright, "WEBP", quality=_QUALITY, method=3)
        return picture


def avatar(data: bytes, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> bytes:
    """The middle of the picture (of its first frame) as a square WebP of 256 pixels."""
    with _opened(data, max_bytes, max_pixels) as image:
        square = ImageOps.fit(_upright(image, 4 * AVATAR_EDGE), (AVATAR_EDGE, AVATAR_EDGE), Image.Resampling.LANCZOS)
        return _written(square, "WEBP", quality=_QUALITY, method=4).data


def logo(data: bytes, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS) -> Picture:
    """The picture (its first frame) within `LOGO_SIZE`, what is see-through kept so: a PNG."""
    with _opened(data, max_bytes, max_pixels) as image:
        upright = _upright(image, 4 * max(LOGO_SIZE))
        trimmed = _trimmed(upright)
        trimmed.thumbnail(LOGO_SIZE, Image.Resampling.LANCZOS)
        return _written(trimmed, "PNG", optimize=True)


def icon(logo: bytes, ground: str) -> Picture:
    """A logo as we wrote it in the middle of a square PNG: on `ground`, or on its own where it has one."""
    with Image.open(io.BytesIO(logo), formats=("PNG",)) as image:
        shape = image.convert("RGBA")
    inner = ICON_EDGE * 7 // 8
    scale = inner / max(shape.size)
    size = (max(1, round(shape.width * scale)), max(1, round(shape.height * scale)))
    shape = shape.resize(size, Image.Resampling.LANCZOS)
    corner = shape.getpixel((0, 0))
    assert isinstance(corner, tuple)
    behind = corner[:3] if corner[3] == _OPAQUE else ImageColor.getrgb(ground)[:3]
    square = Image.new("RGB", (ICON_EDGE, ICON_EDGE), behind)
    square.paste(shape, ((ICON_EDGE - shape.width) // 2, (ICON_EDGE - shape.height) // 2), shape)
    return _written(square, "PNG", optimize=True)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _opened(data: bytes, max_bytes: int, max_pixels: int) -> Iterator[ImageFile.ImageFile]:
    """The file recognised and measured, not yet decoded. Every failure in the body becomes `Invalid`."""
    if not data:
        raise Invalid(_("There is no picture in this file. Choose another one."))
    if len(data) > max_bytes:
        raise Invalid(_("This picture is larger than %(n)s MB. Make it smaller and try again.", n=max_bytes // 2**20))
    if data.startswith(b"\xff\xd8") and data.count(b"\xff\xda") > _MOST_SCANS:
        raise Invalid(_damaged())
    try:
        _measure(_webp_size(data), max_pixels)
        _measure(_gif_extent(data), max_pixels)
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            _measure(image.size, max_pixels)
            yield image
    except Invalid:
        raise
    except UnidentifiedImageError as error:
        raise Invalid(_("This is not a picture that can be shown here. JPEG, PNG, GIF and WebP can.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Invalid(_too_large(max_pixels)) from error
    except Exception as error:  # a decoder fed by strangers may raise anything: struct.error, IndexError, SyntaxError…
        raise Invalid(_damaged()) from error


def _measure(size: tuple[int, int], max_pixels: int) -> None:
    if size[0] * size[1] > max_pixels:
        raise Invalid(_too_large(max_pixels))


def _gif_extent(data: bytes) -> tuple[int, int]:
    """How far the frames of a GIF reach, which may be beyond its screen; (0, 0) for the others."""
    if data[:4] != b"GIF8" or len(data) < 13:
        return 0, 0
    at, width, height = 13 + _palette(data[10]), 0, 0
    while at + 10 <= len(data) and data[at] in b"\x21\x2c":
        if data[at] == 0x21:  # an extension: its label, then blocks
            at = _past_blocks(data, at + 2)
            continue
        left, top, wide, high = struct.unpack_from("<4H", data, at + 1)
        width, height = max(width, left + wide), max(height, top + high)
        at = _past_blocks(data, at + 11 + _palette(data[at + 9]))
    return width, height


def _palette(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _past_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


def _webp_size(data: bytes) -> tuple[int, int]:
    """What a WebP says of its size (RFC 9649); (0, 0) for the others. Its decoder takes the memory on opening."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return 0, 0
    if data[12:16] == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def _too_large(max_pixels: int) -> str:
    return ngettext(
        "This picture has more than %(num)s megapixel. Make it smaller and try again.",
        "This picture has more than %(num)s megapixels. Make it smaller and try again.",
        max_pixels // 1_000_000,
    )


def _damaged() -> str:
    return _("This picture is incomplete or damaged. Open it on your device, save it anew and try again.")


def _upright(image: ImageFile.ImageFile, edge: int) -> Image.Image:
    """The (first) frame decoded, as grey or RGB with or without alpha, held the right way, within `edge`."""
    image.draft(None, (edge, edge))  # JPEG only: decodes an eighth, a quarter, a half where that is enough
    image.load()
    turn = _TURNS.get(_orientation(image))
    small = _within(_plain(image), edge)
    srgb = _in_srgb(small, image.info.get("icc_profile"))
    return _bare(srgb.transpose(turn) if turn is not None else srgb)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  broken metadata is no reason to refuse what can be seen
        return 1


def _plain(image: Image.Image) -> Image.Image:
    """One of L, LA, RGB, RGBA, so that scaling and every format we write know it."""
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("1", "L"):
        return image.convert("L")
    return image if image.mode == "RGB" else image.convert("RGB")


def _within(image: Image.Image, edge: int) -> Image.Image:
    scale = edge / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours of a wide-gamut camera as every screen shows them, since the profile will be gone."""
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    except Exception:  # noqa: BLE001  as without a profile: slightly paler is better than refused
        return image
    return converted or image


def _trimmed(image: Image.Image) -> Image.Image:
    """Without a see-through edge, which would make a logo look small; as it is where it is see-through altogether."""
    extent = image.getchannel("A").getbbox() if image.mode in ("LA", "RGBA") else None
    return image.crop(extent) if extent else image


def _bare(image: Image.Image) -> Image.Image:
    """Without anything a writer could copy into the new file."""
    bare = image.copy()
    bare.info = {}
    return bare


# ── writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _written(image: Image.Image, form: str, *, moving: bool = False, **options: object) -> Picture:
    out = io.BytesIO()
    image.save(out, form, **options)
    extension = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[form]
    return Picture(out.getvalue(), f"image/{form.lower()}", extension, image.width, image.height, moving)


def _moves(image: ImageFile.ImageFile) -> bool:
    """More than one frame, and not more than may be worked through. A phone's MPO holds several pictures, no motion."""
    if image.format not in ("GIF", "WEBP"):
        return False
    frames = _frames(image)
    return 1 < frames <= _MOST_FRAMES and frames * image.width * image.height <= _MOST_MOVING_PIXELS


def _moving_webp(image: ImageFile.ImageFile, max_pixels: int) -> Picture:
    frames: list[Image.Image] = []
    durations: list[int] = []
    for number in range(_frames(image)):
        image.seek(number)
        _measure(image.size, max_pixels)  # a GIF may grow on the way
        frames.append(_bare(_within(image.convert("RGBA"), LONGEST_EDGE)))
        durations.append(max(20, int(image.info.get("duration") or 100)))
    loop = int(image.info.get("loop", 1))
    first, *rest = frames
    return _written(
        first,
        "WEBP",
        moving=True,
        save_all=True,
        append_images=rest,
        duration=durations,
        loop=loop,
        quality=75,
        method=2,
    )
