/* The page on which a report is filled in: its boxes, what is found in them, and what is made of them. */
import { NUMBER, Numbers, ZERO, unequal, written } from "/static/numbers.js";
import { laidOut, pasted } from "/static/paste.js";
import { mended, together } from "/static/mends.js";

const data = JSON.parse(document.getElementById("data").textContent);
const { rules, words, key: draft } = data;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const numbers = new Numbers(rules.number);
const $ = (id) => document.getElementById(id);
const figures = new Map(), texts = new Map(), particulars = new Map();
for (const box of document.querySelectorAll("[data-figure]")) figures.set(box.dataset.figure, box);
for (const box of document.querySelectorAll("[data-text]")) texts.set(box.dataset.text, box);
for (const box of document.querySelectorAll("[data-particular]")) particulars.set(box.dataset.particular, box);

let values = data.values, last = data.last, revision = data.revision, findings = data.findings;
let pause = null, busy = false, again = false, dirty = false, made = null;
let refused = false; // something in the boxes was not kept
let notice = ""; // what stays to be read beside 已保存 until the next change
const undone = [], done = [];

const say = (text) => { $("state").textContent = text; };
const fill = (text, words_) => text.replace(/\{(\w+)\}/g, (_, name) => words_[name]);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/* ---------------------------------------------------------------- what stands in the boxes */

function boxOf(target) {
  const [area, ...rest] = target.split(":");
  if (area === "figure") return figures.get(rest[0]);
  if (area === "particular") return particulars.get(rest[0]);
  if (area === "paragraph") return texts.get(rest[0]);
  return texts.get(rest[0]) || $(`section:${rest[0]}`);
}

function stored(target) {
  const [area, name] = target.split(":");
  if (area === "figure") return values.figures[name] || "";
  return (area === "particular" ? values.particulars : values.texts)[name] || "";
}

function store(target, text) {
  const [area, name] = target.split(":");
  const where = area === "figure" ? values.figures : area === "particular" ? values.particulars : values.texts;
  if (text === "") delete where[name]; else where[name] = text;
  if (area === "figure") values.as_text = values.as_text.filter((key) => key !== name);
}

function targetOf(box) {
  const { figure, particular, text } = box.dataset;
  return figure ? `figure:${figure}` : particular ? `particular:${particular}` : `paragraph:${text}`;
}

function show(box) {
  const text = stored(targetOf(box));
  if (box.value !== text) box.value = text;
  if (box.dataset.text) grow(box);
}

/* What is folded away and has something in it, or is jumped to, is unfolded. */
function unfold(box) {
  const fold = box.closest("details");
  if (fold) fold.open = true;
}

