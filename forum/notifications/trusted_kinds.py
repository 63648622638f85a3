"""The kinds of notices about looking after a board for a while, and about wordings that others suggest. Part of
`kinds.py`."""

from __future__ import annotations

from collections.abc import Sequence

from forum.core.words import mark
from forum.notifications.kind import DIRECT, Kind

OF_TRUST: Sequence[Kind] = (
    Kind(
        "caretaking_asked",
        mark("you are asked to look after a board"),
        "shield",
        mark("You are asked to look after the board “%(title)s” for a while. You may say yes or no"),
        "caretakers.CaretakerAsked",
        channels=DIRECT,
    ),
    Kind(
        "caretaking_accepted",
        mark("somebody whom you asked looks after a board from now on"),
        "shield",
        mark("%(actor)s said yes and looks after the board “%(title)s”"),
        "caretakers.CaretakerAnswered",
    ),
    Kind(
        "caretaking_declined",
        mark("somebody whom you asked will not look after a board"),
        "shield",
        mark("%(actor)s would rather not look after the board “%(title)s”"),
        "caretakers.CaretakerAnswered",
    ),
    Kind(
        "caretaking_nears",
        mark("a term of looking after a board ends in two weeks"),
        "clock",
        mark("A term of looking after the board “%(title)s” ends in two weeks"),
        "caretakers.TermNears",
        channels=DIRECT,
    ),
    Kind(
        "caretaking_over",
        mark("a term of looking after a board is over"),
        "shield",
        mark("A term of looking after the board “%(title)s” is over"),
        "caretakers.CaretakingEnded",
        channels=DIRECT,
    ),
    Kind(
        "suggestion",
        mark("somebody suggests another wording of a post of yours"),
        "pen-line",
        mark("%(actor)s suggests another wording of your post"),
        "suggestions.EditSuggested",
        channels=DIRECT,
    ),
    Kind(
        "suggestion_taken",
        mark("a wording that you suggested is taken over"),
        "pen-line",
        mark("%(actor)s took over the wording that you suggested"),
        "suggestions.SuggestionAccepted",
    ),
    Kind(
        "suggestion_declined",
        mark("a wording that you suggested is not taken over"),
        "pen-line",
        mark("%(actor)s did not take over the wording that you suggested"),
        "suggestions.SuggestionDeclined",
    ),
    Kind(
        "suggestion_reopened",
        mark("a decision about a wording that you suggested is taken back"),
        "pen-line",
        mark("%(actor)s thought again about the wording that you suggested"),
        "suggestions.SuggestionReopened",
    ),
)
