"""When an account looks like spam, and whose account is too old or too busy to be removed in bulk. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from forum.core.words import gettext as _
from forum.core.words import ngettext

YOUNG = timedelta(days=30)
OLDEST = timedelta(days=90)
MOST_POSTS = 20
SAME_HOST = 3
UNDO_FOR = timedelta(days=7)
SPAM = "spam"
"""The act of removing one, among decisions."""

_LINK = re.compile(r'\bhref="(https?://[^"]+)"')


@dataclass(frozen=True, slots=True)
class Wrote:
    """A post of the account. `removed`: by a decision that is in force."""

    html: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Suspect:
    """What is known of a young account."""

    is_confirmed: bool
    profile_links: int
    posts: Sequence[Wrote]
    flags: int = 0


def reasons(suspect: Suspect, own: str) -> list[str]:
    """Why it looks like spam, in words, the heaviest first; none: it does not. `own`: the host of this place."""
    found = []
    linked = [hosts_in(post.html, own) for post in suspect.posts]
    if suspect.flags:
        found.append(ngettext("flagged as spam by %(num)s member", "flagged as spam by %(num)s members", suspect.flags))
    removed = sum(post.removed for post in suspect.posts)
    if removed:
        found.append(ngettext("%(num)s post removed by moderators", "%(num)s posts removed by moderators", removed))
    often = Counter(host for hosts in linked for host in hosts).most_common(1)
    if often and often[0][1] >= SAME_HOST:
        found.append(_("%(n)s posts link to %(host)s", n=often[0][1], host=often[0][0]))
    if suspect.profile_links and not suspect.is_confirmed:
        found.append(_("links in the profile, and the address never confirmed"))
    elif suspect.profile_links and not suspect.posts:
        found.append(_("links in the profile, and nothing written"))
    with_links = sum(bool(hosts) for hosts in linked)
    if with_links:
        found.append(ngettext("%(num)s post with links", "%(num)s posts with links", with_links))
    return found


def hosts_in(html: str, own: str) -> frozenset[str]:
    """The hosts elsewhere to which words link."""
    hosts = {(urlsplit(link).hostname or "").removeprefix("www.") for link in _LINK.findall(html)}
    return frozenset(hosts - {"", own})


def refusal(*, created_at: datetime, posts: int, is_trusted: bool, is_somebodys: bool, now: datetime) -> str:
    """Why an account cannot be removed in bulk, in words; empty: it can."""
    if not is_somebodys:
        return _("This account is closed, or has no person yet.")
    if is_trusted:
        return _("This is somebody who looks after this place, or belongs to an organization.")
    if posts > MOST_POSTS:
        return _("They wrote more than %(n)s posts that stand: please look at each.", n=MOST_POSTS)
    if now - created_at > OLDEST:
        return _("They have been here for more than %(n)s days: please look at each post.", n=OLDEST.days)
    return ""
