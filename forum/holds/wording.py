"""The words for why something waits: for its author, kindly, and for moderators, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forum.core.words import gettext as _
from forum.core.words import mark
from forum.holds.rules import Reason, Rule
from forum.holds.words import Action, Hit

# Never which word or host it was: who means harm would only write it otherwise.
TO_AUTHORS: Mapping[Rule, str] = {
    Rule.MAIL: mark("Your mail could not prove that it came from you."),
    Rule.FIRST_POSTS: mark("Somebody reads the first posts of everybody who is new here."),
    Rule.MEMBER: mark("For the time being a moderator reads what you write before it is posted."),
    Rule.WORD: mark("It holds a word that moderators look at here, so somebody looks first."),
    Rule.SILENCE: mark("It holds a word that moderators look at here, so somebody looks first."),
    Rule.TYPING: mark("It came faster than people type, so somebody looks first."),
    Rule.SAME_LINK: mark("Several people who are new here link to the same place today, so somebody looks first."),
    Rule.TOPIC: mark("In this topic a moderator reads every reply first."),
    Rule.BOARD: mark("On this board a moderator reads everything first."),
    Rule.LINKS: mark("First posts with a link are read by somebody before everybody sees them."),
    Rule.IMAGES: mark("First posts with a picture are looked at by somebody before everybody sees them."),
}
TO_MODERATORS: Mapping[Rule, str] = {
    Rule.MAIL: mark("mail that did not prove where it came from"),
    Rule.FIRST_POSTS: mark("among the first posts of somebody new"),
    Rule.MEMBER: mark("whatever this member writes waits"),
    Rule.WORD: mark("watched words"),
    Rule.SILENCE: mark("watched words of the gravest kind"),
    Rule.TYPING: mark("faster than people type"),
    Rule.SAME_LINK: mark("the same address by several who are new"),
    Rule.TOPIC: mark("replies in this topic wait"),
    Rule.BOARD: mark("this board is read first"),
    Rule.LINKS: mark("a link in a first post"),
    Rule.IMAGES: mark("a picture in a first post"),
}


def kind_words(reasons: Sequence[Mapping[str, str]]) -> list[str]:
    """Why it waits, a sentence a reason, as its author reads it."""
    return [_(sentence) for sentence in dict.fromkeys(TO_AUTHORS[Rule(reason["rule"])] for reason in reasons)]


def exact_words(reasons: Sequence[Mapping[str, str]]) -> list[str]:
    """The same for moderators, with what exactly it was."""
    return [
        f"{_(TO_MODERATORS[Rule(reason['rule'])])}{': ' if reason.get('about') else ''}{reason.get('about', '')}"
        for reason in reasons
    ]


def blocked(found: Mapping[str, Sequence[Hit]]) -> Mapping[str, str]:
    """Why it cannot be posted, beside each field in which such words stand (`found`)."""
    wrong: dict[str, str] = {}
    for field, hits in found.items():
        patterns = dict.fromkeys(hit.watched.pattern for hit in hits if hit.watched.action is Action.BLOCK)
        if words := ", ".join(patterns):
            wrong[field] = _(
                "These words cannot be posted here: %(words)s. Say it otherwise; your text is kept.", words=words
            )
    return wrong


def warned(reasons: Sequence[Reason]) -> str:
    """What somebody is asked before it is posted."""
    words = ", ".join(reason.about for reason in reasons)
    return _(
        "“%(words)s” often hurts or starts a quarrel. Would you rather say it otherwise? If it is meant well, post it.",
        words=words,
    )


ACTIONS: Mapping[str, str] = {
    "hold": mark("Hold: a moderator looks first"),
    "warn": mark("Warn: its writer is asked first"),
    "flag": mark("Flag: it is posted, and moderators hear of it"),
    "tag": mark("Tag: its topic gets a tag"),
    "replace": mark("Replace: other words stand there"),
    "censor": mark("Censor: it is blackened"),
    "block": mark("Block: it cannot be posted"),
    "silence": mark("Silence: it is held, and its writer is to be silenced"),
}


def actions() -> Mapping[str, str]:
    """What a watched word does, in the order of their weight."""
    return {action: _(sentence) for action, sentence in ACTIONS.items()}
