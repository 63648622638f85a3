"""The pages of the administration, a file each; `gate.py` says who is let in."""

from forum.admin.views import (
    boards,
    caretakers,
    following,
    groups,
    home,
    jobs,
    joining,
    log,
    outbox,
    pages,
    people,
    searches,
    sections,
    settings,
    site,
    tags,
)

BLUEPRINTS = (
    home.blueprint,
    boards.blueprint,
    caretakers.blueprint,
    following.blueprint,
    sections.blueprint,
    tags.blueprint,
    groups.blueprint,
    people.blueprint,
    joining.blueprint,
    outbox.blueprint,
    jobs.blueprint,
    searches.blueprint,
    site.blueprint,
    pages.blueprint,
    settings.blueprint,
    log.blueprint,
)
