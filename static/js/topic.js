/* Reading and answering a topic or a conversation, quicker. Without this file every link and button does the same by loading a page. */
(() => {
  "use strict";

  const reply = () => document.querySelector("#reply form");

  /* ── Answering a post without leaving the page ─────────────────────────── */

  function answer(post) {
    const form = reply();
    if (!form) return false;
    form.elements.reply_to.value = post ? post.dataset.postId : "";
    const line = form.querySelector("#answering");
    const words = line.querySelector("[data-words]");
    const name = post?.querySelector(".person")?.textContent.trim();
    words.textContent = words.dataset.words.replace("{name}", name || "…");
    line.hidden = !post;
    form.querySelector("textarea[data-editor]").focus();
    return true;
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest("[data-reply], [data-answer-all]") : null;
    if (link && answer(link.closest("[data-post-id]"))) event.preventDefault();
  });

  /* ── A Responder who reads for ten seconds has seen it ─────────────────── */

  const seen = document.querySelector("[data-seen]");
  if (seen) {
    setTimeout(async () => {
      if (document.visibilityState !== "visible" || !seen.isConnected) return;
      const sent = { method: "POST", headers: { "HX-Request": "true" }, body: new FormData(seen.form) };
      const answer = await fetch(seen.formAction, sent).catch(() => null);
      if (answer?.ok && document.activeElement !== seen) seen.remove();
    }, 10000);
  }

  /* ── A saved reply, where the cursor is ────────────────────────────────── */

  document.addEventListener(
    "click",
    async (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      const form = button.form;
      const area = form.querySelector("textarea[data-editor]");
      const asked = new URLSearchParams({ saved: form.elements.saved.value, reply_to: form.elements.reply_to.value });
      const answer = await fetch(`${button.dataset.insert}?${asked}`).catch(() => null);
      if (!answer?.ok) return;
      area.setRangeText(await answer.text(), area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    },
    true,
  );

  /* ── Quoting a whole post keeps what is written already ────────────────── */

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-quote]") : null;
    const area = document.querySelector("#reply textarea[data-editor]");
    if (!link || !area?.value.trim() || event.defaultPrevented) return;
    const post = link.closest("[data-quote-by]");
    const body = post?.querySelector(".post-body");
    if (!body) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    const lines = body.innerText.trim().replace(/\n{2,}/g, "\n\n").split("\n");
    const head = `> [${post.dataset.quoteBy}](${post.dataset.quoteUrl}):`;
    area.value = `${area.value.trimEnd()}\n\n${[head, ">", ...lines.map((line) => `> ${line}`.trimEnd())].join("\n")}\n\n`;
    if (area.form.elements.reply_to?.value === "") answer(post);
    area.focus();
    area.selectionStart = area.selectionEnd = area.value.length;
  });

  // Once one writes, a reload must not ask for the quotation again: it stands in the text, or was deleted there.
  document.addEventListener("input", (event) => {
    const address = new URL(location.href);
    if (!address.searchParams.has("quote") || !event.target.matches("#reply textarea[data-editor]")) return;
    address.searchParams.delete("quote");
    history.replaceState(history.state, "", address);
  });

  /* ── Where it gets heated: when the time is over, it says so ──────────── */

  let cooling = 0;

  function coolDown() {
    clearTimeout(cooling);
    for (const line of document.querySelectorAll("[data-until]")) {
      const left = Date.parse(line.dataset.until) - Date.now();
      const said = line.querySelector("[role='status']");
      if (left > 0) cooling = setTimeout(coolDown, Math.min(left + 1000, 60000));
      else if (said.textContent !== line.dataset.over) said.textContent = line.dataset.over;
    }
  }

  coolDown();
  document.addEventListener("htmx:load", coolDown);

  /* ── The address of a post, copied ─────────────────────────────────────── */

  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("[data-copy-link]") : null;
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || !navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(link.href);
    const said = JSON.parse(document.querySelector('meta[name="words"]')?.content || "{}").copied || "Copied";
    const before = link.lastChild.textContent;
    link.lastChild.textContent = said;
    setTimeout(() => (link.lastChild.textContent = before), 2000);
  });

  /* ── What is being written survives a slip of the finger ───────────────── */

  window.addEventListener("beforeunload", (event) => {
    const area = document.querySelector("#reply textarea[data-editor]");
    const kept = area?.form.querySelector("[data-keep]")?.dataset.keptText === area?.value;
    if (area && area.value.trim() && area.value !== area.defaultValue && !area.form.dataset.sent && !kept) event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.form && button.form === reply()) button.form.dataset.sent = "yes";
  });
})();
