/* Drafts kept while one writes: two seconds after the last letter, on leaving the field and on leaving the page.
   Without this file the button "Keep as draft" does it. A module: it runs once, wherever it stands. */

const WAIT = 2000;
const states = new WeakMap(); // form → { timer, busy, again, last, stale }

const formOf = (node) => node.closest?.("form:has([data-keep])");
const boxOf = (form) => form.querySelector("[data-keep]");
const areaOf = (form) => form.querySelector("textarea[data-editor]");

function stateOf(form) {
  if (!states.has(form)) states.set(form, { timer: 0, busy: false, again: false, last: textOf(form), stale: false, tick: 0 });
  return states.get(form);
}

function textOf(form) {
  return JSON.stringify([...wordsOf(form).entries()]);
}

function wordsOf(form) {
  const words = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !["csrf_token", "draft", "tab", "alt"].includes(name)) words.append(name, value);
  }
  return words;
}

function say(form, words) {
  const status = form.querySelector("[data-kept]");
  if (status && words && status.textContent.trim() !== words) status.textContent = words;
}

async function keep(form, { leaving = false } = {}) {
  const state = stateOf(form);
  const box = boxOf(form);
  clearTimeout(state.timer);
  const text = textOf(form);
  if (!box || form.dataset.sent || state.stale || text === state.last || !areaOf(form)) return;
  if (state.busy && !leaving) return void (state.again = true);
  const words = wordsOf(form);
  const written = areaOf(form).value;
  for (const name of ["csrf_token", "draft", "tab"]) words.set(name, form.elements.namedItem(name).value);
  state.tick = Math.max(state.tick + 1, Date.now());
  words.set("tick", String(state.tick));
  state.busy = true;
  try {
    const response = await fetch(box.dataset.keep, {
      method: "POST",
      body: words,
      headers: { Accept: "application/json" },
      keepalive: leaving && words.toString().length < 60000,
    });
    const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    if (response.ok) {
      state.last = text;
      box.dataset.keptText = written;
      if (answer.stamp) form.elements.namedItem("draft").value = answer.stamp;
      say(form, answer.sentence);
    } else if (response.status === 409) {
      offerBoth(form, answer);
    } else {
      say(form, answer.sentence || box.dataset.failed);
    }
  } catch {
    say(form, box.dataset.failed);
  } finally {
    state.busy = false;
    if (state.again) {
      state.again = false;
      keep(form);
    }
  }
}

/* ── Two tabs: both texts, and the writer decides ──────────────────────── */

function offerBoth(form, answer) {
  const state = stateOf(form);
  const box = boxOf(form);
  const both = box.querySelector("[data-stale]");
  state.stale = true;
  state.offered = answer.stamp;
  const theirs = both.querySelector("textarea");
  theirs.value = answer.body || "";
  for (const part of [theirs, both.querySelector("label"), both.querySelector("[data-take-theirs]")]) part.hidden = !answer.body;
  both.hidden = false;
  say(form, answer.sentence);
}

function decide(form, takeTheirs) {
  const state = stateOf(form);
  const both = boxOf(form).querySelector("[data-stale]");
  const area = areaOf(form);
  form.elements.namedItem("draft").value = state.offered || "";
  if (takeTheirs) {
    area.focus();
    area.select();
    if (!document.execCommand("insertText", false, both.querySelector("textarea").value)) {
      area.value = both.querySelector("textarea").value;
    }
  }
  both.hidden = true;
  state.stale = false;
  state.last = "";
  area.focus();
  keep(form);
}

/* ── When ──────────────────────────────────────────────────────────────── */

document.addEventListener("input", (event) => {
  const form = event.target instanceof Element && formOf(event.target);
  if (!form || event.target.closest("[data-attach], [data-stale]")) return;
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => keep(form), WAIT);
});

document.addEventListener("focusin", (event) => {
  const form = event.target instanceof Element && formOf(event.target);
  if (form) stateOf(form); // what stands there before the first letter is no news
});

document.addEventListener("focusout", (event) => {
  const form = event.target instanceof Element && formOf(event.target);
  if (form && event.target.matches("textarea[data-editor], input[name=title]")) keep(form);
});

function leave() {
  for (const box of document.querySelectorAll("[data-keep]")) keep(box.closest("form"), { leaving: true });
}

window.addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => document.hidden && leave());

document.addEventListener(
  "click",
  (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const form = target && formOf(target);
    if (!form) return;
    if (target.closest("[data-keep-now]")) {
      event.preventDefault();
      event.stopPropagation();
      stateOf(form).last = "";
      keep(form);
    }
    if (target.closest("[data-keep-mine]")) decide(form, false);
    if (target.closest("[data-take-theirs]")) decide(form, true);
  },
  true,
);

// What is on its way to be published is not kept once more; when it comes back refused, it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.querySelector("[data-keep]")) return;
  if (event.submitter?.matches("[name=preview], [name=keep], [name=attach]")) return;
  clearTimeout(stateOf(form).timer);
  form.dataset.sent = "yes";
});
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) delete form.dataset.sent;
});
