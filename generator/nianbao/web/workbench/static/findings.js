/* What was found: the list at the side, and what is done about an entry of it. */
import { $, fill, make, say } from "./dom.js";
import { boxOf, unfold } from "./boxes.js";
import { together, mended } from "./mends.js";
import { open, report, stored, tell, words } from "./report.js";
import { post, save, settle, take } from "./server.js";
import { change } from "./steps.js";

let following = null; // the place in the list to go on from, once it is told anew
let at = -1; // of those that lead to a box, the one that was jumped to last

export function list() {
  const found = open(), panel = $("findings");
  const many = (severity) => found.filter((finding) => finding.severity === severity).length;
  const counts = { errors: many("error"), warnings: many("warning"), notices: many("notice") };
  const focused = document.activeElement && document.activeElement.dataset.finding;
  $("count").textContent = found.length || "";
  panel.textContent = "";
  panel.append(make("p", { className: "tally", textContent: found.length ? fill(words.counts, counts) : words.none }),
    ...remedies(found), make("ol", { className: "findings" }, ...found.map(entry)));
  const settled = report.findings.filter(({ decision }) => decision);
  if (settled.length) {
    panel.append(make("details", {}, make("summary", { textContent: fill(words.settled, { count: settled.length }) }),
      make("ol", { className: "findings" }, ...settled.map(entry))));
  }
  const button = focused && panel.querySelector(`[data-finding="${focused}"]`);
  if (button) button.focus();
  if (following !== null) moveOn(found);
}

function entry(finding) {
  const jumps = make("button", { className: "jump", disabled: !finding.targets.length },
    make("b", { textContent: `${finding.word} ` }), finding.where ? `${finding.where}：` : "", `${finding.what}。`);
  jumps.dataset.finding = finding.id;
  jumps.addEventListener("click", () => jump(finding));
  const line = make("li", { className: finding.severity }, jumps, make("small", { textContent: `${finding.mend}。` }));
  if (finding.decision) {
    const { who, why } = finding.decision;
    const before = JSON.stringify(report.values.decisions[finding.id]);
    line.append(make("p", { textContent: `${who}：${why}` }), link(words.undecide, () => change([[`decision:${finding.id}`, before, ""]])));
    return line;
  }
  if (finding.edits && finding.edits.length) line.append(...remedy(finding));
  if (finding.file) line.append(link(words.known, () => dismiss(finding)));
  else if (finding.decidable) {
    const asks = link(words.decide, () => asks.replaceWith(question(finding)));
    line.append(asks);
  }
  return line;
}

function link(text, act) {
  const button = make("button", { className: "link", textContent: text });
  button.addEventListener("click", act);
  return button;
}

/* ---------------------------------------------------------------- to where it is */

export function jump(finding, target = finding.targets[0]) {
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
function showLine(box, from) {
  const place = box.getBoundingClientRect();
  if (place.height < innerHeight / 2) return;
  const across = Math.max(1, Math.floor(box.clientWidth / parseFloat(getComputedStyle(box).fontSize)));
  const rows = (text) => text.split("\n").reduce((total, line) => total + Math.ceil((line.length || 1) / across), 0);
  scrollBy(0, place.top + place.height * (rows(box.value.slice(0, from)) / rows(box.value)) - innerHeight / 2);
}

/* The next one, or the one before; round and round. */
export function next(step) {
  const leading = open().filter(({ targets }) => targets.length);
  if (!leading.length) return;
  at = (at + step + leading.length) % leading.length;
  jump(leading[at]);
}

/* ---------------------------------------------------------------- mended by one click */

const short = (text) => (text.length > 24 ? `${text.slice(0, 12)}…${text.slice(-11)}` : text);

/* What mends a finding by one click: the words before and after, and the button. */
function remedy({ id, edits }) {
  const several = new Map(edits.map((edit) => [`${edit.was}\n${edit.becomes}`, edit]));
  const shown = [...several.values()].slice(0, 3).map(({ was, becomes }) => make("span", {}, make("del", { textContent: short(was) }),
    becomes && " → ", becomes && make("ins", { textContent: short(becomes) })));
  const [{ becomes }] = edits;
  const text = several.size > 1 ? fill(words.fix_several, { count: edits.length }) : becomes ? fill(words.fix, { text: short(becomes) }) : words.remove;
  const button = make("button", { className: "mend", textContent: text });
  button.addEventListener("click", () => mend(edits, id));
  return [make("p", { className: "words" }, ...shown, several.size > 3 ? "…" : ""), button, " "];
}

/* Everything that is certain by itself, by one click. */
function remedies(found) {
  const sure = found.filter(({ edits, alone }) => edits && edits.length && !alone);
  if (sure.length < 2) return [];
  const edits = together(sure);
  const button = make("button", { className: "button", id: "mend-all", textContent: fill(words.fix_all, { count: edits.length }) });
  button.addEventListener("click", () => mend(edits));
  return [make("p", {}, button)];
}

function mend(edits, id) {
  const steps = mended(edits, stored);
  if (steps.every(([, before, after]) => before === after)) return;
  following = id ? open().findIndex((finding) => finding.id === id) : 0;
  change(steps);
  save();
}

function moveOn(found) {
  const items = document.querySelectorAll("#findings > .findings > li");
  const item = items[Math.min(following, items.length - 1)];
  following = null;
  if (!item) { $("findings").focus(); return; }
  (item.querySelector(".mend") || item.querySelector("button:not(:disabled)") || $("findings")).focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  const [target] = found[[...items].indexOf(item)].targets;
  const box = target && boxOf(target);
  if (!box || getComputedStyle($("side")).position !== "sticky") return; // else the list would scroll away
  unfold(box);
  box.scrollIntoView({ block: "center" });
}

/* ---------------------------------------------------------------- answered for, or known */

async function dismiss(finding) {
  try {
    await settle();
    take(await post(`/draft/${report.key}/known/${finding.id}`), words.saved);
  } catch (error) { say(error.message); }
}

function question(finding) {
  const who = make("input", { required: true, name: "who", value: report.values.decided_by || "" });
  const why = make("input", { required: true, name: "why" });
  const cancels = make("button", { className: "button", type: "button", textContent: words.cancel });
  cancels.addEventListener("click", () => tell("findings"));
  const form = make("form", { className: "decide" }, make("label", {}, words.who, who), make("label", {}, words.why, why),
    make("button", { className: "button", textContent: words.confirm }), cancels);
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
