"""What an operator writes into the environment, and what the forum answers."""

from __future__ import annotations

import dataclasses
import stat

import pytest

from forum.core.settings import Settings, SettingsError, secret_key_for


def test_nothing_set_gives_a_forum_on_this_machine():
    settings = Settings.from_environ({"PATH": "/bin"})
    assert (settings.env, settings.base_url) == ("development", "http://127.0.0.1:8000")
    assert settings.sqlalchemy_url.startswith("sqlite:///")
    assert not settings.secure


def test_an_unknown_variable_stops_the_start_and_names_the_nearest():
    with pytest.raises(SettingsError, match=r"no setting FORUM_DATABSE_URL\. Did you mean FORUM_DATABASE_URL\?"):
        Settings.from_environ({"FORUM_DATABSE_URL": "postgresql://x"})
    with pytest.raises(SettingsError, match="Known are"):
        Settings.from_environ({"FORUM_ZZZZZZ": "1"})


def test_a_secret_can_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file\n")
    assert Settings.from_environ({"FORUM_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "from a file"
    with pytest.raises(SettingsError, match="cannot be read"):
        Settings.from_environ({"FORUM_SECRET_KEY_FILE": str(tmp_path / "nothing")})
    with pytest.raises(SettingsError, match="keep one"):
        Settings.from_environ({"FORUM_SECRET_KEY_FILE": str(tmp_path / "key"), "FORUM_SECRET_KEY": "x"})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FORUM_PORT", "eighty", "whole number"),
        ("FORUM_ENV", "staging", "must be one of"),
        ("FORUM_BASE_URL", "forum.example.org", "must begin with http"),
        ("FORUM_DATABASE_URL", "mysql://x", "must begin with postgresql"),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(name, value, words):
    with pytest.raises(SettingsError, match=words):
        Settings.from_environ({name: value})


def test_production_wants_to_know_where_people_reach_it():
    with pytest.raises(SettingsError, match="FORUM_BASE_URL must be set"):
        Settings.from_environ({"FORUM_ENV": "production"})
    secure = Settings.from_environ({"FORUM_ENV": "production", "FORUM_BASE_URL": "https://forum.example.org/"})
    assert (secure.secure, secure.base_url) == (True, "https://forum.example.org")


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_addresses_as_people_write_them_use_psycopg(url):
    assert Settings.from_environ({"FORUM_DATABASE_URL": url}).sqlalchemy_url == "postgresql+psycopg://u@h/d"


def test_settings_do_not_change_while_the_forum_runs():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 9000  # type: ignore[misc]


def test_every_setting_has_its_sentence():
    assert all(field.metadata["doc"].endswith((".", "data.")) for field in dataclasses.fields(Settings))


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path):
    settings = Settings.from_environ({"FORUM_DATA_DIR": str(tmp_path / "data")})
    key = secret_key_for(settings)
    assert len(key) > 40
    assert secret_key_for(settings) == key
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600
