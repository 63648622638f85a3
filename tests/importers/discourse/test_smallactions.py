from __future__ import annotations

import pytest

from forum.importers.discourse.smallactions import SENTENCES, Action
from forum.posts import wording


@pytest.mark.parametrize("action", list(Action))
def test_every_note_of_an_archive_has_the_words_that_its_topic_page_shows(action):
    assert wording.note(action).words == f"%(name)s {SENTENCES[action]}"
