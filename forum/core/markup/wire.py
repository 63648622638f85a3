"""Messages between the forum and its helpers: four bytes of length, then JSON."""

import json
import struct
from typing import Any, BinaryIO

from forum.core.markup.values import Job, Rendered, Shown, SourceKind

LENGTH = struct.Struct(">I")


def encoded(message: Any) -> bytes:
    """A message as bytes, its length before it."""
    body = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return LENGTH.pack(len(body)) + body


def send(stream: BinaryIO, message: Any) -> None:
    """Write one message and push it out."""
    stream.write(encoded(message))
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next message, or None at the end of the input."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return decoded(body) if len(body) == length else None


def decoded(body: bytes) -> Any:
    """The message in a body."""
    return json.loads(body)


def packed(thing: Job[Any] | Rendered) -> list[Any]:
    """A job (without its key, which is the caller's) or a result as plain JSON."""
    if isinstance(thing, Rendered):
        return [thing.html, thing.plain, thing.words, thing.version, thing.bounded]
    return [thing.source, thing.kind.value, sorted(thing.names), sorted(thing.tags), thing.own, dict(thing.images)]


def job(item: list[Any]) -> Job[None]:
    """The job that `packed` packed."""
    source, kind, names, tags, own, images = item
    return Job(
        None,
        source,
        SourceKind(kind),
        frozenset(names),
        frozenset(tags),
        own,
        {at: Shown(*it) for at, it in images.items()},
    )


def rendered(item: list[Any]) -> Rendered:
    """The result that `packed` packed."""
    html, plain, words, version, bounded = item
    return Rendered(html=html, plain=plain, words=words, version=version, bounded=bounded)
