/* One key for what one does often, where somebody has not switched it off. The sheet behind “?” lists them; the same
   list is a page. Never while somebody types, never with a modifier, never inside what has keys of its own. */
(() => {
  "use strict";

  const places = JSON.parse(document.querySelector('meta[name="keys"]')?.content || "null");
  if (!places) return;

  const OWN_KEYS =
    "input, textarea, select, [contenteditable], dialog[open], [role=textbox], [role=combobox], [role=listbox], " +
    "[role=menu], [role=grid], [role=slider], [role=application], audio, video";
  const ROWS = "article.post, .rows > li, .board-row, .activity-row";
  const NEXT_KEY_MS = 1500;

  const shown = (element) => element.getClientRects().length > 0;
  const rows = () => [...document.querySelectorAll(ROWS)].filter(shown);
  const current = () => document.activeElement?.closest?.(ROWS);

  function visit(url) {
    if (url) location.assign(url);
  }

  /* ── From one post or row to the next ──────────────────────────────────── */

  function from(all) {
    const here = all.indexOf(current());
    if (here >= 0) return here;
    const below = all.findIndex((row) => row.getBoundingClientRect().bottom > 80);
    return below < 0 ? all.length : below - 1;
  }

  function step(by) {
    const all = rows();
    if (!all.length) return;
    const at = Math.min(Math.max(from(all) + by, 0), all.length - 1);
    const row = all[at];
    const target = row.matches("article") ? row : row.querySelector("a[href]") || row;
    if (target === row && !row.hasAttribute("tabindex")) row.tabIndex = -1;
    target.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function open() {
    const row = current();
    visit(row?.querySelector(row.matches("article") ? ".post-when a[href]" : "a[href]")?.href);
  }

  function reply() {
    const button = current()?.querySelector("[data-reply]");
    if (button) return button.click();
    const area = document.querySelector("#reply textarea");
    if (!area) return false;
    area.focus();
    area.scrollIntoView({ block: "center" });
    return true;
  }

  function search() {
    const field = document.querySelector('[role="search"] input[type="search"]');
    if (!field || !shown(field)) return visit(places.search);
    field.focus();
    field.select();
  }

  function up() {
    visit([...document.querySelectorAll(".crumbs a[href]")].pop()?.href || places.home);
  }

  function level() {
    const control = document.querySelector("[data-levels] summary, [data-levels] select, [data-levels] button");
    if (!control) return false;
    control.focus();
    if (control.matches("summary")) control.parentElement.open = true;
    return true;
  }

  /* What says of itself by which key it is pressed: choices are made, and Enter then does it; fields are entered. */
  function marked(key) {
    const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && shown(one));
    if (!found) return false;
    if (found.matches("a, button[name=reason]")) found.click();
    else if (found.matches("[type=radio]")) {
      found.click();
      found.form.querySelector("[data-decides]")?.focus();
    } else found.focus();
    return true;
  }

  /* ── The sheet ─────────────────────────────────────────────────────────── */

  let sheet = null;

  async function help() {
    if (!sheet) {
      const answer = await fetch(places.help, { headers: { "HX-Request": "true" } });
      if (!answer.ok) return visit(places.help);
      sheet = document.createElement("dialog");
      sheet.className = "sheet";
      sheet.setAttribute("aria-labelledby", "keys-title");
      sheet.innerHTML = await answer.text();
      document.body.append(sheet);
    }
    sheet.showModal();
  }

  /* ── One listener ──────────────────────────────────────────────────────── */

  const KEYS = { j: () => step(1), k: () => step(-1), o: open, r: reply, "/": search, u: up, m: level, "?": help };
  const AFTER_G = { h: () => visit(places.home), u: () => visit(places.unread), n: () => visit(places.notices), q: () => visit(places.queue) };
  let waitsUntil = 0;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && event.target.matches?.("textarea[data-key], input[data-key]")) return event.target.blur();
    if (event.target.closest?.(OWN_KEYS) || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : "";
    const afterG = performance.now() < waitsUntil;
    waitsUntil = 0;
    if (key === "g" && !afterG) {
      waitsUntil = performance.now() + NEXT_KEY_MS;
      return;
    }
    const act = afterG ? AFTER_G[key] : KEYS[key];
    if (!act && !afterG && key && !event.repeat && marked(key)) return event.preventDefault();
    if (!act || (event.repeat && key !== "j" && key !== "k")) return;
    event.preventDefault();
    act();
  });
})();
