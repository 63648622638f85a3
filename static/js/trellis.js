/* What the pages gain from JavaScript. Everything here works without it, only slower.
   No framework; one listener per kind of event, on the document, so that fragments need no wiring. */
(() => {
  "use strict";

  const words = JSON.parse(document.querySelector('meta[name="words"]')?.content || "{}");
  const language = document.documentElement.lang || "en";

  /* ── Pressing twice posts once ─────────────────────────────────────────── */

  const sent = new WeakMap(); // form → the button that said so, and what it said before

  function sayBusy(form, button) {
    sent.set(form, { button, label: button?.innerHTML });
    if (!button) return;
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy || words.busy || button.textContent;
  }

  function sayReady(form) {
    const was = sent.get(form);
    sent.delete(form);
    if (!was?.button) return;
    was.button.removeAttribute("aria-disabled");
    was.button.innerHTML = was.label;
  }

  function isChange(form) {
    return form instanceof HTMLFormElement && (form.method === "post" || form.hasAttribute("hx-post"));
  }

  // First in line, before htmx: a form on its way is not sent again.
  document.addEventListener(
    "submit",
    (event) => {
      if (!sent.has(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isChange(form)) return;
    const byHtmx = event.defaultPrevented;
    if (byHtmx && !form.hasAttribute("hx-post")) return; // stopped by someone who had a reason
    // After the browser has collected the fields, so that the button's own name and value go along.
    setTimeout(() => sayBusy(form, event.submitter));
  });

  document.addEventListener("htmx:finally:request", (event) => {
    const form = event.target.closest?.("form");
    if (form) setTimeout(() => sayReady(form));
  });

  // Back from the page it led to: the form is as it was.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach(sayReady);
  });

  /* ── In which zone exact times are meant: asked of the browser, told to the server from the next page on ──────── */

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.split("; ").includes(`trellis_zone=${zone}`)) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `trellis_zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  /* ── Times stay true while the page is open ────────────────────────────── */

  const STEPS = [
    ["year", 31536000],
    ["month", 2592000],
    ["week", 604800],
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

  function sinceThen(moment) {
    const seconds = (moment - Date.now()) / 1000;
    const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
    return step ? relative.format(Math.trunc(seconds / step[1]), step[0]) : relative.format(0, "second");
  }

  function refreshTimes() {
    if (document.hidden) return;
    for (const time of document.querySelectorAll("time[data-relative]")) {
      const moment = Date.parse(time.dateTime);
      // Only what changes within a sitting: older ones keep the server's words.
      if (Date.now() - moment < 86400000) time.textContent = sinceThen(moment);
    }
  }

  setInterval(refreshTimes, 60000);
  document.addEventListener("visibilitychange", refreshTimes);

  /* ── Names, tags and boards are completed: what does it comes when such a field is entered ───────────── */

  const completing = document.querySelector('meta[name="complete"]')?.content;

  function completeIn(field) {
    if (completing && field?.matches?.("[data-complete]")) import(completing).catch(() => {}); // one types the whole word, then
  }

  document.addEventListener("focusin", (event) => completeIn(event.target));
  completeIn(document.activeElement);

  /* ── Code can be copied ────────────────────────────────────────────────── */

  function offerCopies(root) {
    for (const pre of root.querySelectorAll(".prose pre")) {
      if (pre.parentElement.classList.contains("code")) continue;
      const place = document.createElement("div");
      place.className = "code";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "code-copy";
      button.textContent = words.copy || "Copy";
      pre.replaceWith(place);
      place.append(pre, button);
    }
    // What is wider than its column scrolls in its own box: a keyboard must reach it.
    for (const box of root.querySelectorAll(".prose :is(pre, table)")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  }

  async function copyCode(button) {
    const text = button.parentElement.querySelector("pre").innerText;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button.parentElement.querySelector("pre"));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
    }
    button.textContent = words.copied || "Copied";
    setTimeout(() => (button.textContent = words.copy || "Copy"), 2000);
  }

  /* ── A selection can be quoted into the reply ──────────────────────────── */

  const editor = () => document.querySelector("textarea[data-editor]");

  function selectedPost() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.toString().trim()) return null;
    const at = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest("[data-quote-by] .post-body");
    const range = selection.getRangeAt(0);
    const body = at(range.startContainer);
    // Three clicks select to the start of whatever follows: what counts is that all the text is this post's.
    return body?.textContent.includes(range.toString().trim()) ? body.closest("[data-quote-by]") : null;
  }

  function quote(post, text) {
    const area = editor();
    if (!area) return;
    const lines = text.trim().replace(/\r/g, "").replace(/\n{2,}/g, "\n\n").split("\n");
    const head = `> [${post.dataset.quoteBy}](${post.dataset.quoteUrl})`;
    const block = [head, ">", ...lines.map((line) => `> ${line}`.trimEnd())].join("\n");
    const before = area.value.slice(0, area.selectionStart).replace(/\s+$/, "");
    const after = area.value.slice(area.selectionEnd).replace(/^\s+/, "");
    area.value = (before ? before + "\n\n" : "") + block + "\n\n" + after;
    area.selectionStart = area.selectionEnd = area.value.length - after.length;
    const parent = area.form?.elements.namedItem("reply_to");
    if (parent && !parent.value && post.dataset.postId) parent.value = post.dataset.postId;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  let offer = null;

  function offerQuote() {
    const post = editor() && selectedPost();
    if (!post) {
      offer?.remove();
      offer = null;
      return;
    }
    if (!offer) {
      offer = document.createElement("button");
      offer.type = "button";
      offer.className = "button button--small quote-selection";
      offer.dataset.quoteSelection = "";
      // Drawn by the stylesheet: its word is no part of what is selected.
      offer.ariaLabel = offer.dataset.label = words.quote || "Quote";
    }
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    // Behind the words that are selected, so that the next press of Tab reaches it.
    post.querySelector(".post-body").after(offer);
    const around = offer.offsetParent?.getBoundingClientRect() || { left: -scrollX, top: -scrollY };
    const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - offer.offsetWidth - 8);
    offer.style.left = `${left - around.left}px`;
    offer.style.top = `${box.bottom - around.top + 8}px`;
  }

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offerQuote, 200);
  });

  /* ── A short form as a sheet over the page on which one reads ──────────── */

  async function openSheet(link) {
    const answer = await fetch(link.href, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return location.assign(link.href);
    const sheet = document.createElement("dialog");
    sheet.className = "sheet";
    sheet.setAttribute("aria-labelledby", link.dataset.sheet);
    sheet.innerHTML = await answer.text();
    sheet.addEventListener("close", () => sheet.remove());
    document.body.append(sheet);
    window.htmx?.process(sheet);
    sheet.showModal();
  }

  /* ── One listener for what is pressed ──────────────────────────────────── */

  // The selection must survive the press that quotes it.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.("[data-quote-selection], [data-quote]")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    if (target.matches(".code-copy")) copyCode(target);
    const quoting = target.closest("[data-quote-selection], [data-quote]");
    const post = quoting && selectedPost();
    if (post && (quoting.hasAttribute("data-quote-selection") || post.contains(quoting))) {
      event.preventDefault();
      quote(post, getSelection().toString());
      getSelection().removeAllRanges();
    }
    const sheet = event.ctrlKey || event.metaKey || event.shiftKey ? null : target.closest("a[data-sheet]");
    if (sheet) {
      event.preventDefault();
      openSheet(sheet);
    }
    const closing = target.closest("dialog [data-close]");
    if (closing || target.matches("dialog.sheet")) {
      event.preventDefault();
      target.closest("dialog").close();
    }
    if (target.matches("[aria-disabled='true']")) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    // From a selection in a text, Tab goes to the button that quotes it.
    if (event.key === "Tab" && !event.shiftKey && offer && event.target.matches?.("body, #main")) {
      event.preventDefault();
      offer.focus();
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !event.target.matches?.("textarea[data-editor]")) return;
    // Ctrl or Cmd with Enter sends what is being written; with a letter it marks what is selected.
    if (event.key === "Enter") {
      event.preventDefault();
      event.target.form?.requestSubmit(event.target.form.querySelector("button[data-send]"));
    }
    const style = { b: "bold", i: "italic", k: "link" }[event.key];
    const mark = style && document.querySelector(`markdown-toolbar[for="${event.target.id}"] [data-md-button="${style}"]`);
    if (mark) {
      event.preventDefault();
      mark.click();
    }
  });

  /* ── At the start, and after each fragment ─────────────────────────────── */

  function settle(root) {
    offerCopies(root);
    const arrived = root.querySelector("[data-focus]");
    arrived?.focus();
    arrived?.removeAttribute("data-focus"); // once: what comes later does not call the focus back
  }

  // htmx hands an element's style on to its successor, which our policy refuses: a field that was made larger by hand.
  document.addEventListener("htmx:before:swap", () => {
    for (const field of document.querySelectorAll(":is(input, textarea)[style]")) field.removeAttribute("style");
  });

  settle(document);
  document.addEventListener("htmx:after:swap", () => settle(document));
})();
