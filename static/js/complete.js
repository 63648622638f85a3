/* Words that are begun are completed: names after @, tags after # and emoji after : in a text; people, tags and what a search can be narrowed to in
   fields of their own (`data-complete`). The list never takes the focus; arrows choose, Enter or Tab take, Escape leaves. Without this file one types
   the whole word. A module: it runs once, be it by the editor or when such a field is first entered. */

const WAIT = 150;
const LETTERS = "[\\p{L}\\p{N}_.+-]{0,40}";
const IN_A_TEXT = new RegExp(`(?:^|[\\s(>])([@#:])(${LETTERS})$`, "u");
const IN_A_SEARCH = new RegExp(`(?:^|\\s)(@|from:|board:|tag:)(${LETTERS})$`, "iu");

/* How a word begins in each kind of place (from what stands before the caret), what goes behind it when it is taken, and what that replaces there.
   `offers`: the first is chosen already; else one has to choose, and Enter does what it does without a list. `ends`: what is typed to its end needs
   no list, so that Enter sends it. */
const PLACES = {
  text: { begun: inAText, behind: (after) => (/^[.,;:!?)\]]/.test(after) ? "" : " "), replaces: /^ */, offers: true },
  search: { begun: inASearch, behind: () => " ", replaces: /^ */, ends: true },
  tags: { begun: betweenCommas("tag"), behind: () => ", ", replaces: /^\s*,?\s*/, offers: true },
  people: { begun: betweenCommas("name"), behind: () => ", ", replaces: /^\s*,?\s*/, offers: true, ends: true },
  person: { begun: alone, behind: () => "", replaces: /^.*/, offers: true, ends: true },
};

function inAText(before) {
  const [, sign, typed] = IN_A_TEXT.exec(before) || [];
  if (!sign || (sign === ":" && typed.length < 2)) return null;
  return { sign, typed, start: before.length - typed.length - 1 };
}

function inASearch(before) {
  const [, written, typed] = IN_A_SEARCH.exec(before) || [];
  const sign = written?.toLowerCase().replace(/^(@|from:)$/, "name");
  return sign ? { sign, typed, start: before.length - typed.length } : null;
}

function betweenCommas(sign) {
  return (before) => {
    const begun = /[^,]*$/.exec(before)[0].trimStart();
    const typed = begun.replace(/^[@#]/, "");
    return typed ? { sign, typed, start: before.length - begun.length } : null;
  };
}

function alone(before) {
  const typed = before.trim().replace(/^@/, "");
  return typed ? { sign: "name", typed, start: 0 } : null;
}

const kindOf = (field) => field.dataset?.complete || (field.matches?.("textarea[data-editor]") ? "text" : "");
const placeOf = (field) => PLACES[kindOf(field)];
const isOneLine = (field) => field.matches("input");

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

/* To who cannot see the list: a field that has one. A place for whole texts stays what it is. */
function present(field) {
  if (!isOneLine(field) || field.getAttribute("role") === "combobox") return;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.autocomplete = "off";
}

function close() {
  clearTimeout(timer);
  asked += 1;
  if (!list || list.hidden) return;
  list.hidden = true;
  list.removeAttribute("aria-label"); // which would be a second thing of the field's name
  status.textContent = "";
  options = [];
  for (const name of ["aria-controls", "aria-activedescendant"]) area.removeAttribute(name);
  if (isOneLine(area)) area.setAttribute("aria-expanded", "false");
  else area.removeAttribute("aria-autocomplete");
}

function wordAt(field) {
  if (field.selectionStart !== field.selectionEnd) return null;
  return placeOf(field).begun(field.value.slice(0, field.selectionStart));
}

function look(field, wait) {
  const word = wordAt(field);
  clearTimeout(timer);
  if (!word) return close();
  timer = setTimeout(() => ask(field, word), wait);
}

async function ask(field, word) {
  const number = ++asked;
  const query = new URLSearchParams({ sign: word.sign, q: word.typed });
  const topic = field.form?.dataset.topic;
  if (topic) query.set("topic", topic);
  try {
    const response = await fetch(`/complete?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok || number !== asked) return;
    const answer = await response.json();
    show(field, word, answer.options, answer.said);
  } catch {
    // the word is typed by hand, then
  }
}

function show(field, word, found, said) {
  const isWhole = placeOf(field).ends && found.length === 1 && found[0].text === word.typed;
  if (!found.length || isWhole || document.activeElement !== field) return close();
  parts();
  present(field);
  [area, begun, options, chosen] = [field, word, found, placeOf(field).offers ? 0 : -1];
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
  if (isOneLine(field)) field.setAttribute("aria-expanded", "true");
  else field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  mark(said);
  place(field, word);
}

function mark(said = "") {
  [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === chosen ? "true" : "false"));
  if (chosen < 0) {
    area.removeAttribute("aria-activedescendant");
    status.textContent = said;
    return;
  }
  area.setAttribute("aria-activedescendant", `completion-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
  status.textContent = `${options[chosen].shown}, ${chosen + 1}/${options.length}`;
}

function take(at) {
  const [field, start, option] = [area, begun.start, options[at]];
  const after = field.value.slice(field.selectionEnd);
  const way = placeOf(field);
  const end = field.selectionEnd + way.replaces.exec(after)[0].length;
  const text = option.text + way.behind(after);
  close();
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  close();
}

/* Below the line in which one writes: measured on a copy of the text, in the same type and width. */
const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "border", "boxSizing", "whiteSpace", "overflowWrap"];

function spotOf(field, word) {
  if (isOneLine(field)) return { top: field.offsetHeight, left: 0 };
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
  const spot = { top: mark.offsetTop + line - field.scrollTop, left: mark.offsetLeft };
  copy.remove();
  return spot;
}

function place(field, word) {
  const { top, left } = spotOf(field, word);
  const around = list.offsetParent.getBoundingClientRect();
  const box = field.getBoundingClientRect();
  const room = document.documentElement.clientWidth - box.left - list.offsetWidth - 8;
  list.style.top = `${box.top - around.top + Math.min(top, field.offsetHeight)}px`;
  list.style.left = `${box.left - around.left + Math.max(0, Math.min(left, room))}px`;
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!placeOf(field)) return;
  if (event.inputType === "insertFromPaste") return close();
  look(field, WAIT);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.isComposing) return;
    if (!list || list.hidden || event.target !== area) {
      if (event.key === "ArrowDown" && event.target.matches?.("input[data-complete]")) look(event.target, 0);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      chosen = chosen < 0 ? (step > 0 ? 0 : options.length - 1) : (chosen + step + options.length) % options.length;
      mark();
    } else if (event.key === "Enter" || event.key === "Tab") {
      if (chosen < 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return close();
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

document.addEventListener("focusin", (event) => placeOf(event.target) && present(event.target));
document.addEventListener("focusout", (event) => event.target === area && close());

// A field that was entered before this file was here.
const entered = document.activeElement;
if (entered && placeOf(entered)) {
  present(entered);
  if (isOneLine(entered) && entered.value !== entered.defaultValue) look(entered, WAIT);
}
