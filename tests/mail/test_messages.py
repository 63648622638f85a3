"""Subjects, texts, senders: pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.mail import messages


def test_the_first_line_is_the_subject_and_the_rest_is_the_text():
    assert messages.split("\n About  you \n\n\n\nHello,\n\n \n\nwords.\n\n") == ("About you", "Hello,\n\nwords.\n")


@given(st.text(max_size=200))
def test_a_subject_is_one_line(written):
    subject, text = messages.split(written)
    assert len(subject.splitlines()) <= 1
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("base_url", "host"),
    (
        ("https://forum.example.org", "forum.example.org"),
        ("https://forum.example.org:8443/x", "forum.example.org"),
        ("http://127.0.0.1:8000", "localhost"),
        ("http://[::1]:8000", "localhost"),
    ),
)
def test_our_own_host_stands_behind_the_at_sign(base_url, host):
    assert messages.sender("", base_url) == f"forum@{host}"
    assert messages.new_message_id(base_url).endswith(f"@{host}>")


def test_two_mails_have_two_ids():
    assert messages.new_message_id("https://a.example") != messages.new_message_id("https://a.example")
