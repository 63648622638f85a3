"""One job, start to end, inside a helper process: source, HTML, sanitiser, plain text."""

from typing import Any

from forum.core.markup import dialect, sanitiser
from forum.core.markup.plain import finished, plainly
from forum.core.markup.source import fingerprint, tidy
from forum.core.markup.values import Job, Rendered, SourceKind


def rendered_here(job: Job[Any]) -> Rendered:
    """Render in this process. Slow input makes it slow: only a helper calls this, and is stopped in time."""
    source = tidy(job.source)
    prefix = fingerprint(source)
    try:
        if job.kind is SourceKind.MARKDOWN:
            html = dialect.to_html(source, prefix, names=job.names, tags=job.tags)
        else:
            html = sanitiser.without_scripts(source)
        html = sanitiser.sanitised(html, prefix=prefix, own=job.own, names=job.names, images=job.images)
    except (RecursionError, MemoryError):
        return plainly(job)
    return finished(html)
