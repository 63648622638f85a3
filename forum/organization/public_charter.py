"""The charter as JSON for everybody: people by consent, boards by what the reader may see. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forum.organization.charter_json import to_json
from forum.organization.dials import DIALS
from forum.organization.stages import Stage

if TYPE_CHECKING:
    from forum.organization.queries.charter_pages import CharterPage


def public_json(page: CharterPage) -> dict[str, Any]:
    """What was saved last, and the limits in force, which what is looser in it waits for. Somebody without a name:
    null. Boards that one may not see are left out."""
    now, said = page.now, to_json(page.now.charter) if page.row is not None else None
    if said is not None:
        for staffed in said["roles"].values():
            for part in ("primary", "backup"):
                person = page.people.get(staffed[part])
                staffed[part] = person.name if person is not None else None
        said["boards"] = {page.called[int(key)]: one for key, one in said["boards"].items() if int(key) in page.called}
    return {
        "organization": page.organization.name,
        "version": now.number,
        "saved_at": now.saved_at.isoformat() if now.saved_at is not None else None,
        "note": page.row.note if page.row is not None else "",
        "is_overdue": page.is_overdue,
        "suspended": {str(role): since.isoformat() for role, since in page.vacant.items()},
        "limits_in_force": {str(stage): {key: now.dial(key, stage) for key in DIALS} for stage in Stage},
        "charter": said,
    }
