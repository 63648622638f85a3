"""Pictures from strangers come out upright, clean and small, or are refused in words."""

from __future__ import annotations

import io
import struct
import time
import tracemalloc
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from forum.core import images
from forum.core.errors import Invalid
from tests.corpora import shared

SECRETS = (
    b"Exif",
    b"http://ns.adobe.com",
    b"ICC_PROFILE",
    b"ICCP",
    b"iCCP",
    b"eXIf",
    b"XMP ",
    b"EXIF",
    b"tEXt",
    b"zTXt",
    b"iTXt",
    b"xpacket",
    b"Photoshop",
)


def picture(form, size=(60, 40), mode="RGB", **options):
    out = io.BytesIO()
    gradient = Image.linear_gradient("L").resize(size)
    gradient.convert(mode).save(out, form, **options)
    return out.getvalue()


def gif(frames, size=(40, 30), **options):
    out = io.BytesIO()
    first, *rest = [Image.linear_gradient("L").resize(size).rotate(10 * n).convert("P") for n in range(frames)]
    first.save(out, "GIF", save_all=True, append_images=rest, duration=80, **options)
    return out.getvalue()


def png_of(width, height):
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def webp_of(width, height):
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + canvas


def reason(data, read=images.read_picture):
    with pytest.raises(Invalid) as refused:
        read(data)
    return refused.value.sentence


def shown(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def taken(data):
    """Read both ways; whatever happens is a picture or a sentence."""
    for read in (images.read_picture, images.avatar):
        with suppress(Invalid):
            read(data)


@pytest.mark.parametrize(
    ("data", "media_type", "extension"),
    [
        (picture("JPEG"), "image/jpeg", "jpg"),
        (picture("JPEG", mode="L"), "image/jpeg", "jpg"),
        (picture("JPEG", mode="CMYK"), "image/jpeg", "jpg"),
        (picture("PNG"), "image/png", "png"),
        (picture("PNG", mode="RGBA"), "image/png", "png"),
        (picture("PNG", mode="1"), "image/png", "png"),
        (picture("GIF", mode="P"), "image/png", "png"),
        (picture("WEBP"), "image/png", "png"),
    ],
)
def test_the_four_kinds_are_taken_and_written_anew(data, media_type, extension):
    kept = images.read_picture(data)
    assert (kept.media_type, kept.extension, kept.width, kept.height, kept.moving) == (
        media_type,
        extension,
        60,
        40,
        False,
    )
    assert shown(kept.data).size == (60, 40)


@pytest.mark.parametrize("form", ["BMP", "TIFF", "ICO", "PPM", "TGA", "PCX"])
def test_other_kinds_are_refused_by_what_they_are_not_by_name(form):
    assert "JPEG, PNG, GIF and WebP" in reason(picture(form))


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"hello",
        b"GIF",
        b"\xff\xd8",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF1234WEBP",
    ],
)
def test_what_is_no_picture_is_refused(data):
    assert reason(data)
    assert reason(data, images.avatar)


def test_nothing_is_no_picture():
    assert "no picture" in reason(b"")


def test_a_file_over_the_limit_is_refused_unread():
    assert "larger than 10 MB" in reason(picture("PNG") + bytes(images.MAX_BYTES))


@pytest.mark.parametrize("bomb", ["decompression_bomb.gif", "decompression_bomb_extents.gif", "decompression_bomb.ico"])
@pytest.mark.parametrize("read", [images.read_picture, images.avatar])
def test_a_bomb_is_refused_before_it_is_decoded(bomb, read):
    data = shared("data", "corpora", "images", "bombs", bomb).read_bytes()
    refused_cheaply(data, read)


@pytest.mark.parametrize(
    "data", [png_of(65_000, 65_000), png_of(8_000, 5_001), webp_of(16_383, 16_383), png_of(0x7FFFFFFF, 0x7FFFFFFF)]
)
@pytest.mark.parametrize("read", [images.read_picture, images.avatar])
def test_a_small_file_of_many_pixels_is_refused_before_it_is_decoded(data, read):
    assert "40 megapixels" in refused_cheaply(data, read)


def refused_cheaply(data, read):
    Image.init()
    tracemalloc.start()
    begun = time.perf_counter()
    try:
        sentence = reason(data, read)
        assert time.perf_counter() - begun < 1
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()
    return sentence


