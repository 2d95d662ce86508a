/* Typing, keys and pasting. */
import { $, fill, say } from "./dom.js";
import { isBox, targetOf } from "./boxes.js";
import { total } from "./equations.js";
import { next } from "./findings.js";
import { bubble } from "./marks.js";
import { choose, offer } from "./names.js";
import { NUMBER } from "./numbers.js";
import { laidOut, pasted } from "./paste.js";
import { numbers, stored, words } from "./report.js";
import { remember, save } from "./server.js";
import { change, part, redo, undo } from "./steps.js";

export function listen() {
  document.addEventListener("input", typed);
  document.addEventListener("focusin", entered);
  document.addEventListener("pointerover", ({ target }) => { if (target.dataset && target.dataset.figure && target.className) bubble(target); });
  document.addEventListener("keydown", pressed);
  document.addEventListener("paste", fillIn);
}

function typed({ target: box }) {
  if (!isBox(box)) return;
  const target = targetOf(box);
  change([[target, stored(target), box.value]], { typed: true });
  if (box.dataset.figure) bubble(box);
  if (box.dataset.text) offer(box);
}

function entered({ target: box }) {
  part();
  if (box.dataset.figure) box.select();
  if (box.dataset.figure || box.dataset.particular) bubble(box); else $("bubble").hidden = true;
  if (!box.dataset.text) $("names").hidden = true;
}

const CONTROL = { z: undo, y: redo, s: save };
const KEYS = {
  F8: ({ shiftKey }) => next(shiftKey ? -1 : 1),
  Escape: () => { $("bubble").hidden = true; $("names").hidden = true; },
};

function pressed(event) {
  const { key, altKey, shiftKey, target: box } = event;
  const control = event.ctrlKey || event.metaKey;
  const act = control && !altKey ? (key.toLowerCase() === "z" && shiftKey ? redo : CONTROL[key.toLowerCase()]) : KEYS[key];
  if (act) { event.preventDefault(); act(event); return; }
  if (!box.dataset) return;
  if (box.dataset.text) { if (!$("names").hidden) choose(event); return; }
  if (!box.dataset.figure) return;
  if (altKey && (key === "=" || key === "≠")) { event.preventDefault(); sum(box); return; }
  const way = altKey || control ? "" : wayOf(event);
  if (!way) return;
  event.preventDefault();
  const to = neighbour(box, way);
  if (to) { to.focus(); to.scrollIntoView({ block: "nearest", inline: "nearest" }); }
}

/* Within a text that is not selected whole, arrows move from letter to letter. */
function wayOf({ key, shiftKey, target: box }) {
  const whole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
  if (key === "Enter") return shiftKey ? "up" : "down";
  if (key === "ArrowDown") return "down";
  if (key === "ArrowUp") return "up";
  if (key === "ArrowLeft" && (whole || box.selectionEnd === 0)) return "left";
  if (key === "ArrowRight" && (whole || box.selectionStart === box.value.length)) return "right";
  return "";
}

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

function sum(box) {
  const target = targetOf(box), text = total(box.dataset.figure);
  if (text !== null) change([[target, stored(target), text]]);
}

function fillIn(event) {
  const box = event.target;
  if (!box.dataset || !box.dataset.figure) return;
  const block = pasted(event.clipboardData);
  if (!block) return;
  event.preventDefault();
  const { pairs, over } = laidOut(block, box);
  const count = pairs.length, left = over.filter((text) => numbers.read(text, "count").state === NUMBER).length;
  change(pairs.map(([to, text]) => [targetOf(to), stored(targetOf(to)), text]));
  const remark = count && !left ? "" : fill(count ? words.pasted_some : words.pasted_none, { count, left });
  remember(remark);
  say(remark || fill(words.pasted, { count }));
}
