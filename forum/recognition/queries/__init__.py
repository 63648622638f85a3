"""Reads of thanks and recognitions. What one may not read is not listed, and who may not be recognized neither."""

from forum.recognition.queries.choosing import choice, mix_of
from forum.recognition.queries.message import Letter, letter
from forum.recognition.queries.own import own_recognition, received
from forum.recognition.queries.shown import profile_recognitions, public_recognitions
from forum.recognition.queries.spread import posts_with_perks, recognition_spread
from forum.recognition.queries.suggesting import given_lately, suggestions, thankable

__all__ = [
    "Letter",
    "choice",
    "given_lately",
    "letter",
    "mix_of",
    "own_recognition",
    "posts_with_perks",
    "profile_recognitions",
    "public_recognitions",
    "received",
    "recognition_spread",
    "suggestions",
    "thankable",
]
