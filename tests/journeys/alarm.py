"""Hears whatever a page does that nobody of ours wrote: set before an attack is shown in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.core.markup.inspection import ATTRIBUTES, TAGS

# What attacks call, and what they leave behind: each says so where the watch listens.
CALLED = """
(() => {
  const say = what => console.error('EXECUTED: ' + what);
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'xss', 'postMessage'])
    window[name] = (...given) => say(name + '(' + given.map(String).join(', ').slice(0, 80) + ')');
  document.write = document.writeln = given => say('document.write ' + given);
})();
"""

# Where rendered words of people stand.
WRITTEN = ".prose, .guidance, .rail-prose, .welcome"

# Every element of the page, as Chromium itself made it of what we sent.
LOOK = """
([written, tags, attributes]) => {
  const found = [], own = location.origin;
  const say = (element, what) => found.push(`${what} in ${element.outerHTML.slice(0, 160)}`);
  const leads = (element, name) => {
    try { return new URL(element.getAttribute(name), document.baseURI); } catch { return null; }
  };
  for (const element of document.querySelectorAll('*')) {
    const tag = element.localName;
    if (['iframe', 'frame', 'object', 'embed', 'base', 'applet', 'portal', 'style'].includes(tag)) say(element, tag);
    if (tag === 'meta' && element.httpEquiv) say(element, 'meta http-equiv');
    for (const {name} of element.attributes) {
      if (/^on/i.test(name) || /^(style|srcdoc|formtarget|ping)$/i.test(name)) say(element, name);
      if (/^(href|src|action|formaction|xlink:href|poster|data|background|cite|srcset)$/i.test(name)) {
        const url = leads(element, name);
        if (!url) { if (!element.closest(written)) say(element, name + ' leads nowhere'); continue; }
        const inert = tag === 'a' && ['http:', 'https:', 'mailto:'].includes(url.protocol);
        if (!inert && url.origin !== own) say(element, `${name} to ${url.protocol}`);
      }
    }
    const inside = element.parentElement?.closest(written);
    if (!inside) continue;
    if (!tags.includes(tag) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') say(element, `tag ${tag}`);
    for (const {name} of element.attributes) if (!attributes.includes(name)) say(element, `attribute ${name}`);
  }
  for (const details of document.querySelectorAll('details')) details.open = true;
  return found;
}
"""

# The editor's own elements, which only pages with an editor have.
OURS = re.compile(r"Markdown\w+Element")
MARKS = "() => [window.name, document.cookie, ...Object.getOwnPropertyNames(window)]"


@dataclass
class Alarm:
    """Set on a page before it shows anything. `wrong`: what it found beside what the watch of the browser hears."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    prose: int = 0
    _marks: set[str] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self.page.add_init_script(CALLED)
        self.page.on("dialog", self._dialog)
        self.page.context.on("page", lambda other: self.wrong.append(f"a window opened: {other.url}"))
        self.page.goto("/no/such/page")
        self._marks = set(self.page.evaluate(MARKS))

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def look_at(self, path: str) -> None:
        """Open the page, give it a moment, and look at everything on it."""
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None
        assert answer.status < 500, f"{path}: {answer.status}"
        went = self.page.url
        self._note(path, self.page.evaluate(LOOK, [WRITTEN, sorted(TAGS), sorted(ATTRIBUTES)]))
        left = {mark for mark in self.page.evaluate(MARKS) if not OURS.fullmatch(mark)} - self._marks
        self._note(path, [f"left behind: {mark}" for mark in left])
        if self.page.url != went or answer.url.partition("#")[0] != went.partition("#")[0]:
            self.wrong.append(f"{path}: led to {self.page.url}")
        self.prose += self.page.evaluate("written => document.querySelectorAll(`:is(${written}) *`).length", WRITTEN)

    def _note(self, path: str, found: list[str]) -> None:
        self.wrong += [f"{path}: {what}" for what in found]
