"""Settings: one frozen value, read once from the environment. A sentence under each says what it does.

Names are `FORUM_` + the field in capitals. A secret may stand in a file: `FORUM_SECRET_KEY_FILE=/run/secrets/key`.
An unknown `FORUM_` variable stops the start and names the nearest one. What staff may change while the forum runs
is a row in the database, not a setting.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from forum.core.languages import languages

ENVIRONMENTS = ("development", "production", "test")


class SettingsError(Exception):
    """The environment cannot be understood; the sentence says which variable and why."""


def _setting(default: Any, doc: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"doc": doc, "secret": secret})


def host_of(base_url: str) -> str:
    """The host name for addresses of our own; an address in figures has no place there."""
    host = urlsplit(base_url).hostname or "localhost"
    return host if re.search(r"[a-z]", host) and ":" not in host else "localhost"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything an operator decides. See the documentation of each field in `docs/operating.md`."""

    env: str = _setting("development", "development or production; production refuses weak settings and demo data.")
    data_dir: Path = _setting(Path("instance"), "Folder for the SQLite database, uploads and the generated secret key.")
    database_url: str = _setting("", "PostgreSQL address (postgresql://…); empty: SQLite in the data folder.")
    redis_url: str = _setting("", "Redis address for shared rate limits; empty: each server process counts alone.")
    smtp_url: str = _setting(
        "", "Mail server (smtp://user:password@host:587, smtps://…); empty: mail is kept in /admin/outbox.", secret=True
    )
    mail_from: str = _setting("", "Sender of mail; empty: forum@ the host name of base_url.")
    base_url: str = _setting("", "Public address with scheme, e.g. https://forum.example.org; links in mail use it.")
    secret_key: str = _setting("", "Signs cookies; empty: made once and kept in the data folder.", secret=True)
    host: str = _setting("127.0.0.1", "Address that the server listens on.")
    port: int = _setting(8000, "Port that the server listens on.")
    workers: int = _setting(1, "Server processes; more than one needs redis_url, or limits count per process.")
    threads: int = _setting(4, "Threads a server process.")
    proxies: int = _setting(0, "How many trusted reverse proxies stand in front (their X-Forwarded headers count).")
    log_level: str = _setting("info", "debug, info, warning or error.")
    locale: str = _setting(
        "en", "Language (en, de) of pages for visitors who ask for none of ours, and of mail to them."
    )
    time_zone: str = _setting("UTC", "Time zone of pages for visitors and of dates in mail.")
    max_request_bytes: int = _setting(12 * 2**20, "A request body larger than this is refused unread, in bytes.")

    def __post_init__(self) -> None:
        if self.env not in ENVIRONMENTS:
            raise SettingsError(f"FORUM_ENV must be one of {', '.join(ENVIRONMENTS)}; it is {self.env!r}.")
        if self.locale not in languages():
            raise SettingsError(f"FORUM_LOCALE must be one of {', '.join(languages())}; it is {self.locale!r}.")
        if not self.base_url and self.is_production:
            raise SettingsError(
                "In production FORUM_BASE_URL must be set to the public address, such as https://forum.example.org: "
                "links in mail are made from it."
            )
        if not self.base_url:
            object.__setattr__(self, "base_url", f"http://{self.host}:{self.port}")
        if not self.base_url.startswith(("http://", "https://")):
            raise SettingsError("FORUM_BASE_URL must begin with http:// or https://.")
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))
        object.__setattr__(self, "data_dir", self.data_dir.expanduser().resolve())
        if self.database_url:
            object.__setattr__(self, "database_url", _with_driver(self.database_url))

    @property
    def mail_address(self) -> str:
        """Where mail to the place goes: the sender of ours, without a name before it."""
        return parseaddr(self.mail_from)[1] or f"forum@{host_of(self.base_url)}"

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def secure(self) -> bool:
        """Whether people reach the forum over HTTPS (cookies are then marked Secure)."""
        return self.base_url.startswith("https://")

    @property
    def sqlalchemy_url(self) -> str:
        """The database: PostgreSQL where given, else the SQLite file."""
        return self.database_url or f"sqlite:///{self.data_dir / 'forum.sqlite3'}"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read `FORUM_…`; raises SettingsError with a sentence for the operator."""
        known = {f"FORUM_{f.name.upper()}": f for f in fields(cls)}
        values: dict[str, Any] = {}
        for name, text in environ.items():
            if not name.startswith("FORUM_"):
                continue
            base = name.removesuffix("_FILE")
            setting = known.get(name) or known.get(base)
            if setting is None:
                raise SettingsError(_unknown(name, list(known)))
            if name not in known and base in environ:
                raise SettingsError(f"Both {base} and {name} are set; keep one.")
            given = text if name in known else _read(name, text)
            if given != "":
                values[setting.name] = _convert(name, given, setting.default)
        return cls(**values)


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else f" Known are: {', '.join(sorted(known))}."
    return f"There is no setting {name}.{hint}"


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"{name} names a file that cannot be read: {error}.") from error


def _convert(name: str, text: str, default: object) -> object:
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise SettingsError(f"{name} must be a whole number; it is {text!r}.") from None
    return Path(text) if isinstance(default, Path) else text


def _with_driver(url: str) -> str:
    """PostgreSQL addresses as people write them, with psycopg 3 named as the driver."""
    scheme, separator, rest = url.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and separator:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite":
        return url
    raise SettingsError("FORUM_DATABASE_URL must begin with postgresql:// (or be empty for SQLite).")


def secret_key_for(settings: Settings) -> str:
    """The given secret key, else one made on the first start and kept, readable by its owner only."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret_key"
    if not path.exists():
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, text: str) -> None:
    """The whole file or none: of several processes that start together one wins, the others read its key."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as draft:
        draft.write(text)
        draft.flush()
        with contextlib.suppress(FileExistsError):
            os.link(draft.name, path)
