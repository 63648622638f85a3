"""What a note in the stream says when posts went somewhere: how many, where, and why."""

from __future__ import annotations

from html import escape

from forum.boards.models import Board
from forum.core.markup import RENDERER_VERSION, Rendered
from forum.core.words import gettext as _
from forum.core.words import ngettext
from forum.posts.addresses import link, plainly
from forum.posts.drafts import Written
from forum.posts.limits import checked_reason
from forum.posts.models import Topic

LONGEST_REASON = 300


def pointing_to(topic: Topic, count: int, reason: str = "") -> Written:
    """So many posts, the topic at the other side, and the reason. Its page finds it, whatever it is called by then."""
    reason = checked_reason(reason, LONGEST_REASON)
    many, path = ngettext("%(num)s post", "%(num)s posts", count), f"/t/{topic.id}"
    said = [(f"{many}: {link(topic.title, path)}", f'{many}: <a href="{path}">{escape(topic.title)}</a>')]
    if reason:
        said.append((plainly(reason), escape(reason)))
    plain = "\n".join([f"{many}: {topic.title}", *([reason] if reason else [])])
    html = "\n".join(f"<p>{html}</p>" for _plain, html in said)
    return Written("\n\n".join(one for one, _html in said), Rendered(html, plain, 0, RENDERER_VERSION, bounded=False))


def because(reason: str) -> Written | None:
    """The reason alone, if there is one."""
    reason = checked_reason(reason, LONGEST_REASON)
    if not reason:
        return None
    return Written(plainly(reason), Rendered(f"<p>{escape(reason)}</p>", reason, 0, RENDERER_VERSION, bounded=False))


def from_board(board: Board, reason: str = "") -> Written:
    """Where a topic was before it was moved, and why it was."""
    was = _("It was in %(board)s.", board=board.name)
    why = because(reason)
    html = f"<p>{escape(was)}</p>" + (f"\n{why.rendered.html}" if why else "")
    plain = "\n".join([was, *([why.rendered.plain] if why else [])])
    source = "\n\n".join([plainly(was), *([why.source] if why else [])])
    return Written(source, Rendered(html, plain, 0, RENDERER_VERSION, bounded=False))
