/* What is new while a page is open. Nothing moves under the reader's eyes: a line at the foot of the window says so,
   and shows it when asked to. Without this file the same is there after loading the page anew. */
(() => {
  "use strict";

  const meta = document.querySelector('meta[name="live"]');
  if (!meta?.content) return;

  const EVERY = 4000;
  const LONGEST = 60000;
  const pageTitle = document.title;
  let token = meta.content;
  let since = Number(meta.dataset.now);
  let wait = EVERY;
  let timer = 0;

  // The posts of a topic, or the messages of a conversation: some answers replace the whole list.
  const NUMBERED = ":is([id^='post-'], [id^='message-'])";
  const list = () => document.getElementById("posts");
  const last = () =>
    Math.max(
      Number(list()?.dataset.last || 0),
      ...[...document.querySelectorAll(`#posts > ${NUMBERED}`)].map((post) => Number(post.id.split("-")[1])),
    );

  /* ── Asking ────────────────────────────────────────────────────────────── */

  async function ask() {
    clearTimeout(timer);
    if (document.hidden || !navigator.onLine) return; // asked again when somebody looks
    const asked = new URLSearchParams({ w: token, ...(list() ? { after: last() } : { since }) });
    try {
      const answer = await fetch(`/live?${asked}`, { cache: "no-cache", headers: { Accept: "application/json" } });
      if (answer.status === 410) {
        await renew();
      } else if (answer.ok) {
        tell(await answer.json());
        wait = EVERY;
      } else {
        throw new Error(answer.status);
      }
    } catch {
      wait = Math.min(LONGEST, wait * 2);
    }
    if (token) timer = setTimeout(ask, wait);
  }

  async function renew() {
    const answer = await fetch(`/live/renew?w=${encodeURIComponent(token)}`, { headers: { Accept: "application/json" } });
    token = answer.ok ? (await answer.json()).w : "";
  }

  document.addEventListener("visibilitychange", () => !document.hidden && token && ask());
  window.addEventListener("online", () => token && ask());

  /* ── Telling ───────────────────────────────────────────────────────────── */

  function tell(news) {
    ring(news.bell);
    const posts = list();
    const said = posts ? news.replies : news.lists;
    const line = document.getElementById("live");
    if (!line || line.dataset.said === said) return;
    line.dataset.said = said;
    line.replaceChildren();
    document.title = said ? `(${said}) ${pageTitle}` : pageTitle;
    if (!said) return;
    const link = document.createElement("a");
    link.className = "button button--primary";
    link.href = posts ? posts.dataset.unread : listed();
    link.textContent = `${said} — ${news.show}`;
    line.append(link);
  }

  // What is new stands on the first page of a list, unless the list is made anew only now and then.
  function listed() {
    const here = new URL(location.href);
    here.hash = "";
    if (!("page" in meta.dataset)) here.searchParams.delete("page");
    return here.href;
  }

  function ring(count) {
    const bell = document.getElementById("bell-count");
    if (!bell) return;
    const shown = count > 99 ? "99+" : count ? String(count) : "";
    if (bell.textContent === shown) return;
    bell.textContent = shown;
    bell.nextElementSibling.hidden = !count;
  }

  /* ── Showing ───────────────────────────────────────────────────────────── */

  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("#live a") : null;
    const posts = list();
    if (!link || !posts || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const after = last();
    const here = new URL(location.href);
    here.searchParams.set("after", after);
    here.hash = "";
    const answer = await fetch(here, { headers: { "HX-Request": "true" } });
    const arrived = document.createElement("template");
    if (answer.ok) arrived.innerHTML = await answer.text();
    const first = arrived.content.querySelector(NUMBERED);
    if (!first) return location.assign(link.href); // they stand on the next page
    posts.append(arrived.content);
    window.htmx?.process?.(posts);
    document.dispatchEvent(new CustomEvent("htmx:after:swap"));
    const seen = document.querySelector("#reply [name='seen']");
    if (seen) seen.value = last();
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "nearest" });
    tell({ bell: Number(document.getElementById("bell-count")?.textContent || 0), replies: "", lists: "" });
    ask();
  });

  /* ── How long a topic was looked at ────────────────────────────────────── */

  const form = document.querySelector("form#act");
  const topic = location.pathname.match(/^\/t\/(\d+)/)?.[1];
  let looked = 0;
  let looking = document.hidden ? 0 : Date.now();

  function report() {
    if (looking) looked += (Date.now() - looking) / 1000;
    looking = document.hidden ? 0 : Date.now();
    if (!form || !topic || looked < 10) return;
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, seconds: Math.round(looked) });
    looked = 0;
    fetch(`/t/${topic}/reading`, { method: "POST", body, keepalive: true }).catch(() => {});
  }

  document.addEventListener("visibilitychange", report);
  window.addEventListener("pagehide", report);
  setInterval(report, 150000);

  timer = setTimeout(ask, EVERY);
})();
