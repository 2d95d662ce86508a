/* Changes of the boxes, each a step that can be undone: [[target, before, after], …]. */
import { $ } from "./dom.js";
import { boxOf, fit, show } from "./boxes.js";
import { report, store, tell } from "./report.js";

const undone = [], done = [];

/* What is typed on into the same box stays one step, until `part`. */
export function change(steps, { typed = false } = {}) {
  steps = steps.filter(([, before, after]) => before !== after);
  if (!steps.length || report.closed) return;
  const previous = done[done.length - 1];
  if (typed && previous && previous.typed && previous.steps[0][0] === steps[0][0]) previous.steps[0][2] = steps[0][2];
  else done.push({ steps, typed });
  undone.length = 0;
  put(steps.map(([target, , after]) => [target, after]));
}

export function part() {
  if (done.length) done[done.length - 1].typed = false;
}

export function undo() {
  const step = done.pop();
  if (!step) return;
  undone.push(step);
  put(step.steps.map(([target, before]) => [target, before]));
  look(step);
}

export function redo() {
  const step = undone.pop();
  if (!step) return;
  done.push({ ...step, typed: false });
  put(step.steps.map(([target, , after]) => [target, after]));
  look(step);
}

export function forget() {
  done.length = undone.length = 0;
  buttons();
}

function put(pairs) {
  for (const [target, text] of pairs) {
    if (target.startsWith("decision:")) decide(target.slice("decision:".length), text);
    else {
      const box = boxOf(target);
      store(target, text);
      show(box);
      if (box.dataset.text) fit([box]);
    }
  }
  buttons();
  tell("values");
}

function decide(fingerprint, text) {
  const { decisions } = report.values;
  if (text) decisions[fingerprint] = JSON.parse(text); else delete decisions[fingerprint];
}

function look({ steps: [[target]] }) {
  const box = boxOf(target);
  if (!box) return;
  box.focus();
  box.scrollIntoView({ block: "nearest" });
}

function buttons() {
  $("undo").disabled = !done.length;
  $("redo").disabled = !undone.length;
}
