"""Jobs that were given up are tried again by an administrator, and by nobody else."""

import pytest

from forum.core.errors import Invalid, NotFound, Refused, SignInNeeded
from forum.jobs import actions, queries
from tests import cast
from tests.admin.test_pages import job


def test_a_job_that_was_given_up_is_due_again(session):
    admin = cast.actor(session, cast.administrator(session))
    row = job(session)
    assert [found.id for found in queries.given_up(session, admin)] == [row.id]
    assert queries.count_given_up(session, admin) == 1
    actions.retry(session, admin, row)
    session.flush()
    assert queries.given_up(session, admin) == []
    assert [found.id for found in queries.struggling(session, admin)] == [row.id]
    with pytest.raises(Invalid, match="waiting for its turn"):
        actions.retry(session, admin, row)


def test_a_job_that_is_done_is_not_found(session):
    with pytest.raises(NotFound):
        queries.job(session, cast.actor(session, cast.administrator(session)), 4711)


def test_nobody_else_sees_or_retries_jobs(session):
    row = job(session)
    for person in (cast.member(session), cast.moderator(session), cast.staff(session)):
        actor = cast.actor(session, person)
        for asks in (queries.given_up, queries.struggling, queries.count_given_up):
            with pytest.raises(Refused):
                asks(session, actor)
        with pytest.raises(Refused):
            actions.retry(session, actor, row)
    with pytest.raises(SignInNeeded):
        actions.retry(session, cast.actor(session, None), row)
