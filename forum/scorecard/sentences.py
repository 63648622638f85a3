"""The scorecard in four sentences, for somebody who never read a line about it: made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.scorecard import said
from forum.scorecard.lines import Plain, State


def in_short(lines: Mapping[str, Plain], host: str) -> Sequence[str]:
    """Whose voice, how long one waits and who answers, and whether the host kept within its limits."""
    return [_voice(lines["share_of_voice"], host), *_replies(lines), _limits(lines["overrides"], host)]


def _replies(lines: Mapping[str, Plain]) -> Sequence[str]:
    if lines["first_human_reply"]["state"] == lines["peer_answer_rate"]["state"] == State.TOO_FEW:
        return [_("How long members wait, and how often they answer each other, cannot be said of so few topics.")]
    return [_waiting(lines), _answers(lines)]


def _voice(line: Plain, host: str) -> str:
    if line["state"] == State.TOO_FEW:
        return ngettext(
            "Of the one contribution of these four weeks %(k)s came from %(host)s: too few to say more.",
            "Of %(num)s contributions in these four weeks %(k)s came from %(host)s: too few to say more.",
            line["n"],
            k=line["k"],
            host=host,
        )
    told = {"n": _of_hundred(line), "host": host}
    if line["limit"] is None:
        return _("Of 100 contributions here, %(n)s came from %(host)s.", **told)
    told["limit"] = round(line["limit"] * 100)
    if line["state"] == State.BEYOND:
        return _(
            "Of 100 contributions here, %(n)s came from %(host)s: more than the %(limit)s it allows itself.",
            **told,
        )
    return _("Of 100 contributions here, %(n)s came from %(host)s; the most it allows itself is %(limit)s.", **told)


def _of_hundred(line: Plain) -> int | Decimal:
    """Whole, unless that would put it on the wrong side of its limit, or at nothing."""
    share = said.of(line)
    whole = round(share * 100)
    on_limit = line["limit"] is not None and whole == round(line["limit"] * 100) and line["value"] != line["limit"]
    return said.tenth(share * 100) if on_limit or (whole == 0 and line["k"]) else whole


def _waiting(lines: Mapping[str, Plain]) -> str:
    line = lines["first_human_reply"]
    if line["state"] == State.TOO_FEW:
        return _("How long members wait for a first reply cannot be said of so few topics.")
    if line["state"] == State.WAITING:
        return _("More than half of the topics that members began still wait for a first reply.")
    return _("Of the topics that members began, half had a first reply within %(time)s.", time=said.value(line))


def _answers(lines: Mapping[str, Plain]) -> str:
    peers, first = lines["peer_answer_rate"], lines["staff_first_rate"]
    if peers["state"] == State.TOO_FEW:
        return _("How often members answer each other cannot be said of so few topics.")
    answered = ngettext(
        "Members answered %(k)s of the one topic that had a week’s time.",
        "Members answered %(k)s of the %(num)s topics that had a week’s time.",
        peers["n"],
        k=peers["k"],
    )
    if first["state"] == State.TOO_FEW:
        return answered
    return _(
        "%(answered)s The organization was first in %(k)s of the %(n)s that anybody answered.",
        answered=answered,
        k=first["k"],
        n=first["n"],
    )


def _limits(line: Plain, host: str) -> str:
    if not line["k"]:
        return _("%(host)s passed over none of its own limits.", host=host)
    return ngettext(
        "Once %(host)s passed over one of its own limits, and said why in public.",
        "%(num)s times %(host)s passed over one of its own limits, and said why in public each time.",
        line["k"],
        host=host,
    )
