"""What happens before the first request: migrations, the demo, and what production refuses."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from forum.accounts.models import Account
from forum.accounts.queries import secret_hash
from forum.app import create_app
from forum.core import clock as clocks
from forum.core.settings import Settings
from forum.demo import seed
from forum.serving import preparing
from forum.serving.preparing import NotReady
from forum.site.models import Site
from forum.site.queries import site
from tests import cast
from tests.machines.databases import dispose, reading, writing


@pytest.fixture
def start(blank_environ):
    """A first or later start on a database of its own."""
    made = []

    def starting(**environ):
        made.append(create_app(Settings.from_environ(blank_environ | environ)))
        preparing.prepare(made[-1])
        return made[-1]

    yield starting
    for app in made:
        dispose(app)


def test_the_first_start_makes_tables_and_a_community_and_says_who_can_sign_in(start, capsys):
    app = start(FORUM_ENV="development")
    said = capsys.readouterr().out
    assert said.count("shown only now") == 1
    assert [line.split()[0] for line in said.splitlines() if line.startswith("  ")] == [
        "member",
        "staff",
        "administrator",
    ]
    with reading(app) as session:
        assert site(session).seeded_at is not None


def test_the_second_start_says_nothing_and_changes_nothing(start, capsys):
    start(FORUM_ENV="development")
    capsys.readouterr()
    app = start(FORUM_ENV="development")
    assert capsys.readouterr().out == ""
    with reading(app) as session:
        assert session.query(Account).count() == 36


def test_a_place_with_people_is_never_seeded_but_offers_the_link_while_nobody_looks_after_it(start, capsys):
    app = start(FORUM_ENV="test")
    capsys.readouterr()
    with writing(app) as session:
        cast.member(session, "ada")
    start(FORUM_ENV="development")
    said = capsys.readouterr().out
    (link,) = [line.strip() for line in said.splitlines() if "/setup/" in line]
    with reading(app) as session:
        assert site(session).seeded_at is None
        assert site(session).setup_hash == secret_hash(link.rpartition("/")[2])


def test_once_there_is_an_administrator_no_link_is_printed(start, capsys):
    app = start(FORUM_ENV="test")
    with writing(app) as session:
        cast.administrator(session, "ada")
    capsys.readouterr()
    start(FORUM_ENV="development")
    assert capsys.readouterr().out == ""


# ── production ────────────────────────────────────────────────────────────────────────────────────────────────────────

GOOD = {"FORUM_ENV": "production", "FORUM_BASE_URL": "https://forum.example.org"}


def test_production_does_not_migrate_by_itself(start):
    with pytest.raises(NotReady, match=r"flask --app app db upgrade"):
        start(**GOOD)


def test_production_starts_on_a_migrated_database_and_offers_the_link(start, capsys):
    start(FORUM_ENV="test")
    capsys.readouterr()
    app = start(**GOOD)
    assert "https://forum.example.org/setup/" in capsys.readouterr().out
    with reading(app) as session:
        assert seed.is_empty(session), "production never seeds"


def test_production_refuses_invented_people(start):
    app = start(FORUM_ENV="test")
    with writing(app) as session:
        session.execute(update(Site).values(seeded_at=clocks.now()))
    with pytest.raises(NotReady, match="demo community"):
        start(**GOOD)


def test_any_server_that_imports_the_application_hears_the_refusal(make_app, monkeypatch):
    app = make_app(**GOOD)
    with writing(app) as session:
        session.execute(update(Site).values(seeded_at=clocks.now()))
    with pytest.raises(NotReady, match="demo community"):
        preparing.refuse_unfit(app)
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    preparing.refuse_unfit(app)  # flask's own commands may mend things


@pytest.mark.parametrize("address", ["http://forum.example.org", "http://0.0.0.0:8000", "http://192.0.2.7"])
def test_production_is_reached_over_https(make_app, address):
    with pytest.raises(NotReady, match="HTTPS"):
        preparing.refuse_unfit(make_app(FORUM_ENV="production", FORUM_BASE_URL=address))


@pytest.mark.parametrize("address", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_except_on_ones_own_machine_to_try_it(make_app, address):
    preparing.refuse_unfit(make_app(FORUM_ENV="production", FORUM_BASE_URL=address))


def test_production_refuses_a_secret_that_can_be_guessed(make_app):
    with pytest.raises(NotReady, match="FORUM_SECRET_KEY has 6 characters"):
        preparing.refuse_unfit(make_app(**GOOD, FORUM_SECRET_KEY="secret"))


def test_a_database_of_a_newer_trellis_is_not_touched(app):
    from sqlalchemy import text

    with writing(app) as session:
        before = session.scalar(text("SELECT version_num FROM alembic_version"))
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with app.app_context(), pytest.raises(NotReady, match="newer Trellis"):
        preparing.is_behind()
    with writing(app) as session:
        session.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})


def test_a_database_that_cannot_be_reached_is_one_sentence(capsys, tmp_path):
    app = create_app(Settings(env="test", data_dir=tmp_path, database_url="postgresql://nobody@127.0.0.1:1/nothing"))
    with pytest.raises(SystemExit) as ended, preparing.told_in_words():
        preparing.prepare(app)
    assert ended.value.code == preparing.MISUSED
    assert capsys.readouterr().err.startswith("The database cannot be used: ")


def test_emptiness_is_of_accounts_boards_and_topics(app):
    with reading(app) as session:
        assert seed.is_empty(session)
    with writing(app) as session:
        cast.board(session)
    with reading(app) as session:
        assert not seed.is_empty(session)
