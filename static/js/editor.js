/* What the editor gains: files by choosing, dragging and pasting, marks that the toolbar does not know, more keys.
   Without this file the editor's own form does the same by loading a page. A module: it runs once, wherever it stands. */

const areaOf = (box) => document.getElementById(box.dataset.attach);
const boxOf = (area) => document.querySelector(`[data-attach="${area.id}"]`);

/* ── Writing into the text, so that the browser's own undo still works ───── */

function put(area, start, end, text) {
  const before = document.activeElement;
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (before !== area && before instanceof HTMLElement) before.focus({ preventScroll: true });
}

/* The first `old` in the text becomes `text`; the caret stays where it stood. */
function replaceOnce(area, old, text) {
  const at = area.value.indexOf(old);
  if (at < 0) return false;
  const [start, end] = [area.selectionStart, area.selectionEnd];
  const moved = (place) => (place <= at ? place : Math.max(at + text.length, place + text.length - old.length));
  put(area, at, at + old.length, text);
  area.setSelectionRange(moved(start), moved(end));
  return true;
}

/* Where the caret stands, behind what is selected, as a paragraph: one empty line around it, not two. Returns what was written. */
function putParagraph(area, text) {
  const before = area.value.slice(0, area.selectionEnd);
  const after = area.value.slice(area.selectionEnd);
  const missing = (there) => "\n".repeat(Math.max(0, 2 - there.length));
  const front = before.trim() ? missing(/\n*$/.exec(before)[0]) : "";
  const whole = `${front}${text}${missing(/^\n*/.exec(after)[0])}`;
  put(area, area.selectionEnd, area.selectionEnd, whole);
  return whole;
}

/* ── Files ─────────────────────────────────────────────────────────────── */

let count = 0;
const say = (box, words) => (box.querySelector("[data-attach-said]").textContent = words);

/* Resolves to the words of a refusal, "" when it arrived. What is refused leaves the text as it was. */
async function send(area, box, file, words) {
  const tooLarge = box.dataset.large.replace("{name}", file.name);
  if (file.size > Number(box.dataset.most)) return tooLarge;
  const sending = box.dataset.sending.replace("{name}", file.name);
  const holder = `![${sending.replace(/[[\]\\]/g, "")} ${++count}]()`;
  const written = putParagraph(area, holder);
  say(box, sending);
  const form = new FormData();
  form.set("csrf_token", area.form.elements.csrf_token.value);
  form.set("alt", words);
  form.set("file", file, file.name || "picture.png");
  let answer = {};
  let arrived = false;
  let refusal = box.dataset.failed;
  try {
    const response = await fetch(box.dataset.url, { method: "POST", body: form, headers: { Accept: "application/json" } });
    answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    arrived = response.ok && Boolean(answer.markdown);
    refusal = answer.sentence || (response.status === 413 ? tooLarge : refusal);
  } catch {
    // said below
  }
  if (!arrived) {
    if (!replaceOnce(area, written, "")) replaceOnce(area, holder, "");
    return refusal;
  }
  if (!replaceOnce(area, holder, answer.markdown)) {
    area.setSelectionRange(area.value.length, area.value.length);
    putParagraph(area, answer.markdown);
  }
  say(box, box.dataset.arrived.replace("{name}", answer.name));
  if (answer.image && !words) toDescribe(box).push(answer);
  return "";
}

/* Resolves to whether all of them arrived. `asks`: whoever chose or dropped a picture says next what it shows; who pastes while writing goes on
   writing, and so does who did meanwhile. */
async function sendAll(area, files, { words = "", asks = true } = {}) {
  const box = boxOf(area);
  let writes = !asks;
  area.addEventListener("keydown", () => (writes = true), { once: true });
  const refused = [];
  for (const file of files) {
    const sentence = await send(area, box, file, words);
    if (sentence) refused.push(files.length > 1 ? `${file.name}: ${sentence}` : sentence);
  }
  if (refused.length) say(box, refused.join(" "));
  if (askNext(box) && !writes) inputOf(box).focus();
  else if (refused.length < files.length && !writes) area.focus();
  return !refused.length;
}

/* ── What a picture shows ──────────────────────────────────────────────── */

const undescribed = new WeakMap(); // box → the pictures that nobody has described yet, as they came

function toDescribe(box) {
  if (!undescribed.has(box)) undescribed.set(box, []);
  return undescribed.get(box);
}

const inputOf = (box) => box.querySelector("[data-alt-ask] input");

/* Ask about the first of them, or about none. */
function askNext(box) {
  const ask = box.querySelector("[data-alt-ask]");
  const [next] = toDescribe(box);
  const isNew = Boolean(next) && ask.dataset.path !== next.path;
  ask.hidden = !next;
  ask.dataset.path = next?.path || "";
  if (isNew) inputOf(box).value = "";
  ask.querySelector("[data-alt-name]").textContent = next?.name || "";
  sayWanted(box, "");
  return Boolean(next);
}

