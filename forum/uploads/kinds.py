"""What a file is: by what it contains, and only then by what it is called. Nothing is unpacked or run.

Pictures become new ones (`core.images`); documents and archives are kept as they are and only ever downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forum.core import images
from forum.core.errors import Invalid
from forum.core.lines import one_line
from forum.core.words import gettext as _
from forum.uploads.limits import LIMITS, Limits

LONGEST_NAME = 120
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
_PICTURE_NAMES = frozenset("jpg jpeg png gif webp svg bmp tif tiff heic heif avif ico".split())


@dataclass(frozen=True)
class Brought:
    """A file that may be kept: its bytes as they will be served."""

    data: bytes
    kind: str
    ending: str
    media_type: str
    name: str
    width: int = 0
    height: int = 0


def _zip_with(*marks: bytes) -> Callable[[bytes], bool]:
    """A ZIP that says what it is where nothing has to be unpacked: the names in it and its first bytes stand open."""
    return lambda data: data.startswith(b"PK\x03\x04") and all(mark in data for mark in marks)


def _open_document(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and data[30:80].startswith(b"mimetypeapplication/vnd.oasis.opendocument.")


def _old_office(data: bytes) -> bool:
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OASIS = "application/vnd.oasis.opendocument."

# Ending → its type, and whether the content is such a thing.
FILES: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", lambda data: data.startswith(b"%PDF-")),
    "docx": (_OPEN_XML + "wordprocessingml.document", _zip_with(b"[Content_Types].xml", b"word/")),
    "xlsx": (_OPEN_XML + "spreadsheetml.sheet", _zip_with(b"[Content_Types].xml", b"xl/")),
    "pptx": (_OPEN_XML + "presentationml.presentation", _zip_with(b"[Content_Types].xml", b"ppt/")),
    "odt": (_OASIS + "text", _open_document),
    "ods": (_OASIS + "spreadsheet", _open_document),
    "odp": (_OASIS + "presentation", _open_document),
    "odg": (_OASIS + "graphics", _open_document),
    "doc": ("application/msword", _old_office),
    "xls": ("application/vnd.ms-excel", _old_office),
    "ppt": ("application/vnd.ms-powerpoint", _old_office),
    "rtf": ("application/rtf", lambda data: data.startswith(b"{\\rtf")),
    "zip": ("application/zip", lambda data: data.startswith((b"PK\x03\x04", b"PK\x05\x06"))),
    "7z": ("application/x-7z-compressed", lambda data: data.startswith(b"7z\xbc\xaf\x27\x1c")),
    "tar": ("application/x-tar", lambda data: data[257:262] == b"ustar"),
    "gz": ("application/gzip", lambda data: data.startswith(b"\x1f\x8b\x08")),
    "tgz": ("application/gzip", lambda data: data.startswith(b"\x1f\x8b\x08")),
}

# What a chooser of files offers.
ACCEPTED = ",".join(["image/jpeg", "image/png", "image/gif", "image/webp", *(f".{ending}" for ending in FILES)])


def read_file(data: bytes, name: str, limits: Limits = LIMITS) -> Brought:
    """What may be kept of a file; raises Invalid in words. A picture takes up to seconds: not inside a transaction."""
    name = tidy_name(name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if data.startswith(_PICTURES) or ending in _PICTURE_NAMES:
        picture = images.read_picture(data, max_bytes=limits.picture_bytes, max_pixels=limits.picture_pixels)
        return Brought(
            picture.data, "image", picture.extension, picture.media_type, name, picture.width, picture.height
        )
    return _document(data, name, ending, limits)


def _document(data: bytes, name: str, ending: str, limits: Limits) -> Brought:
    if not data:
        raise Invalid(_("There is nothing in this file. Choose another one."))
    if len(data) > limits.file_bytes:
        most = limits.file_bytes // 2**20
        raise Invalid(_("This file is larger than %(n)s MB. Make it smaller and try again.", n=most))
    if ending not in FILES:
        raise Invalid(
            _("This kind of file cannot be kept here. Pictures, PDF, office documents and archives (ZIP, tar) can.")
        )
    media_type, is_one = FILES[ending]
    if not is_one(data):
        raise Invalid(_("This file is called .%(ending)s, but is something else inside.", ending=ending))
    return Brought(data, "file", ending, media_type, name)


def tidy_name(name: str) -> str:
    """What a file is called, without its folder and without characters that cannot be seen; its ending stays."""
    last = one_line(re.split(r"[/\\]", name)[-1])
    seen = "".join(character if character.isprintable() else " " for character in last)
    words = " ".join(seen.split()).lstrip(". ") or _("file")
    if len(words) <= LONGEST_NAME:
        return words
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > 8:
        return words[:LONGEST_NAME].rstrip()
    return f"{stem[: LONGEST_NAME - 1 - len(ending)]}{dot}{ending}"
