/* What the editor gains: files by choosing, dragging and pasting, marks that the toolbar does not know, more keys.
   Without this file the editor's own form does the same by loading a page. A module: it runs once, wherever it stands. */

const areaOf = (box) => document.getElementById(box.dataset.attach);
const boxOf = (area) => document.querySelector(`[data-attach="${area.id}"]`);

/* ── Writing into the text, so that the browser's own undo still works ───── */

function put(area, start, end, text) {
  const before = document.activeElement;
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (before !== area && before instanceof HTMLElement) before.focus({ preventScroll: true });
}

function replaceOnce(area, old, text) {
  const at = area.value.indexOf(old);
  if (at < 0) return false;
  const [start, end] = [area.selectionStart, area.selectionEnd];
  const moved = (place) => (place <= at ? place : Math.max(at + text.length, place + text.length - old.length));
  put(area, at, at + old.length, text);
  area.setSelectionRange(moved(start), moved(end));
  return true;
}

/* ── Files ─────────────────────────────────────────────────────────────── */

let count = 0;

async function send(area, box, file, words) {
  const said = box.querySelector("[data-attach-said]");
  const sending = box.dataset.sending.replace("{name}", file.name);
  const holder = `![${sending.replace(/[[\]\\]/g, "")} ${++count}]()`;
  const front = area.selectionStart > 0 && !/\n\n$/.test(area.value.slice(0, area.selectionStart)) ? "\n\n" : "";
  put(area, area.selectionStart, area.selectionEnd, `${front}${holder}\n`);
  said.textContent = sending;
  const form = new FormData();
  form.set("csrf_token", area.form.elements.csrf_token.value);
  form.set("alt", words);
  form.set("file", file, file.name || "picture.png");
  let answer = {};
  let arrived = false;
  try {
    const response = await fetch(box.dataset.url, { method: "POST", body: form, headers: { Accept: "application/json" } });
    answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : {};
    arrived = response.ok && Boolean(answer.markdown);
  } catch {
    // said below
  }
  if (!arrived) {
    replaceOnce(area, `${holder}\n`, "");
    said.textContent = answer.sentence || box.dataset.failed;
    return;
  }
  if (!replaceOnce(area, holder, answer.markdown)) put(area, area.value.length, area.value.length, `\n${answer.markdown}\n`);
  said.textContent = "";
  if (answer.image && !words) askForWords(box, answer.path);
}

function askForWords(box, path) {
  const ask = box.querySelector("[data-alt-ask]");
  ask.dataset.path = path;
  ask.hidden = false;
  ask.querySelector("input").value = "";
}

function describe(box, words) {
  const ask = box.querySelector("[data-alt-ask]");
  const plain = words.trim().replace(/([[\]\\])/g, "\\$1").replace(/\s+/g, " ");
  if (plain) replaceOnce(areaOf(box), `![](${ask.dataset.path})`, `![${plain}](${ask.dataset.path})`);
  ask.hidden = true;
  areaOf(box).focus();
}

async function sendAll(area, files, words = "") {
  const box = boxOf(area);
  if (!box) return false;
  for (const file of files) await send(area, box, file, words);
  return true;
}

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
  if (target.closest("[data-describe]")) describe(box, box.querySelector("[data-alt-ask] input").value);
  if (target.closest("[data-describe-not]")) describe(box, "");
  const sending = target.closest("[data-attach-send]");
  const input = box.querySelector('input[type="file"]');
  if (sending) {
    event.preventDefault();
    if (!input.files.length) return void input.focus();
    const words = box.querySelector("[data-alt] input");
    const files = [...input.files];
    const said = words.value;
    input.value = words.value = "";
    box.querySelector("details").open = false;
    await sendAll(areaOf(box), files, said);
  }
});

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
  sendAll(area, files);
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
  if (within?.closest("[data-alt-ask]") && event.key === "Enter") {
    event.preventDefault();
    describe(within.closest("[data-attach]"), within.value);
  }
  // Ctrl or Cmd, Shift and P: how it will look.
  const wanted = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "p";
  if (!wanted || !within?.matches("textarea[data-editor]")) return;
  event.preventDefault();
  within.form?.querySelector('button[name="preview"]')?.click();
});
