"""Who listens hears, in order, in the same transaction; what nobody wired cannot be announced."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from forum import hearing
from forum.core import events


@dataclass(frozen=True)
class Happened:
    number: int


@pytest.fixture
def wired():
    heard = []
    first, second = (lambda _s, event, name=name: heard.append((name, event.number)) for name in ("first", "second"))
    events.wire({Happened: (first, second)})
    yield heard
    events.wire(hearing.SUBSCRIBERS)


def test_everyone_hears_in_the_order_of_the_table(wired):
    events.emit(None, Happened(3))
    assert wired == [("first", 3), ("second", 3)]


def test_an_event_that_nobody_wired_is_a_mistake(wired):
    with pytest.raises(KeyError):
        events.emit(None, object())
