"""Who is thanked here, and who thanks."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.permissions import Actor, Role
from forum.posts import actions as posts
from forum.posts.models import Post, Topic
from forum.posts.queries import post_for_update
from forum.recognition import actions
from forum.recognition.models import Award, Recognition
from tests import cast

WORDS = "Because of this, three beginners tuned their first harp last week."


class Workshop:
    """Acme thanks: rae is a Recognizer, hal a Host too, rob its robot. pia and ben are members who help each other."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.rae = cast.staff(session, "rae", roles=[Role.RECOGNIZER])
        self.hal = cast.staff(session, "hal", roles=[Role.HOST, Role.RECOGNIZER])
        self.pia = cast.member(session, "pia")
        self.ben = cast.member(session, "ben")
        self.board = cast.board(session, "practice", kind="question")
        self.topic = cast.topic(session, self.board, self.ben)

    def actor(self, person: Account | None) -> Actor:
        return cast.actor(self.session, person)

    def writes(self, person: Account, topic: Topic | None = None, **given: Any) -> Post:
        return cast.reply(self.session, topic or self.topic, person, "Turn the pin a little.", **given)

    def read(self, person: Account, post: Post) -> Post:
        self.session.flush()
        return post_for_update(self.session, self.actor(person), post.id)

    def recognizes(self, by: Account, post: Post, words: str = WORDS, award: Award | None = None) -> Recognition:
        return actions.recognize(self.session, self.actor(by), self.read(by, post), words, award)

    def thanks(self, by: Account, post: Post) -> None:
        posts.react(self.session, self.actor(by), self.read(by, post), "thanks")

    def notes(self, by: Account, post: Post, note: str = "That saved our Tuesday.") -> None:
        actions.thank(self.session, self.actor(by), self.read(by, post), note)

    def says(self, person: Account, row: Recognition, *, yes: bool = True) -> None:
        actions.answer(self.session, self.actor(person), row, is_public=yes)
