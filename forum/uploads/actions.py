"""Bringing something, and taking it into use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Account
from forum.core import clock
from forum.core.db.dialect import upsert
from forum.permissions import Act, Actor, require
from forum.site import queries as sites
from forum.uploads import queries
from forum.uploads.kinds import Brought
from forum.uploads.limits import LIMITS, check_day, limits_from
from forum.uploads.models import FetchedImage, Upload, UploadUse

DAY = timedelta(days=1)


def bring(session: Session, actor: Actor, brought: Brought, key: str) -> Upload:
    """Keep what the actor brought and storage has under `key`; the same once more is what they have already."""
    require(actor, Act.UPLOAD)
    now = clock.now()
    before = session.scalars(select(Upload).where(Upload.owner_id == actor.account_id, Upload.key == key)).first()
    if before is not None:
        before.touched_at = now
        return before
    limits = limits_from(sites.settings(session))
    check_day(*queries.brought_since(session, actor, now - DAY), len(brought.data), limits)
    return _new(session, actor.account_id, brought, key, now)


def _new(session: Session, owner_id: int | None, brought: Brought, key: str, now: datetime) -> Upload:
    upload = Upload(
        token=token_hex(12),
        owner_id=owner_id,
        kind=brought.kind,
        key=key,
        size=len(brought.data),
        name=brought.name,
        media_type=brought.media_type,
        width=brought.width,
        height=brought.height,
        created_at=now,
        touched_at=now,
    )
    session.add(upload)
    session.flush()
    return upload


def use(
    session: Session, actor: Actor, place: str, place_id: int, tokens: Iterable[str], readable: queries.Readable
) -> None:
    """Words of the actor use these uploads: whoever reads the words may then see them. Only those that the actor may
    see: naming somebody else's address shows it to nobody. What the words used before they keep, for their history."""
    require(actor, Act.UPLOAD)
    wanted = sorted(tokens)
    if not wanted:
        return
    ids = session.scalars(
        select(Upload.id).where(Upload.token.in_(wanted), queries.usable(actor, readable)).limit(200)
    ).all()
    _used(session, place, [(upload_id, place_id) for upload_id in ids])


def _used(session: Session, place: str, pairs: Iterable[tuple[int, int]]) -> None:
    uses = list(pairs)
    rows = [{"upload_id": upload_id, "place": place, "place_id": place_id} for upload_id, place_id in uses]
    if not rows:
        return
    upsert(session, UploadUse.__table__, rows, key=["upload_id", "place", "place_id"])  # type: ignore[arg-type]
    ids = sorted({upload_id for upload_id, _place_id in uses})
    session.execute(update(Upload).where(Upload.id.in_(ids)).values(touched_at=clock.now()))


def disuse(session: Session, actor: Actor, place: str, place_id: int) -> None:
    """Words that were not published are gone: they use nothing any more."""
    require(actor, Act.DISUSE_UPLOAD)
    session.execute(delete(UploadUse).where(UploadUse.place == place, UploadUse.place_id == place_id))


def disuse_all_of(session: Session, actor: Actor, account: Account) -> None:
    """Nothing uses what an account brought any more: it is forgotten with whatever nobody uses."""
    require(actor, Act.REMOVE_SPAMMER, account)
    theirs = select(Upload.id).where(Upload.owner_id == account.id)
    session.execute(delete(UploadUse).where(UploadUse.upload_id.in_(theirs)))


def forget_unused(session: Session, actor: Actor, limit: int) -> tuple[int, list[str]]:
    """Forget up to `limit` uploads that no words have used for a week: how many went, and the keys that nobody needs
    any more."""
    require(actor, Act.ADMINISTER)
    old = session.execute(queries.unused(clock.now() - LIMITS.unused).limit(limit)).all()
    session.execute(delete(Upload).where(Upload.id.in_([row.id for row in old])))
    keys = {row.key for row in old}
    needed = set(session.scalars(select(Upload.key).where(Upload.key.in_(keys))))
    return len(old), sorted(keys - needed)


# ── images from elsewhere ─────────────────────────────────────────────────────────────────────────────────────────────


def fetched(session: Session, actor: Actor, address: str, brought: Brought, key: str) -> Upload:
    """The house copied the image at `address`."""
    require(actor, Act.ADMINISTER)
    upload = session.scalars(select(Upload).where(Upload.owner_id.is_(None), Upload.key == key).limit(1)).first()
    upload = upload or _new(session, None, brought, key, clock.now())
    _tried(session, address, upload.id, "")
    return upload


def not_fetched(session: Session, actor: Actor, address: str, problem: str) -> None:
    """The image at `address` could not be copied; it is tried again another day."""
    require(actor, Act.ADMINISTER)
    _tried(session, address, None, problem)


def _tried(session: Session, address: str, upload_id: int | None, problem: str) -> None:
    hashed = queries.address_hash(address)
    row = session.get(FetchedImage, hashed) or FetchedImage(address_hash=hashed, address=address, attempts=0)
    row.upload_id, row.problem, row.tried_at = upload_id, problem[:200], clock.now()
    row.attempts += 1
    session.add(row)
    session.flush()
