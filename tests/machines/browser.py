"""A real browser: Chromium on PATH, else Playwright's own. Whatever a page complains about fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, WebError

FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --font-render-hinting=none"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
AXE = Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ON_DEMAND = {"document", "fetch", "xhr"}  # may answer 404 or 422 on purpose; a stylesheet or picture may not
LISTENER = """
addEventListener('securitypolicyviolation',
  e => console.error(`policy violated: ${e.violatedDirective} by ${e.blockedURI || 'inline'} ${e.sample}`));
"""


def executable(playwright: Playwright) -> str | None:
    """The Chromium to drive, or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def launch(playwright: Playwright, path: str) -> Browser:
    """Started so that no name but this machine's own leads anywhere."""
    nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, nowhere])


@dataclass
class Watch:
    """Listens to everything that the pages of one person say. `forgive` names what a test provokes on purpose."""

    home: str
    complaints: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def forgive(self, part: str) -> None:
        """Complaints with this text in them are what the test is about."""
        self.forgiven.append(part)

    def attach(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        # A failed load is judged by its answer in `_response`: an error page or a form's 422 is no fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and f"{address.scheme}://{address.netloc}" != self.home:
            self.complaints.append(f"third party: {request.url}")

    def _response(self, response: Response) -> None:
        kind, status = response.request.resource_type, response.status
        if status >= 500 or (status >= 400 and kind not in ON_DEMAND):
            self.complaints.append(f"{status} for {kind} {response.url}")

    def _failed(self, request: Request) -> None:
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.complaints.append(f"{request.failure} for {request.url}")

    def verdict(self) -> None:
        """Fails the test where a page complained."""
        heard = [said for said in dict.fromkeys(self.complaints) if not any(part in said for part in self.forgiven)]
        assert not heard, "The browser complained:\n" + "\n".join(heard)


@contextmanager
def person(browser: Browser, watch: Watch, *, javascript: bool = True, **options: Any) -> Iterator[Page]:
    """A page in a profile of its own: no cookie, no cache shared with anybody."""
    defaults: dict[str, Any] = {"base_url": watch.home, "viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
    context = browser.new_context(**{**defaults, "java_script_enabled": javascript, **options})
    context.set_default_timeout(10_000)
    watch.attach(context)
    context.add_init_script(LISTENER)
    if not javascript:
        _WITHOUT_SCRIPTS.add(context)
    try:
        yield context.new_page()
    finally:
        context.close()


_WITHOUT_SCRIPTS: WeakSet[BrowserContext] = WeakSet()


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def axe(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong with the page as shown, a line each: rule, weight, where. Empty is good."""
    assert page.context not in _WITHOUT_SCRIPTS, "axe waits for ever where no timer runs: look at it with JavaScript"
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe_source())
    options = {
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {rule: {"enabled": False} for rule in without},
        "resultTypes": ["violations"],
    }
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']} at {' '.join(map(str, node['target']))}: "
        f"{node['failureSummary'].splitlines()[-1].strip()}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def shoot(page: Page, name: str, *, widths: tuple[int, ...] = (390, 1280)) -> None:
    """With SHOTS=folder: pictures of the whole page, narrow and wide, light and dark. Without: nothing."""
    folder = os.environ.get("SHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.screenshot(path=str(Path(folder) / f"{name}-{width}-{scheme}.png"), full_page=True)
    page.emulate_media(color_scheme="null")
    if before:
        page.set_viewport_size(before)
