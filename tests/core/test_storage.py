"""Files are kept by their content and reached by nothing but a key."""

from __future__ import annotations

import pytest

from forum.core.storage import FolderStorage, is_key


def test_what_was_put_comes_back_and_the_same_content_is_kept_once(tmp_path):
    storage = FolderStorage(tmp_path)
    key = storage.put("avatars", b"a picture", "webp")
    assert storage.put("avatars", b"a picture", "webp") == key
    assert storage.get(key) == b"a picture"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    storage.delete(key)
    storage.delete(key)
    assert storage.get(key) is None


@pytest.mark.parametrize("key", ["../secret_key", "/etc/passwd", "avatars/../../x", "", "avatars/ab/short.webp"])
def test_nothing_but_a_key_reaches_the_file_system(tmp_path, key):
    assert not is_key(key)
    assert FolderStorage(tmp_path / "files").get(key) is None
