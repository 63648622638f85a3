"""One job, start to end, inside a helper process: source, HTML, sanitiser, plain text."""

from typing import Any

from . import dialect, sanitiser
from .plain import finished, plainly
from .source import fingerprint, tidy
from .values import Job, Rendered, SourceKind


def rendered_here(job: Job[Any]) -> Rendered:
    """Render in this process. Slow input makes it slow: only a helper calls this, and is stopped in time."""
    source = tidy(job.source)
    prefix = fingerprint(source)
    try:
        if job.kind is SourceKind.MARKDOWN:
            html = dialect.to_html(source, prefix, names=job.names, tags=job.tags)
        else:
            html = sanitiser.without_scripts(source)
        html = sanitiser.sanitised(html, prefix=prefix, own=job.own, names=job.names)
    except (RecursionError, MemoryError):
        return plainly(job)
    return finished(html)
