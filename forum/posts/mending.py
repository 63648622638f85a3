"""What is to be mended in a form that was sent: all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forum.core.errors import Invalid, InvalidFields


class Wrong:
    """Collects what is to be mended, so that a person mends it in one go."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}

    def ask(self, question: Callable[[], Any], otherwise: Any) -> Any:
        """The answer; where it is a refusal, `otherwise`, and the refusal is kept."""
        try:
            return question()
        except InvalidFields as error:
            self._found.update(error.fields)
        except Invalid as error:
            self._found[error.field or "body"] = error.sentence
        return otherwise

    def verdict(self) -> None:
        """Raise InvalidFields if anything was refused."""
        if self._found:
            raise InvalidFields(self._found)
