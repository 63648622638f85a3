"""How a topic stands weighs in: an answer up, an outdated one down."""

from __future__ import annotations

from forum.posts import actions, queries
from forum.search.operators import parse
from forum.search.queries import search
from tests import cast


def test_an_answered_question_comes_first_and_an_outdated_one_last_and_is_unsolved(session, clock):
    board = cast.board(session, kind="question")
    ada, bo = cast.member(session), cast.member(session)

    def asked(title, verb=None):
        topic = cast.topic(session, board, ada, title)
        answer = cast.reply(session, topic, bo, "Shellac in thin layers")
        if verb is not None:
            actor = cast.actor(session, ada)
            post = queries.post_for_update(session, actor, answer.id)
            actions.accept_answer(session, actor, post)
            if verb == "outdated":
                actions.say_outdated(session, actor, post)

    asked("Varnish on a sign", "accepted")
    asked("Varnish on a door")
    asked("Varnish on a boat", "outdated")

    def found(line):
        session.flush()
        return [one.topic.title for one in search(session, cast.actor(session, bo), parse(line)).page.items]

    assert found("shellac") == ["Varnish on a sign", "Varnish on a door", "Varnish on a boat"]
    assert found("shellac status:solved") == ["Varnish on a sign"]
    assert set(found("shellac status:unsolved")) == {"Varnish on a door", "Varnish on a boat"}
