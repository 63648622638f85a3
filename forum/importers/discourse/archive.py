"""An archive on disk, in either layout, read one topic at a time.

A folder of `<slug>.<id>.json` (one topic a file) with optional `<slug>.<id>.md` beside, or a folder with
`topics.jsonl[.gz]` (one topic a line) and optional `users.jsonl[.gz]`. Whatever lies in the folder, nothing raises
after `open_archive`: what cannot be read is yielded as `Skipped`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from forum.importers.discourse import fields, rawfile, reading
from forum.importers.discourse.files import Chunk, lines_of, listed, printable, whole
from forum.importers.discourse.records import Skipped, SourceTopic, SourceUser, Survey

_TOPIC_FILE = re.compile(r".*\.([0-9]{1,10})\.json", re.DOTALL)
_POST_MARK = re.compile(rb'"cooked"\s*:')
_HOST = re.compile(rb'"avatar_template"\s*:\s*"/user_avatar/([A-Za-z0-9.-]+)/')


class NotAnArchive(Exception):
    """The path holds nothing that this importer reads; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Where the parts lie. Every method reads anew, so an archive can be gone through as often as needed."""

    folder: Path
    topic_lines: Path | None
    user_lines: Path | None
    topic_files: tuple[Path, ...]
    unread: tuple[Skipped, ...]
    """What of the folder is not looked into, with the reason."""

    def survey(self) -> Survey:
        """Counts and hosts; a broken topic is counted like another."""
        topics = posts = 0
        hosts: Counter[bytes] = Counter()
        for chunk in self._chunks():
            if isinstance(chunk, Chunk):
                topics += 1
                posts += len(_POST_MARK.findall(chunk.content))
                hosts.update(host.lower() for host in _HOST.findall(chunk.content))
        return Survey(topics, posts, tuple(host.decode() for host, _ in hosts.most_common()))

    def users(self) -> Iterator[SourceUser | Skipped]:
        """Everybody once by name: the people of users.jsonl, then authors whom only posts know."""
        seen: set[str] = set()
        for user in self._everybody():
            if isinstance(user, Skipped):
                yield user
            elif user.username.casefold() not in seen:
                seen.add(user.username.casefold())
                yield user

    def topics(self) -> Iterator[SourceTopic | Skipped]:
        """The topics in the archive's order, each after what of it could not be taken."""
        yield from self.unread
        seen_topics: set[int] = set()
        seen_posts: set[int] = set()
        for chunk in self._chunks():
            if isinstance(chunk, Skipped):
                yield chunk
                continue
            topic, skipped = _topic(chunk)
            if topic is not None and topic.id in seen_topics:
                yield Skipped("topic", str(topic.id), f"comes a second time, in {chunk.name}")
                continue
            yield from skipped
            if topic is not None:
                seen_topics.add(topic.id)
                topic, doubles = reading.without_posts(topic, seen_posts)
                seen_posts.update(post.id for post in topic.posts)
                yield from doubles
                yield topic

    def _chunks(self) -> Iterator[Chunk | Skipped]:
        if self.topic_lines is not None:
            yield from lines_of(self.topic_lines)
        for path in self.topic_files:
            yield whole(path)

    def _everybody(self) -> Iterator[SourceUser | Skipped]:
        for chunk in lines_of(self.user_lines) if self.user_lines else ():
            if isinstance(chunk, Skipped):
                yield chunk
                continue
            record = _parsed(chunk)
            if isinstance(record, dict):
                yield reading.read_user(record)
            else:
                yield Skipped("user", chunk.name, record if isinstance(record, str) else "is not a JSON object")
        for chunk in self._chunks():
            if isinstance(chunk, Chunk):
                yield from reading.authors_in(_parsed(chunk))


def open_archive(path: Path) -> Archive:
    """The archive at `path`. Raises `NotAnArchive`."""
    try:
        files, unread = listed(path)
    except OSError as error:
        raise NotAnArchive(f"{path} cannot be read as a folder: {error.strerror}.") from error
    lines = files.get("topics.jsonl") or files.get("topics.jsonl.gz")
    users = files.get("users.jsonl") or files.get("users.jsonl.gz")
    if lines is not None:
        others = [printable(name) for name in files if _TOPIC_FILE.fullmatch(name)]
        unread += [Skipped("file", name, f"{lines.name} is read instead") for name in others]
        return Archive(path, lines, users, (), tuple(unread))
    topics = {name: file for name, file in files.items() if _TOPIC_FILE.fullmatch(name)}
    if not topics:
        raise NotAnArchive(f"{path} holds neither topics.jsonl, topics.jsonl.gz nor files named <slug>.<id>.json.")
    unread += [Skipped("file", printable(name), why) for name in files if (why := _why_unread(name, topics))]
    ordered = sorted(topics.values(), key=lambda file: (_id_in(file.name), file.name))
    return Archive(path, None, users, tuple(ordered), tuple(unread))


def _why_unread(name: str, topics: Mapping[str, Path]) -> str:
    if name.endswith(".json") and name not in topics:
        return "is not named <slug>.<id>.json"
    if name.endswith(".md") and name.removesuffix(".md") + ".json" not in topics:
        return "has no topic of the same name beside it"
    return ""


def _id_in(name: str) -> int:
    found = _TOPIC_FILE.fullmatch(name)
    return int(found[1]) if found else 0


def _parsed(chunk: Chunk) -> object:
    """The JSON value, or a sentence (a `str`) about why there is none."""
    try:
        found: object = json.loads(chunk.content.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {str(error)[:100] or 'nested too deeply'}"
    return "is not a JSON object" if isinstance(found, str) else found


def _topic(chunk: Chunk) -> tuple[SourceTopic | None, list[Skipped]]:
    record = _parsed(chunk)
    if isinstance(record, str):
        return None, [Skipped("topic", chunk.name, record)]
    raws, skipped = _raws_beside(chunk, record)
    topic, more = reading.read_topic(record, raws)
    return topic, skipped + more


def _raws_beside(chunk: Chunk, record: object) -> tuple[dict[int, str], list[Skipped]]:
    """Sources from the `.md` file of the same name, if it belongs to this very topic."""
    beside = chunk.path.with_suffix(".md")
    if chunk.path.suffix != ".json" or not isinstance(record, dict) or not beside.is_file() or beside.is_symlink():
        return {}, []
    if fields.number(record, "id") != _id_in(chunk.path.name):
        return {}, [Skipped("raw", printable(beside.name), "the topic in the file beside it has another number")]
    content = whole(beside)
    if isinstance(content, Skipped):
        return {}, [content]
    authors = reading.names_by_number(record)
    return rawfile.sources(fields.clean(content.content.decode("utf-8", "replace")), authors), []
