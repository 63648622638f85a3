"""What a file is, by what it contains."""

from __future__ import annotations

import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from forum.core.errors import Invalid
from forum.uploads.kinds import FILES, LONGEST_NAME, read_file, tidy_name
from tests.corpora import shared
from tests.uploads.files import HTML, PDF, SVG, archive, bomb, picture

DOCX = archive("[Content_Types].xml", "word/document.xml")

KEPT = [
    (PDF, "Plan.PDF", "pdf", "Plan.PDF"),
    (DOCX, "minutes.docx", "docx", "minutes.docx"),
    (archive("a.txt"), "scans.zip", "zip", "scans.zip"),
    (b"\x1f\x8b\x08" + bytes(20), "site.tar.gz", "gz", "site.tar.gz"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc", "doc", "old.doc"),
    (PDF, "C:\\Users\\ada\\..\\plan.pdf", "pdf", "plan.pdf"),
    (PDF, "../../etc/plan.pdf", "pdf", "plan.pdf"),
    (PDF, "plan\u202efdp.exe.pdf", "pdf", "planfdp.exe.pdf"),
]

REFUSED = [
    (b"", "plan.pdf"),
    (HTML, "plan.pdf"),
    (HTML, "page.html"),
    (SVG, "drawing.svg"),
    (b"\x89PNG\r\n\x1a\n" + HTML, "me.png"),
    (PDF, "plan.exe"),
    (PDF, "plan"),
    (PDF, "plan.docx"),
    (archive("a.txt"), "minutes.docx"),
    (archive("a.txt"), "letter.odt"),
    (DOCX, "minutes.docm"),
    (b"MZ" + bytes(200), "setup.zip"),
    (b"#!/bin/sh\nrm -rf /", "script.tar"),
    (HTML, "x.pdf/../y.php"),
]


@pytest.mark.parametrize(("data", "name", "ending", "called"), KEPT)
def test_documents_and_archives_of_the_list_are_kept_as_they_are(data, name, ending, called):
    brought = read_file(data, name)
    assert (brought.kind, brought.ending, brought.name, brought.data) == ("file", ending, called, data)


@pytest.mark.parametrize(("data", "name"), REFUSED)
def test_whatever_it_is_called_content_and_name_must_both_be_on_the_list(data, name):
    with pytest.raises(Invalid) as said:
        read_file(data, name)
    assert said.value.sentence


def test_a_file_of_twenty_megabytes_is_kept_and_a_byte_more_is_not():
    most = PDF + bytes(20 * 2**20 - len(PDF))
    assert read_file(most, "plan.pdf").kind == "file"
    with pytest.raises(Invalid, match="20 MB"):
        read_file(most + b"x", "plan.pdf")


def test_a_picture_is_written_anew_whatever_it_is_called():
    camera = Image.Exif()
    camera[0x0112], camera[0x010F] = 6, "Camera of Ada"
    brought = read_file(picture("JPEG", exif=camera.tobytes()) + HTML, "holiday.pdf.exe")
    assert (brought.kind, brought.ending) == ("image", "jpg")
    assert (brought.width, brought.height) == (48, 64)
    assert b"Camera" not in brought.data
    assert b"<html" not in brought.data
    assert not Image.open(io.BytesIO(brought.data)).getexif()


def test_an_archive_that_is_a_bomb_is_not_opened():
    packed = bomb()
    began = time.process_time()
    assert read_file(packed, "all.zip").data == packed
    assert time.process_time() - began < 0.2


def test_bombs_among_pictures_are_refused_unopened():
    folder = shared("data", "corpora", "images", "bombs")
    bombs = [path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() not in {".md", ".txt", ""}]
    assert bombs
    for path in bombs:
        with pytest.raises(Invalid):
            read_file(path.read_bytes(), path.name)


@given(st.text(max_size=400))
def test_a_name_never_leads_anywhere_and_hides_nothing(name):
    called = tidy_name(name)
    assert called
    assert len(called) <= LONGEST_NAME
    assert called.isprintable()
    assert not set(called) & set("/\\\0\u202e")
    assert not called.startswith(".")
    assert tidy_name(called) == called


def test_every_ending_of_the_list_can_be_kept_in_storage(tmp_path):
    from forum.core.storage import FolderStorage

    storage = FolderStorage(tmp_path)
    for ending in FILES:
        assert storage.get(storage.put("uploads", b"x", ending)) == b"x"
