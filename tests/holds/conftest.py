"""A small place for the tests of holding, and an ear for what its verbs announce."""

from __future__ import annotations

import pytest

from forum.posts.actions import holding, judging, releasing
from tests import cast


@pytest.fixture
def heard(monkeypatch):
    said = []
    for module in (holding, judging, releasing):
        real = module.emit
        monkeypatch.setattr(
            module, "emit", lambda session, event, real=real: (said.append(event), real(session, event))
        )
    return said


@pytest.fixture
def place(session):
    """A board with a topic on it, somebody new, and a moderator."""
    board = cast.board(session, "talk")
    return board, cast.newcomer(session, "newt"), cast.moderator(session, "mo")
