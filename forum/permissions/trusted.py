"""The rows of the table about members who are trusted with more: those who look after a board for a while, and those
who propose another wording of what others wrote. Part of `rules.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from forum.permissions.actors import Actor
from forum.permissions.acts import Act
from forum.permissions.predicates import (
    in_good_standing,
    in_living_topic,
    is_admin,
    is_member,
    is_regular,
    is_shown,
    is_unhindered,
    is_words,
    moderates,
    not_own,
    owns,
    replies,
    sees,
    wrote,
)
from forum.permissions.speaking import is_of_its_organization


def about_living_words(actor: Actor, suggestion: Any) -> bool:
    """The post that a suggestion is about can still be read and changed."""
    post = suggestion.post
    return is_words(actor, post) and is_shown(actor, post) and in_living_topic(actor, post)


def wrote_its_post(actor: Actor, suggestion: Any) -> bool:
    return wrote(actor, suggestion.post)


def is_about_nothing_official(_actor: Actor, suggestion: Any) -> bool:
    return bool(suggestion.post.capacity != "official")


def answers_for_its_post(actor: Actor, suggestion: Any) -> bool:
    """What is said officially, only people of that organization say otherwise."""
    return is_of_its_organization(actor, suggestion.post)


TRUSTED: dict[Act, Sequence[Sequence[Callable[[Actor, Any], bool]]]] = {
    Act.APPOINT: [[is_unhindered, is_admin]],
    Act.ANSWER_APPOINTMENT: [[in_good_standing, sees, owns]],
    Act.RESIGN: [[is_member, owns]],
    Act.SUGGEST_EDIT: [[in_good_standing, sees, is_words, is_shown, in_living_topic]],
    Act.WITHDRAW_SUGGESTION: [[is_member, wrote]],
    Act.DECIDE_SUGGESTION: [
        [in_good_standing, sees, not_own, about_living_words, wrote_its_post, is_about_nothing_official],
        [in_good_standing, sees, not_own, about_living_words, moderates, is_about_nothing_official],
        [in_good_standing, sees, not_own, about_living_words, replies, is_regular, is_about_nothing_official],
        [in_good_standing, sees, not_own, about_living_words, answers_for_its_post],
    ],
}
