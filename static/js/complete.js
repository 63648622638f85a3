/* Names after @, tags after # and emoji after : are completed while one writes, and tags in their own field, between commas. The list never takes the focus; arrows
   choose, Enter or Tab take, Escape leaves. Without this file one types the whole word. A module: it runs once. */

const WAIT = 150;
const BEGUN = /(^|[\s(>])([@#:])([\p{L}\p{N}_.+-]{0,40})$/u;

let list = null;
let status = null;
let area = null;
let begun = null; // where the word begins, and its sign
let options = [];
let chosen = -1;
let timer = 0;
let asked = 0;

function parts() {
  if (list) return;
  list = document.createElement("ul");
  list.className = "completions";
  list.id = "completions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault(); // the focus stays in the text
    if (option) take(Number(option.dataset.place));
  });
  status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
}

function close() {
  clearTimeout(timer);
  asked += 1;
  if (!list || list.hidden) return;
  list.hidden = true;
  status.textContent = "";
  options = [];
  for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"]) area?.removeAttribute(name);
}

const isTags = (field) => "tags" in field.dataset;

function wordAt(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  if (isTags(field)) {
    const typed = /[^,]*$/.exec(field.value.slice(0, field.selectionStart))[0].replace(/^\s*#?/, "");
    return typed && { sign: "#", typed, start: field.selectionStart - typed.length };
  }
  const found = BEGUN.exec(field.value.slice(0, field.selectionStart));
  if (!found) return null;
  return { sign: found[2], typed: found[3], start: field.selectionStart - found[3].length - 1 };
}

async function ask(field, word) {
  const number = ++asked;
  const box = field.closest("form").dataset;
  const query = new URLSearchParams({ sign: word.sign, q: word.typed });
  if (box.topic) query.set("topic", box.topic);
  try {
    const response = await fetch(`/complete?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok || number !== asked) return;
    show(field, word, (await response.json()).options);
  } catch {
    // the word is typed by hand, then
  }
}

function show(field, word, found) {
  if (!found.length || document.activeElement !== field) return close();
  parts();
  [area, begun, options, chosen] = [field, word, found, 0];
  list.replaceChildren(
    ...found.map((option, place) => {
      const item = document.createElement("li");
      item.id = `completion-${place}`;
      item.dataset.place = place;
      item.setAttribute("role", "option");
      const shown = document.createElement("span");
      shown.textContent = option.shown;
      const note = document.createElement("span");
      note.className = "quiet";
      note.textContent = option.note;
      item.append(shown, note);
      return item;
    }),
  );
  list.setAttribute("aria-label", field.labels?.[0]?.textContent || "");
  (field.closest(".editor-box") || field).after(list, status);
  list.hidden = false;
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  mark();
  place(field, word);
}

function mark() {
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === chosen ? "true" : "false"));
  area.setAttribute("aria-activedescendant", `completion-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
  status.textContent = `${options[chosen].shown}, ${chosen + 1}/${options.length}`;
}

function take(at) {
  const option = options[at];
  const [field, start] = [area, begun.start];
  const text = isTags(field) ? `${option.name}, ` : `${option.text} `;
  close();
  field.focus();
  field.setSelectionRange(start, field.selectionEnd);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  close();
}

/* Below the line in which one writes: measured on a copy of the text, in the same type and width. */
const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing", "whiteSpace", "overflowWrap"];

function place(field, word) {
  const copy = document.createElement("div");
  const style = getComputedStyle(field);
  for (const name of COPIED) copy.style[name] = style[name];
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", width: `${field.offsetWidth}px`, top: 0, left: 0 });
  copy.style.whiteSpace = "pre-wrap";
  copy.textContent = field.value.slice(0, word.start);
  const mark = document.createElement("span");
  mark.textContent = field.value.slice(word.start) || ".";
  copy.append(mark);
  document.body.append(copy);
  const line = parseFloat(style.lineHeight) || 24;
  const top = mark.offsetTop + line - field.scrollTop;
  const left = mark.offsetLeft;
  copy.remove();
  const around = list.offsetParent.getBoundingClientRect();
  const box = field.getBoundingClientRect();
  const room = document.documentElement.clientWidth - box.left - list.offsetWidth - 8;
  list.style.top = `${box.top - around.top + Math.min(top, field.offsetHeight)}px`;
  list.style.left = `${box.left - around.left + Math.max(0, Math.min(left, room))}px`;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches?.("textarea[data-editor], input[data-tags]")) return;
  const word = wordAt(field);
  clearTimeout(timer);
  if (!word || (word.sign === ":" && word.typed.length < 2) || event.inputType === "insertFromPaste") return close();
  timer = setTimeout(() => ask(field, word), WAIT);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (!list || list.hidden || event.target !== area || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = (chosen + step + options.length) % options.length;
      mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return close();
      take(chosen);
    } else if (event.key === "Escape") {
      close();
    } else {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("focusout", (event) => event.target === area && close());