function showAll() {
  for (const box of particulars.values()) if (stored(targetOf(box))) unfold(box);
  for (const box of [...figures.values(), ...texts.values(), ...particulars.values()]) show(box);
  for (const mark of document.querySelectorAll("[data-last]")) {
    mark.textContent = last ? last.figures[mark.dataset.last] || "" : "";
  }
  document.body.classList.toggle("with-last", Boolean(last));
  $("last-name").textContent = last ? fill(words.last_on, { name: data.last_name }) : "";
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

/* Below a text with names in braces, how it will be printed. */
function preview(box) {
  const place = document.querySelector(`[data-preview="${box.dataset.text}"]`);
  const names = new Map(Object.entries(rules.slots).map(([key, { name }]) => [name, values.figures[key] || ""]));
  let known = false;
  const lines = box.value.split("\n").filter((line) => /\{[^{}]*\}/.test(line)).map((line) => {
    const parts = line.split(/(\{[^{}]*\})/).map((part) => {
      const name = part.slice(1, -1).replace(/\s/g, "");
      if (!/^\{.*\}$/.test(part) || !names.get(name)) return part;
      known = true;
      return make("b", { textContent: names.get(name) });
    });
    return make("p", {}, ...parts);
  });
  place.textContent = "";
  place.hidden = !known;
  if (known) place.append(make("small", { textContent: words.printed }), ...lines);
}

/* A change of several boxes at once: [[target, before, after], …]; it can be undone. */
function change(steps, { typed = false } = {}) {
  steps = steps.filter(([, before, after]) => before !== after);
  if (!steps.length || data.closed) return;
  const previous = done[done.length - 1];
  if (typed && previous && previous.typed && previous.steps[0][0] === steps[0][0]) previous.steps[0][2] = steps[0][2];
  else done.push({ steps, typed });
  undone.length = 0;
  put(steps.map(([target, , after]) => [target, after]));
}

function put(pairs, focus = false) {
  notice = "";
  for (const [target, text] of pairs) {
    if (target.startsWith("decision:")) decideAs(target.slice(9), text);
    else { store(target, text); show(boxOf(target)); }
  }
  if (focus) {
    const box = boxOf(pairs[0][0]);
    if (box) { box.focus(); box.scrollIntoView({ block: "nearest" }); }
  }
  buttons();
  count();
  later();
}

function buttons() {
  $("undo").disabled = !done.length;
  $("redo").disabled = !undone.length;
}

function undo() {
  const step = done.pop();
  if (!step) return;
  undone.push(step);
  put(step.steps.map(([target, before]) => [target, before]), true);
}

function redo() {
  const step = undone.pop();
  if (!step) return;
  done.push({ ...step, typed: false });
  put(step.steps.map(([target, , after]) => [target, after]), true);
}

/* ---------------------------------------------------------------- saving and checking */

function later() {
  dirty = true;
  say(words.saving);
  if (made) stale();
  clearTimeout(pause);
  pause = setTimeout(save, 250);
}

async function save() {
  if (busy) { again = true; return; }
  busy = true;
  again = dirty = false;
  say(words.saving);
  try {
    const response = await fetch(`/draft/${draft}/values`, {
      method: "PUT", body: JSON.stringify(values), headers: { "If-Match": revision, "X-CSRFToken": token, "Content-Type": "application/json" },
    });
    const answer = await response.json();
    if (response.status === 409) take(answer, words.conflict);
    else if (response.ok) {
      ({ revision, findings } = answer);
      refused = false;
      title(answer.title);
      say(notice ? `${words.saved}。${notice}` : words.saved);
      tell();
    } else {
      refused = true;
      say(answer.problems.join(" "));
    }
  } catch (error) {
    dirty = true;
    say(words.offline);
    setTimeout(save, 2000);
  } finally {
    busy = false;
    if (again) save();
  }
}

/* What the server has, for this page. */
function take(state, message) {
  ({ values, last, revision, findings } = state);
  data.last_name = state.last_name;
  done.length = undone.length = 0;
  title(state.title);
  showAll(); buttons(); count(); tell();
  say(message);
}

function title(text) {
  $("title").textContent = document.title = text;
}

/* ---------------------------------------------------------------- 勾稽 at every key */

let apart = [];

function count() {
  const read = {};
  for (const [name, { kind, unit }] of Object.entries(rules.slots)) {
    read[name] = numbers.read(values.figures[name] || "", kind, unit);
  }
  apart = unequal(rules, read);
  const wrong = new Set(apart.flatMap(({ equation }) => [...equation.left, ...equation.right]));
  for (const [name, box] of figures) box.classList.toggle("apart", wrong.has(name));
  for (const box of texts.values()) preview(box);
  return read;
}

function sums(name) {
  return apart.filter(({ equation }) => equation.left.includes(name) || equation.right.includes(name))
    .map(({ equation, left, right, excess }) => `${equation.rule}（${equation.where}）：${fill(words.differs, {
      left: written(left), right: written(right), by: written(excess < ZERO ? -excess : excess) })}`);
}

/* ---------------------------------------------------------------- findings, beside and in the list */

function of(target) {
  const plain = target.replace(/^(paragraph:[^:]*).*$/, "$1");
  return findings.filter((finding) => !finding.decision && finding.targets.some((one) => one === target || one.startsWith(`${plain}:`) || one === plain.replace("paragraph", "section")));
}

function tell() {
  const open = findings.filter(({ decision }) => !decision);
  const many = (severity) => open.filter((finding) => finding.severity === severity).length;
  const total = { errors: many("error"), warnings: many("warning"), notices: many("notice") };
  $("count").textContent = open.length || "";
  const panel = $("findings");
  const focused = document.activeElement && document.activeElement.dataset.finding;
  panel.textContent = "";
  panel.append(make("p", { className: "tally", textContent: open.length ? fill(words.counts, total) : words.none }));
  panel.append(...remedies(open), make("ol", { className: "findings" }, ...open.map(item)));
  const settled = findings.filter(({ decision }) => decision);
  if (settled.length) {
    panel.append(make("details", {}, make("summary", { textContent: fill(words.settled, { count: settled.length }) }),
      make("ol", { className: "findings" }, ...settled.map(item))));
  }
  if (focused) { const button = panel.querySelector(`[data-finding="${focused}"]`); if (button) button.focus(); }
  beside(open);
  if (following !== null) moveOn(open);
}

/* What mends a finding by one click: the words before and after, and the button. */
function remedy({ id, edits }) {
  const several = new Map(edits.map((edit) => [`${edit.was}\n${edit.becomes}`, edit]));
  const shown = [...several.values()].slice(0, 3).map(({ was, becomes }) => make("span", {}, make("del", { textContent: short(was) }), becomes && " → ",
    becomes && make("ins", { textContent: short(becomes) })));
  const [{ becomes }] = edits;
  const text = several.size > 1 ? fill(words.fix_several, { count: edits.length }) : becomes ? fill(words.fix, { text: short(becomes) }) : words.remove;
  const button = make("button", { className: "mend", textContent: text });
  button.addEventListener("click", () => mend(edits, id));
  return [make("p", { className: "words" }, ...shown, several.size > 3 ? "…" : ""), button, " "];
}

const short = (text) => (text.length > 24 ? `${text.slice(0, 12)}…${text.slice(-11)}` : text);

/* Everything that is certain by itself, by one click. */
function remedies(open) {
  const sure = open.filter(({ edits, alone }) => edits && edits.length && !alone);
  if (sure.length < 2) return [];
  const edits = together(sure);
  const button = make("button", { className: "button", id: "mend-all", textContent: fill(words.fix_all, { count: edits.length }) });
  button.addEventListener("click", () => mend(edits));
  return [make("p", {}, button)];
}

let following = null; // the place in the list to go on from, once it is told anew

function mend(edits, id) {
  const open = findings.filter(({ decision }) => !decision);
  const steps = mended(edits, stored);
  if (steps.every(([, before, after]) => before === after)) return;
  following = id ? open.findIndex((finding) => finding.id === id) : 0;
  change(steps);
  clearTimeout(pause);
  save();
}

function moveOn(open) {
  const items = document.querySelectorAll("#findings > .findings > li");
  const item = items[Math.min(following, items.length - 1)];
  following = null;
  if (!item) { $("findings").focus(); return; }
  (item.querySelector(".mend") || item.querySelector("button:not(:disabled)") || $("findings")).focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  const [target] = open[[...items].indexOf(item)].targets;
  const box = target && boxOf(target);
  if (!box || getComputedStyle($("side")).position !== "sticky") return; // else the list would scroll away
  unfold(box);
  box.scrollIntoView({ block: "center" });
}

function item(finding) {
  const button = make("button", { className: "jump" },
    make("b", { textContent: `${finding.word} ` }), finding.where ? `${finding.where}：` : "", `${finding.what}。`);
  button.dataset.finding = finding.id;
  button.disabled = !finding.targets.length;
  button.addEventListener("click", () => jump(finding));
  const line = make("li", { className: finding.severity }, button, make("small", { textContent: `${finding.mend}。` }));
  if (finding.decision) {
    const { who, why } = finding.decision;
    const back = make("button", { className: "link", textContent: words.undecide });
    back.addEventListener("click", () => change([[`decision:${finding.id}`, JSON.stringify(values.decisions[finding.id]), ""]]));
    line.append(make("p", { textContent: `${who}：${why}` }), back);
    return line;
  }
  if (finding.edits && finding.edits.length) line.append(...remedy(finding));
  if (finding.file) {
    const known = make("button", { className: "link", textContent: words.known });
    known.addEventListener("click", () => dismiss(finding));
    line.append(known);
  } else if (finding.decidable) {
    const ask = make("button", { className: "link", textContent: words.decide });
    ask.addEventListener("click", () => { ask.replaceWith(question(finding)); });
    line.append(ask);
  }
  return line;
}

async function dismiss(finding) {
  try {
    await settle();
    take(await post(`/draft/${draft}/known/${finding.id}`), words.saved);
  } catch (error) { say(error.message); }
}

function question(finding) {
  const who = make("input", { required: true, name: "who", value: values.decided_by || "" });
  const why = make("input", { required: true, name: "why" });
  const form = make("form", { className: "decide" }, make("label", {}, words.who, who), make("label", {}, words.why, why),
    make("button", { className: "button", textContent: words.confirm }),
    Object.assign(make("button", { className: "button", type: "button", textContent: words.cancel }), { onclick: tell }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const now = new Date();
    const when = `${now.getFullYear()}年${now.getMonth() + 1}月${now.getDate()}日`;
    const decision = { who: who.value.trim(), why: why.value.trim(), when, finding: finding.what };
    change([[`decision:${finding.id}`, "", JSON.stringify(decision)]]);
  });
  setTimeout(() => (who.value ? why : who).focus());
  return form;
}

function decideAs(fingerprint, text) {
  if (text) values.decisions[fingerprint] = JSON.parse(text); else delete values.decisions[fingerprint];
}

function beside(open) {
  const worst = new Map();
  const order = ["notice", "warning", "error"];
  for (const finding of open) {
    for (const target of finding.targets) {
      const box = boxOf(target);
      if (box && order.indexOf(finding.severity) > order.indexOf(worst.get(box))) worst.set(box, finding.severity);
    }
  }
  for (const box of [...figures.values(), ...texts.values(), ...particulars.values()]) {
    box.classList.remove(...order);
    if (worst.has(box)) box.classList.add(worst.get(box));
    if (worst.get(box) === "error") box.setAttribute("aria-invalid", "true"); else box.removeAttribute("aria-invalid");
  }
  for (const list of document.querySelectorAll("[data-beside]")) {
    const name = list.dataset.beside;
    list.textContent = "";
    for (const finding of open) {
      const spots = finding.targets.filter((target) => target.split(":")[1] === name && !target.startsWith("figure"));
      if (!spots.length) continue;
      const number = spots[0].split(":")[2];
      const place = number ? `${fill(words.paragraph, { number })}：` : "";
      const button = make("button", { className: "jump" }, make("b", { textContent: `${finding.word} ` }), `${place}${finding.what}。`);
      button.addEventListener("click", () => jump(finding, spots[0]));
      list.append(make("li", { className: finding.severity }, button));
    }
  }
  if (document.activeElement && document.activeElement.dataset && document.activeElement.dataset.figure) bubble(document.activeElement);
}

function jump(finding, target = finding.targets[0]) {
  const box = boxOf(target);
  if (!box) return;
  unfold(box);
  box.scrollIntoView({ block: "center" });
  box.focus({ preventScroll: true });
  const [area, , number] = target.split(":");
  if (area === "paragraph" && number) select(box, Number(number));
}

/* Select the nth paragraph that is not blank. */
function select(box, number) {
  let start = 0, seen = 0;
  for (const line of box.value.split("\n")) {
    if (line.trim()) seen += 1;
    if (seen === number && line.trim()) {
      box.setSelectionRange(start, start + line.length);
      showLine(box, start);
      return;
    }
    start += line.length + 1;
  }
}

/* Of a text that is longer than the window, the line at a place: browsers show the middle of the box. */
function showLine(box, at) {
  const place = box.getBoundingClientRect();
  if (place.height < innerHeight / 2) return;
  const across = Math.max(1, Math.floor(box.clientWidth / parseFloat(getComputedStyle(box).fontSize)));
  const rows = (text) => text.split("\n").reduce((count, line) => count + Math.ceil((line.length || 1) / across), 0);
  scrollBy(0, place.top + place.height * (rows(box.value.slice(0, at)) / rows(box.value)) - innerHeight / 2);
}

/* The words on a box, below it, while it has the focus or the pointer. */
function bubble(box) {
  const target = targetOf(box);
  const told = of(target).filter(({ code }) => !dirty || !rules.codes.includes(code)).map(({ word, what, mend }) => `${word}：${what}。${mend}。`);
  const lines = [...(dirty && box.dataset.figure ? sums(box.dataset.figure) : []), ...told];
  const note = $("bubble");
  note.hidden = !lines.length;
  if (!lines.length) { box.removeAttribute("aria-describedby"); return; }
  note.textContent = "";
  note.append(...lines.map((text) => make("p", { textContent: text })));
  const place = box.getBoundingClientRect();
  const width = Math.min(360, innerWidth - 16);
  note.style.width = `${width}px`;
  note.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8)) + scrollX}px`;
  note.style.top = `${place.bottom + 4 + scrollY}px`;
  box.setAttribute("aria-describedby", "bubble");
}

/* ---------------------------------------------------------------- typing, keys, pasting */

document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.dataset || !(box.dataset.figure || box.dataset.text || box.dataset.particular)) return;
  const target = targetOf(box);
  change([[target, stored(target), box.value]], { typed: true });
  if (box.dataset.figure) bubble(box);
  if (box.dataset.text) offer(box);
});
document.addEventListener("focusin", (event) => {
  const box = event.target;
  const previous = done[done.length - 1];
  if (previous) previous.typed = false;
  if (box.dataset && box.dataset.figure) { box.select(); bubble(box); } else if (box.dataset && box.dataset.particular) bubble(box); else $("bubble").hidden = true;
  if (!box.dataset || !box.dataset.text) $("names").hidden = true;
});
document.addEventListener("pointerover", (event) => {
  if (event.target.dataset && event.target.dataset.figure && event.target.className) bubble(event.target);
});

/* The box that stands where a key leads to from another one of the same table. */
function neighbour(box, way) {
  const from = box.getBoundingClientRect();
  const across = way === "left" || way === "right";
  const ahead = way === "right" || way === "down" ? 1 : -1;
  let best = null, least = Infinity;
  for (const other of box.closest("table").querySelectorAll("input")) {
    const to = other.getBoundingClientRect();
    const [near, far] = across ? [to.left - from.left, to.top - from.top] : [to.top - from.top, to.left - from.left];
    if (other === box || near * ahead <= 1) continue;
    if (across && Math.abs(far) > 1) continue;
    const cost = Math.abs(near) * (across ? 1 : 1000) + Math.abs(far + (across ? 0 : (to.width - from.width) / 2));
    if (cost < least) { least = cost; best = other; }
  }
  return best;
}

function total(box) {
  const { parts, kind, unit } = rules.slots[box.dataset.figure];
  if (!parts.length) return;
  const read = parts.map((part) => numbers.read(values.figures[part] || "", rules.slots[part].kind, rules.slots[part].unit));
  const sum = read.reduce((whole, { amount }) => whole + amount, ZERO);
  const target = targetOf(box);
  change([[target, stored(target), written(sum)]]);
}

document.addEventListener("keydown", (event) => {
  const box = event.target, { key } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && key.toLowerCase() === "z") { event.preventDefault(); if (event.shiftKey) redo(); else undo(); return; }
  if (control && !event.altKey && key.toLowerCase() === "y") { event.preventDefault(); redo(); return; }
  if (control && !event.altKey && key.toLowerCase() === "s") { event.preventDefault(); save(); return; }
  if (key === "F8") { event.preventDefault(); next(event.shiftKey ? -1 : 1); return; }
  if (key === "Escape") { $("bubble").hidden = true; $("names").hidden = true; return; }
  if (!box.dataset) return;
  if (box.dataset.text) { if (!$("names").hidden) choose(event); return; }
  if (!box.dataset.figure) return;
  if (event.altKey && (key === "=" || key === "≠")) { event.preventDefault(); total(box); return; }
  if (event.altKey || control) return;
  const whole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
  const atStart = box.selectionEnd === 0, atEnd = box.selectionStart === box.value.length;
  const way = key === "Enter" ? (event.shiftKey ? "up" : "down")
    : key === "ArrowDown" ? "down" : key === "ArrowUp" ? "up"
    : key === "ArrowLeft" && (whole || atStart) ? "left"
    : key === "ArrowRight" && (whole || atEnd) ? "right" : "";
  if (!way) return;
  event.preventDefault();
  const to = neighbour(box, way);
  if (to) { to.focus(); to.scrollIntoView({ block: "nearest", inline: "nearest" }); }
});

let at = -1;
function next(step) {
  const open = findings.filter(({ decision, targets }) => !decision && targets.length);
  if (!open.length) return;
  at = (at + step + open.length) % open.length;
  jump(open[at]);
}

document.addEventListener("paste", (event) => {
  const box = event.target;
  if (!box.dataset || !box.dataset.figure) return;
  const block = pasted(event.clipboardData);
  if (!block) return;
  event.preventDefault();
  const { pairs, over } = laidOut(block, box);
  const count = pairs.length, left = over.filter((text) => numbers.read(text, "count").state === NUMBER).length;
  change(pairs.map(([to, text]) => [targetOf(to), stored(targetOf(to)), text]));
  notice = count && !left ? "" : fill(count ? words.pasted_some : words.pasted_none, { count, left });
  say(notice || fill(words.pasted, { count }));
});

/* ---------------------------------------------------------------- names in braces */

let offered = [], chosen = 0;

function offer(box) {
  const before = box.value.slice(0, box.selectionStart);
  const open = /\{([^{}\n]*)$/.exec(before);
  const list = $("names");
  list.hidden = true;
  if (!open) return;
  const sought = open[1].replace(/\s/g, "");
  offered = Object.entries(rules.slots).filter(([, { name }]) => name.includes(sought)).slice(0, 8);
  if (!offered.length) return;
  chosen = 0;
  list.textContent = "";
  offered.forEach(([key, { name }], number) => {
    const option = make("li", { id: `name-${number}` }, `${name} `, make("b", { textContent: values.figures[key] || "" }));
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", number === chosen);
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); chosen = number; insert(box); });
    list.append(option);
  });
  const place = box.getBoundingClientRect();
  list.style.left = `${place.left + scrollX}px`;
  list.style.top = `${place.bottom + scrollY}px`;
  list.hidden = false;
  box.setAttribute("aria-activedescendant", `name-${chosen}`);
}

function choose(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + offered.length) % offered.length;
    [...$("names").children].forEach((option, number) => option.setAttribute("aria-selected", number === chosen));
    event.target.setAttribute("aria-activedescendant", `name-${chosen}`);
  } else if (event.key === "Enter" || event.key === "Tab") {
    event.preventDefault();
    insert(event.target);
  }
}

function insert(box) {
  const at = box.selectionStart;
  const start = box.value.slice(0, at).lastIndexOf("{");
  const end = box.value[at] === "}" ? at + 1 : at;
  const name = `{${offered[chosen][1].name}}`;
  const text = box.value.slice(0, start) + name + box.value.slice(end);
  $("names").hidden = true;
  change([[targetOf(box), stored(targetOf(box)), text]]);
  box.setSelectionRange(start + name.length, start + name.length);
}

/* ---------------------------------------------------------------- last year's, making, taking home */

async function post(address, body, method = "POST") {
  const response = await fetch(address, { method, body, headers: { "X-CSRFToken": token } });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.problems.join(" ")), answer);
  return answer;
}

async function layBeside(file) {
  const body = new FormData();
  body.set("file", file, file.name);
  try {
    await settle();
    const state = await post(`/draft/${draft}/last`, body);
    ({ last, findings } = state);
    data.last_name = state.last_name;
    showAll(); tell(); menu();
    say(words.saved);
  } catch (error) { say(error.message); }
}

/* Until what was typed is kept. */
async function settle() {
  clearTimeout(pause);
  if (dirty) await save();
  while (busy) await new Promise((resolve) => setTimeout(resolve, 30));
}

$("last-file").addEventListener("change", (event) => { const [file] = event.target.files; if (file) layBeside(file); event.target.value = ""; });
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) layBeside(file);
});

let charts = false;

/* On a narrow window the pages stand below the form. */
function seeSide() {
  if (getComputedStyle($("side")).position === "static") $("side").scrollIntoView();
}

async function makeReport() {
  const panel = $("preview");
  openTab("preview");
  seeSide();
  panel.textContent = "";
  panel.append(make("p", { textContent: words.making, className: "tally" }));
  try {
    await settle();
    const { key, draft: asDraft } = await post(`/draft/${draft}/make`, charts ? new URLSearchParams({ charts: 1 }) : null);
    let state = { done: false };
    while (!state.done) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const response = await fetch(`/jobs/${key}`);
      state = await response.json();
      if (!response.ok) throw new Error(state.problems.join("\n"));
    }
    made = { key, ...state };
    panel.textContent = "";
    panel.append(make("p", { className: "tally", textContent: asDraft ? words.made_draft : fill(words.made, state) }), ways(key));
    for (let number = 1; number <= state.pages; number += 1) panel.append(picture(key, number));
    menu();
    seeSide();
  } catch (error) {
    panel.textContent = "";
    panel.append(make("p", { className: "error", textContent: `${words.not_made}${error.message}` }));
  }
}

/* What can be done with the pages: opened as PDF, which prints; made again with charts or without. */
function ways(key) {
  const open = make("a", { className: "button", href: `/made/${key}/report.pdf?open`, target: "_blank", textContent: words.print });
  const line = make("p", { className: "ways" }, open);
  if (data.charts) {
    const box = make("input", { type: "checkbox", checked: charts });
    box.addEventListener("change", () => { charts = box.checked; makeReport(); });
    line.append(make("label", {}, box, ` ${words.charts}`));
  }
  return line;
}

function picture(key, number) {
  const image = make("img", { loading: "lazy", alt: fill(words.page, { number }), src: `/made/${key}/${number}.png`, width: 893, height: 1263 });
  const button = make("button", { className: "page" }, image);
  button.addEventListener("click", async (event) => {
    const place = image.getBoundingClientRect();
    const top = (event.clientY - place.top) / place.height;
    const { spots } = await (await fetch(`/made/${key}/spots`)).json();
    const above = spots.filter((spot) => spot.page < number || (spot.page === number && spot.top <= top + 0.01));
    if (above.length) jump({ targets: [above[above.length - 1].target] });
  });
  return button;
}

function stale() {
  made = null;
  const note = $("preview").querySelector(".tally");
  if (note) note.textContent = words.stale;
  menu();
}

function menu() {
  const list = $("take").querySelector("ul");
  list.textContent = "";
  const link = (href, text) => list.append(make("li", {}, make("a", { href, textContent: text, className: "button" })));
  if (made) for (const kind of ["docx", "pdf", "html"]) link(`/made/${made.key}/report.${kind}`, words[kind === "docx" ? "word" : kind]);
  link(`/draft/${draft}/home.xlsx`, words.xlsx);
  link(`/draft/${draft}/home.json`, words.json);
  if (last) link(`/draft/${draft}/compare`, words.compare);
  const act = (text, does) => {
    const button = make("button", { className: "button", textContent: text });
    button.addEventListener("click", does);
    list.append(make("li", {}, button));
  };
  act(words.article, copyArticle);
  if (!data.office) act(words.keep, () => keep(""));
}

/* The report with its styles on the clipboard, for an editor that takes rich text. */
async function copyArticle() {
  await settle();
  const { html, text } = await (await fetch(`/draft/${draft}/article`)).json();
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
  say(words.copied);
}

async function keep(reason) {
  say(words.keeping);
  try {
    await settle();
    const body = new FormData();
    body.set("reason", reason);
    const kept = await post(`/draft/${draft}/keep`, body);
    say(kept.unchanged ? words.kept_before : fill(words.kept, kept));
  } catch (error) {
    if (error.codes && error.codes.includes("year-closed") && !reason) {
      const why = prompt(words.keep_reason);
      if (why) { keep(why); return; }
    }
    say(error.message);
  }
}

$("make").addEventListener("click", makeReport);
$("undo").addEventListener("click", undo);
$("redo").addEventListener("click", redo);
$("take").addEventListener("toggle", settle);

function openTab(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const open = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", open);
    tab.tabIndex = open ? 0 : -1;
    $(tab.getAttribute("aria-controls")).hidden = !open;
  }
  document.body.classList.toggle("previewing", name === "preview");
}
for (const tab of document.querySelectorAll("[role=tab]")) {
  tab.addEventListener("click", () => openTab(tab.getAttribute("aria-controls")));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const tabs = [...document.querySelectorAll("[role=tab]")];
    const other = tabs[(tabs.indexOf(tab) + (event.key === "ArrowLeft" ? tabs.length - 1 : 1)) % tabs.length];
    openTab(other.getAttribute("aria-controls"));
    other.focus();
  });
}

/* ---------------------------------------------------------------- begin */

for (const heading of document.querySelectorAll("#form h2")) {
  const link = make("a", { href: `#${heading.closest("section").id}`, textContent: heading.textContent });
  $("outline").append(link);
}