def test_a_jpeg_of_endless_scans_is_refused():
    data = picture("JPEG", progressive=True)
    assert "damaged" in reason(data[:-2] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 100 + data[-2:])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_cut_short_is_called_damaged(form):
    whole = picture(form, (300, 300))
    assert "damaged" in reason(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    "path", ["DSCN0010.jpg", "DSCN0012.jpg", "DSCN0021.jpg", "DSCN0042.jpg", "orientation/landscape_6.jpg"]
)
def test_nothing_of_what_the_camera_knew_remains(path):
    data = shared("data", "corpora", "images", "exif", *path.split("/")).read_bytes()
    assert any(secret in data for secret in SECRETS)
    for written in (images.read_picture(data).data, images.avatar(data)):
        assert not [secret for secret in SECRETS if secret in written]
        image = shown(written)
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment", "photoshop"} & image.info.keys()


@pytest.mark.parametrize("shape", ["landscape", "portrait"])
@pytest.mark.parametrize("number", range(2, 9))
def test_a_photo_taken_sideways_stands_upright(shape, number):
    folder = shared("data", "corpora", "images", "exif", "orientation")
    upright, turned = (shown(images.read_picture((folder / f"{shape}_{n}.jpg").read_bytes()).data) for n in (1, number))
    assert turned.size == upright.size
    assert max(ImageStat.Stat(ImageChops.difference(upright.convert("RGB"), turned.convert("RGB"))).mean) < 8


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_comments_profiles_and_notes_are_gone(form):
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture(
        form, exif=exif, icc_profile=profile, xmp=b"<x:xmpmeta>a secret place</x:xmpmeta>", comment=b"a secret place"
    )
    assert b"a secret place" in data
    for written in (images.read_picture(data).data, images.avatar(data)):
        assert b"secret" not in written
        assert not [secret for secret in SECRETS if secret in written]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_hangs_behind_or_beside_a_picture_does_not_come_along(form):
    tail = b"<script>alert(1)</script>PK\x03\x04"
    assert tail not in images.read_picture(picture(form) + tail).data


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_camera_notes_are_no_reason_to_refuse():
    data = picture("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40)
    assert images.read_picture(data).width == 60


def test_a_large_photo_is_brought_to_a_size_for_reading():
    kept = images.read_picture(picture("JPEG", (4000, 3000)))
    assert (kept.width, kept.height) == (2560, 1920)


def test_transparency_stays():
    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (10, 20, 30, 0)).save(out, "PNG")
    assert shown(images.read_picture(out.getvalue()).data).getpixel((4, 4))[3] == 0
    assert shown(images.avatar(out.getvalue())).getpixel((4, 4))[3] == 0


def test_a_sixteen_bit_scan_keeps_its_greys():
    out = io.BytesIO()
    Image.new("I;16", (8, 8), 0x8000).save(out, "PNG")
    assert shown(images.read_picture(out.getvalue()).data).getpixel((0, 0)) == 128


def test_a_moving_gif_keeps_moving_and_stands_still_as_a_face():
    data = gif(5, loop=0)
    kept = images.read_picture(data)
    assert (kept.moving, kept.media_type, shown(kept.data).n_frames) == (True, "image/webp", 5)
    assert getattr(shown(images.avatar(data)), "n_frames", 1) == 1


def test_a_film_in_a_gif_shows_its_first_frame():
    kept = images.read_picture(gif(40, (1100, 600)))
    assert (kept.moving, kept.media_type) == (False, "image/png")


@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]))
@settings(max_examples=25, deadline=None)
def test_a_face_is_a_square_of_256_whatever_the_shape(width, height, form):
    image = shown(images.avatar(picture(form, (width, height))))
    assert (image.format, image.size) == ("WEBP", (256, 256))


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF", "film"]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=12),
    st.integers(0, 400),
)
@settings(max_examples=150, deadline=None)
def test_a_spoilt_file_is_a_picture_or_a_sentence_never_an_error(form, strokes, cut):
    data = bytearray(gif(3) if form == "film" else picture(form))
    for place, byte in strokes:
        data[place % len(data)] = byte
    taken(bytes(data[: len(data) - cut] if cut < len(data) else data))


@given(
    st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\x20\0\0\0WEBPVP8X", b"RIFF\x20\0\0\0WEBPVP8L"]
    ),
    st.binary(max_size=300),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_a_picture_or_a_sentence(start, rest):
    taken(start + rest)