const sayWanted = (box, words) => (box.querySelector("[data-alt-wanted]").textContent = words);

/* The words for the picture that is asked about; `none`: it needs none. Then on to the next picture, or back to the text. */
function describe(box, { none = false } = {}) {
  const plain = inputOf(box).value.trim().replace(/([[\]\\])/g, "\\$1").replace(/\s+/g, " ");
  if (!plain && !none) {
    sayWanted(box, box.querySelector("[data-alt-ask]").dataset.wanted);
    return inputOf(box).focus();
  }
  const area = areaOf(box);
  const { path } = toDescribe(box).shift();
  if (!none) replaceOnce(area, `![](${path})`, `![${plain}](${path})`);
  say(box, "");
  if (askNext(box)) inputOf(box).focus();
  else area.focus();
}

document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-alt-ask]")?.closest("[data-attach]");
  if (box) sayWanted(box, "");
});

/* ── How files come ────────────────────────────────────────────────────── */

document.addEventListener("change", async (event) => {
  const input = event.target;
  const box = input.matches?.('[data-attach] input[type="file"]') && input.closest("[data-attach]");
  if (!box || !input.files.length || !box.dataset.atOnce) return;
  delete box.dataset.atOnce;
  const files = [...input.files];
  input.value = "";
  await sendAll(areaOf(box), files);
});

document.addEventListener("click", async (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const choose = target?.closest("[data-choose-file]");
  if (choose) {
    const box = document.querySelector(`[data-attach="${choose.dataset.chooseFile}"]`);
    box.dataset.atOnce = "yes";
    box.querySelector('input[type="file"]').click();
    return;
  }
  const box = target?.closest("[data-attach]");
  if (!box) return;
  if (target.closest("[data-describe]")) describe(box);
  if (target.closest("[data-describe-not]")) describe(box, { none: true });
  if (target.closest("[data-attach-send]")) {
    event.preventDefault();
    await sendChosen(box);
  }
});

/* The file in the form of its own, with the words beside it: they stay until it has arrived. */
async function sendChosen(box) {
  const input = box.querySelector('input[type="file"]');
  const words = box.querySelector("[data-alt] input");
  const files = [...input.files];
  if (!files.length) {
    say(box, box.dataset.missing);
    return input.focus();
  }
  input.value = "";
  const fold = box.querySelector("details");
  if (!(await sendAll(areaOf(box), files, { words: words.value }))) return;
  words.value = "";
  fold.open = false;
}

const carriesFiles = (data) => [...(data?.types || [])].includes("Files");

document.addEventListener("dragover", (event) => {
  const area = event.target.closest?.("textarea[data-editor]");
  if (!area || !carriesFiles(event.dataTransfer) || !boxOf(area)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  area.classList.add("is-over");
});

for (const end of ["dragleave", "drop"]) {
  document.addEventListener(end, (event) => event.target.classList?.remove("is-over"));
}

document.addEventListener("drop", (event) => {
  const area = event.target.closest?.("textarea[data-editor]");
  if (!area || !event.dataTransfer.files.length || !boxOf(area)) return;
  event.preventDefault();
  sendAll(area, [...event.dataTransfer.files]);
});

document.addEventListener("paste", (event) => {
  const area = event.target.closest?.("textarea[data-editor]");
  const files = [...(event.clipboardData?.files || [])];
  // A table copied from a spreadsheet comes as a picture, too: its words are what was meant.
  if (!area || !files.length || event.clipboardData.types.includes("text/plain") || !boxOf(area)) return;
  event.preventDefault();
  sendAll(area, files, { asks: false });
});

/* ── Marks around what is selected, and more keys ──────────────────────── */

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-mark]") : null;
  const area = button && document.getElementById(button.closest("markdown-toolbar")?.getAttribute("for"));
  if (!area) return;
  const [start, end, mark] = [area.selectionStart, area.selectionEnd, button.dataset.mark];
  put(area, start, end, mark + area.value.slice(start, end) + mark);
  area.focus();
  area.setSelectionRange(start + mark.length, end + mark.length);
});

document.addEventListener("keydown", (event) => {
  const within = event.target instanceof Element ? event.target : null;
  if (within?.matches("[data-alt-ask] input") && event.key === "Enter") {
    event.preventDefault();
    describe(within.closest("[data-attach]"));
  }
  // Ctrl or Cmd, Shift and P: how it will look.
  const wanted = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "p";
  if (!wanted || !within?.matches("textarea[data-editor]")) return;
  event.preventDefault();
  within.form?.querySelector('button[name="preview"]')?.click();
});
