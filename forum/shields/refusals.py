"""Being kept out by a block."""

from __future__ import annotations

from forum.core.errors import Invalid


class Blocked(Invalid):
    """A block shuts the door (422), in words; the page adds a way to write to those who run the place."""

    def __init__(self, sentence: str, block_id: int, field: str | None = None) -> None:
        super().__init__(sentence, field)
        self.block_id = block_id
