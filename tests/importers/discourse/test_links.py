"""Addresses of the old forum lead here where the old links live."""

from __future__ import annotations

import pytest

from forum.importers.discourse.links import absolute, here

HOSTS = ("old.example",)
NAMES = {"old.name": "old-name"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://old.example/t/a-loom/12", "/t/a-loom/12"),
        ("http://OLD.example/t/a-loom/12/3?u=ada", "/t/a-loom/12/3"),
        ("//old.example/t/a-loom/12/", "/t/a-loom/12"),
        ("/t/a-loom/12/3", "/t/a-loom/12/3"),
        ("/t/12", "/t/-/12"),
        ("/t/12/3", "/t/-/12/3"),
        ("/u/old.name", "/u/old-name"),
        ("/u/Old.Name/summary", "/u/old-name"),
        ("/users/ada", "/u/ada"),
        ("/p/7", "/p/old/7"),
        ("https://old.example/p/7/3", "/p/old/7"),
        ("/p/old/7", "/p/old/7"),
        ("/c/weaving/9", "/c/weaving/9"),
        ("/c/crafts/weaving/9/l/top", "/c/weaving/9"),
    ],
)
def test_an_old_link_leads_to_its_place_here(old: str, new: str) -> None:
    assert here(old, HOSTS, NAMES) == new


@pytest.mark.parametrize(
    "address",
    [
        "https://else.example/t/a-loom/12",
        "/p/x",
        "https://else.example/p/7",
        "/t/a-loom",
        "/c/weaving",
        "mailto:a@old.example",
        "t/a/1",
        "",
        "http://[",
        "#x",
    ],
)
def test_other_addresses_are_left_alone(address: str) -> None:
    assert here(address, HOSTS, NAMES) is None


def test_an_upload_is_found_at_the_old_host() -> None:
    assert absolute("/uploads/a.png", HOSTS) == "https://old.example/uploads/a.png"
    assert absolute("//cdn.example/a.png", HOSTS) == "https://cdn.example/a.png"
    assert absolute("/uploads/a.png", ()) == "", "nobody knows where it was, and here is something else"
    assert absolute("https://else.example/a.png", ()) == "https://else.example/a.png"
