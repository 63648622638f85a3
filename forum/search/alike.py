"""What makes two titles alike: words that say what they are about, the rarer the more. Pure."""

from __future__ import annotations

import re

from forum.core.folding import Phrase, searchable

MOST_WORDS = 10
SHORTEST = 3
LATEST = 100
"""So many topics are looked at for each word and each tag, the latest: the cost does not grow with the place."""
WHOLE = 10_000
"""What a word or a tag is worth if a single topic has it; of two, each gets half, and so on. Whole numbers, so that
both databases order alike."""

# Folded, in the languages of the forum. They stand in many titles and say nothing of what these are about.
EMPTY = frozenset(
    """
    about after again ago all also and another any anybody anyone are because been before best big bit but can
    cannot could day days did do does doing done else ever every everybody everyone first for from get gets getting
    give good had has have help her here his hour hours how into its just know like little long look made make many
    may minute minutes month months more most much must need never new not now off old once one only other our out
    over own please problem problems question questions right same short should since small some somebody someone
    something still such take than thank thanks that the their them then there these they thing things think this
    those time times today too try under use used using very want was way week weeks well were what when where which
    while who why will with without work works would year years yes yet you your
    aber alle alles als also alt alte alten andere anderen auch auf aus bei beim bin bis bitte braucht danke dann
    das dass dein dem den denn der des die dies diese diesem diesen dieser dieses doch dort durch eigentlich ein
    eine einem einen einer eines einmal erste ersten etwas frage fragen fur gegen geht gibt gross grosse gut habe
    haben hallo hat hatte hier hilfe ich ihr immer ist jahr jahre jahren jede jeder jetzt kann kein keine klein
    kleine konnen kurz lange mal man mehr mein meine meinem meinen meiner minuten mit monat monate muss nach neu
    neue neuen nicht nichts noch nur oder ohne probleme schon sehr sein seine seit sich sie sind soll sollte stunde
    stunden tag tage tagen uber und uns unser vom von vor war warum was wegen weiss welche welcher welches wenig
    wenn wer werden wie wieder wird wirklich wo woche wochen wurde zeit zum zur zwei zwischen
    """.split()
)
_LETTER = re.compile(r"u[0-9a-f]{4}|v[0-9a-f]{6}|[a-z0-9]")
_LEAST_TO_CUT = 5


def telling(title: str) -> list[str]:
    """The words (folded) that say what a title is about; all of them where there are no others."""
    tokens = list(dict.fromkeys(searchable(title).split()))
    said = [token for token in tokens if len(token) >= SHORTEST and token not in EMPTY]
    return (said or tokens)[:MOST_WORDS]


def begun(token: str) -> Phrase:
    """The word with any ending of about a letter: `reed` for “reeds”, `saite` for „Saiten“."""
    letters = _LETTER.findall(token)
    if len(letters) < _LEAST_TO_CUT:
        return Phrase((token,), beginning=token.isalpha() and len(letters) > SHORTEST)
    return Phrase(("".join(letters[:-1]),), beginning=True)


def least(words: int) -> int:
    """How much two titles must share: a word of half as many topics as are looked at, or two that stand everywhere;
    where there is but one word, that is enough."""
    return 1 if words == 1 else 2 * (WHOLE // LATEST)
