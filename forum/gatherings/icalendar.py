"""iCalendar (RFC 5545): events as calendars read them. Pure; times are UTC, so that no zone need be explained."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MIMETYPE = "text/calendar"
# Octets a line may have without its end (§3.1).
LINE = 75


@dataclass(frozen=True)
class Entry:
    """One event. `uid` stays for its life, `sequence` counts its changes (§3.8.7.4), `changed_at` is the last one."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    changed_at: datetime
    sequence: int
    url: str
    place: str = ""
    text: str = ""
    is_cancelled: bool = False


def calendar(entries: Iterable[Entry], name: str = "") -> str:
    """A whole calendar; `name` is what programs call it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Trellis//Trellis//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{_instant(entry.changed_at)}"
    yield f"LAST-MODIFIED:{_instant(entry.changed_at)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART:{_instant(entry.starts_at)}"
    if entry.ends_at is not None:
        yield f"DTEND:{_instant(entry.ends_at)}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.place:
        yield f"LOCATION:{escaped(entry.place)}"
    if entry.text:
        yield f"DESCRIPTION:{escaped(entry.text)}"
    yield f"URL:{entry.url}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A TEXT value (§3.3.11): line ends as `\\n`, separators escaped, control characters left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(c for c in lines if c in {"\n", "\t"} or unicodedata.category(c) not in {"Cc", "Cs"})
    for sign in ("\\", ";", ","):
        clean = clean.replace(sign, "\\" + sign)
    return clean.replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, continued by a blank (§3.1); no character is cut in two."""
    pieces, piece, size, room = [], "", 0, LINE
    for character in line:
        width = len(character.encode())
        if size + width > room:
            pieces.append(piece)
            piece, size, room = "", 0, LINE - 1
        piece, size = piece + character, size + width
    return "\r\n ".join([*pieces, piece])
