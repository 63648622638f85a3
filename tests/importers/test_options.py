from __future__ import annotations

import json

import pytest

from forum.core.errors import Invalid
from forum.importers.options import Place, read_boards, read_staff


@pytest.fixture
def written(tmp_path):
    def write(content: object) -> object:
        path = tmp_path / "told.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_an_operator_names_boards_in_short_or_at_length(written):
    told = {"9": "Tools", "10": {"name": "Dyes", "slug": "dyes", "kind": "story", "section": "Craft"}}
    assert read_boards(written(told)) == {9: Place("Tools"), 10: Place("Dyes", "dyes", "story", "Craft")}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("{", "cannot be read as JSON"),
        ([], "category number → name"),
        ({"tools": "Tools"}, "“tools” is not the number"),
        ({"9": 3}, "category 9: write a name"),
        ({"9": {"nam": "Tools"}}, "only texts for kind, name, section, slug"),
        ({"9": {"name": 4}}, "only texts"),
        ({"9": {"kind": "party"}}, "the kind is one of question"),
        ({"9": "n" * 61}, "at most 60 characters"),
    ],
)
def test_a_slip_in_the_list_of_boards_is_told_in_words(written, told, says):
    with pytest.raises(Invalid, match=says):
        read_boards(written(told))


def test_staff_are_a_list_of_names(written):
    assert read_staff(written(["Ada", " bo "])) == {"ada", "bo"}
    with pytest.raises(Invalid, match="list of user names"):
        read_staff(written({"ada": True}))


def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path):
    with pytest.raises(Invalid, match=r"gone\.json cannot be read"):
        read_staff(tmp_path / "gone.json")
