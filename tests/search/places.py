"""A small archive to search in, and what a search should find in it, told in Python."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from forum.core import clock
from forum.core.folding import searchable
from forum.permissions import HOUSE
from forum.posts.actions.importing import ImportedPost, ImportedTopic, import_topics
from forum.search.operators import parse
from tests import cast

WORDS = (
    *("Straße", "strasse", "gut", "gute", "Saite", "saitenhalter", "c++", "C#", ".NET", "node.js", "don't", "naïve"),
    *(
        "東京タワー",
        "東京",
        "タワー",
        "京都",
        "varnish",
        "varnishing",
        "old-varnish",
        "1e5",
        "2024",
        "привет",
        "приветы",
        "हिन्दी",
    ),
)
ASKED = (
    *WORDS,
    "var",
    "sait",
    "京",
    "ワ",
    "東京タ",
    "прив",
    "net",
    '"old varnish"',
    '"gut Straße"',
    "-gut",
    "-c++",
    '"var"',
    "c",
)


def archive(session, topics=40, seed=7):
    """Topics of random words on two boards, one of them for staff; some posts are hidden, deleted or notes."""
    dice = Random(seed)  # noqa: S311
    ada, bo = cast.member(session, "ada"), cast.member(session, "bo")
    boards = [cast.board(session, "open"), cast.board(session, "desk", rights=cast.STAFF_ONLY)]
    now = clock.now() - timedelta(days=30)

    def line(least, most):
        return " ".join(dice.choice(WORDS) for _ in range(dice.randint(least, most)))

    def post(number):
        chance = dice.random()
        return ImportedPost(
            number,
            dice.choice((ada, bo)).id,
            now + timedelta(minutes=number),
            cast.words(line(1, 6)),
            hidden_at=now if chance < 0.1 else None,
            deleted_at=now if 0.1 < chance < 0.2 else None,
            action="locked" if 0.2 < chance < 0.3 and number > 1 else "",
        )

    import_topics(
        session,
        HOUSE,
        [
            ImportedTopic(
                boards[n % 4 == 0].id,
                ada.id,
                line(1, 4),
                now,
                [post(number) for number in range(1, dice.randint(2, 5))],
                deleted_at=now if n % 7 == 0 else None,
            )
            for n in range(topics)
        ],
    )
    return boards


def expected(rows, line, *, in_title=False):
    """Topic ids that `line` finds among rows of (topic id, title, plain text, is opening)."""
    asked = parse(line)
    found = set()
    for topic_id, title, plain, is_opening in rows:
        parts = [searchable(title).split() if is_opening or not in_title else []]
        parts += [] if in_title else [searchable(plain).split()]
        if all(_says(parts, one) for one in asked.phrases) and not any(
            _says(parts, one) for one in asked.without_phrases
        ):
            found.add(topic_id)
    return found


def _says(parts, phrase):
    size = len(phrase.tokens)
    for tokens in parts:
        for place in range(len(tokens) - size + 1):
            here = tokens[place : place + size]
            last = here[-1].startswith(phrase.tokens[-1]) if phrase.beginning else here[-1] == phrase.tokens[-1]
            if here[:-1] == list(phrase.tokens[:-1]) and last:
                return True
    return False
