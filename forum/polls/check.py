"""What the counters of polls mean, as SQL over the rows: `flask --app app check` holds and mends them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from forum.polls.models import Poll, PollOption, PollVote
from forum.posts.check import Rule

RULES: Sequence[Rule] = (
    Rule(
        PollOption.votes,
        select(func.count()).where(PollVote.option_id == PollOption.id).correlate(PollOption).scalar_subquery(),
    ),
    Rule(
        Poll.voters,
        select(func.count(PollVote.account_id.distinct()))
        .where(PollVote.poll_id == Poll.id)
        .correlate(Poll)
        .scalar_subquery(),
    ),
)
