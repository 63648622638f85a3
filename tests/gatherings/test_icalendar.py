"""Calendars as RFC 5545 wants them: whatever people wrote comes back whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.gatherings.icalendar import Entry, calendar, escaped, folded

START = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=300)


def unfolded(text):
    """As a reader of calendars reads it (§3.1)."""
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value):
    said, escaped_ = [], False
    for sign in value:
        if escaped_:
            said.append("\n" if sign in "nN" else sign)
            escaped_ = False
        elif sign == "\\":
            escaped_ = True
        else:
            said.append(sign)
    return "".join(said)


@settings(max_examples=100)
@given(words)
def test_a_text_comes_back_from_its_folded_and_escaped_line(text):
    line = f"SUMMARY:{escaped(text)}"
    wire = folded(line)
    assert all(len(piece.encode()) <= 75 for piece in wire.split("\r\n"))
    assert "\n" not in wire.replace("\r\n", "")
    (back,) = unfolded(wire)
    assert unescaped(back.removeprefix("SUMMARY:")) == text


@settings(max_examples=40)
@given(words, words, words)
def test_nobody_writes_another_line_into_a_calendar(title, place, text):
    entry = Entry("topic-1@x", title, START, START + timedelta(hours=2), START, 3, "https://x/t/1", place, text)
    lines = unfolded(calendar([entry], "Board"))
    assert lines[-1] == ""
    assert [line for line in lines if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]
    assert {"UID:topic-1@x", "SEQUENCE:3", "DTSTART:20260302T183000Z", "DTEND:20260302T203000Z"} <= set(lines)


def test_control_characters_and_line_ends_of_every_kind_do_no_harm():
    assert escaped("a\x00\x07b\r\nc\rd\\,;") == r"ab\nc\nd\\\,\;"
