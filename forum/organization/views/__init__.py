"""The addresses of organizations: what everybody may see, one's own part in it, and who looks after its people."""

from __future__ import annotations

from flask import Blueprint

from forum.organization import wording

blueprint = Blueprint("organization", __name__)
blueprint.add_app_template_global(wording.role, "role_word")
blueprint.add_app_template_global(wording.purpose, "purpose_word")
blueprint.add_app_template_global(wording.notice, "notice_word")

from forum.organization.views import charter, decisions, incidents, own, rota, saved, showing, staffing  # noqa: E402

__all__ = ["blueprint", "charter", "decisions", "incidents", "own", "rota", "saved", "showing", "staffing"]
