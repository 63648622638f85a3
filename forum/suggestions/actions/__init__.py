"""The verbs of suggestions."""

from forum.suggestions.actions.deciding import accept, decline, reopen
from forum.suggestions.actions.suggesting import suggest, withdraw

__all__ = ["accept", "decline", "reopen", "suggest", "withdraw"]