/* What was handed in can be read, and its text be copied, but not be changed. */
function close(reason) {
  data.closed = reason;
  document.body.classList.add("closed");
  for (const box of [...figures.values(), ...texts.values(), ...particulars.values()]) {
    if (box.tagName === "SELECT") box.disabled = true; else box.readOnly = true;
  }
  $("last-file").disabled = true;
  clearTimeout(pause);
  refused = refused || dirty;
  dirty = false;
  say(reason);
}

/* A link to a box of this page, or of another one to it; sections the browser finds by itself. */
function jumpTo() {
  const target = decodeURIComponent(location.hash.slice(1));
  if (/^(figure|particular|paragraph):/.test(target)) jump({ targets: [target] });
}
addEventListener("hashchange", jumpTo);

showAll(); count(); tell(); menu(); say(words.saved);
if (data.closed) close(data.closed);
jumpTo();
addEventListener("beforeunload", (event) => {
  if (dirty || busy) { event.preventDefault(); event.returnValue = ""; } // the latter for Chromium before 119
});
setInterval(async () => {
  try {
    const news = await (await fetch(`/news?draft=${draft}`)).json();
    if (news.closed && !data.closed) close(data.state_closed = news.closed);
    else if (news.closed === "" && data.state_closed) {
      if (refused) say(words.reopened); else location.reload();
    }
    else if (news.revision && news.revision > revision && !dirty && !busy && !refused) {
      take(await (await fetch(`/draft/${draft}/values`)).json(), data.closed || words.conflict);
    }
  } catch (error) { say(words.offline); }
}, 3000);
