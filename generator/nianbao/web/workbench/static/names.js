/* Names in braces: offered below a text as soon as a brace is opened in it, with their values. */
import { $, make } from "./dom.js";
import { targetOf } from "./boxes.js";
import { report, rules, stored } from "./report.js";
import { change } from "./steps.js";

const MOST = 8;
let offered = [], chosen = 0;

export function offer(box) {
  const open = /\{([^{}\n]*)$/.exec(box.value.slice(0, box.selectionStart));
  const list = $("names");
  list.hidden = true;
  if (!open) return;
  const sought = open[1].replace(/\s/g, "");
  offered = Object.entries(rules.slots).filter(([, { name }]) => name.includes(sought)).slice(0, MOST);
  if (!offered.length) return;
  list.textContent = "";
  list.append(...offered.map(([key, { name }], number) => {
    const option = make("li", { id: `name-${number}` }, `${name} `, make("b", { textContent: report.values.figures[key] || "" }));
    option.setAttribute("role", "option");
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); chosen = number; insert(box); });
    return option;
  }));
  const place = box.getBoundingClientRect();
  list.style.left = `${place.left + scrollX}px`;
  list.style.top = `${place.bottom + scrollY}px`;
  list.hidden = false;
  choice(box, 0);
}

export function choose(event) {
  const { key, target: box } = event;
  if (key === "ArrowDown") choice(box, (chosen + 1) % offered.length);
  else if (key === "ArrowUp") choice(box, (chosen - 1 + offered.length) % offered.length);
  else if (key === "Enter" || key === "Tab") insert(box);
  else return;
  event.preventDefault();
}

function choice(box, number) {
  chosen = number;
  [...$("names").children].forEach((option, place) => option.setAttribute("aria-selected", place === chosen));
  box.setAttribute("aria-activedescendant", `name-${chosen}`);
}

function insert(box) {
  const at = box.selectionStart;
  const start = box.value.slice(0, at).lastIndexOf("{");
  const end = box.value[at] === "}" ? at + 1 : at;
  const name = `{${offered[chosen][1].name}}`;
  $("names").hidden = true;
  change([[targetOf(box), stored(targetOf(box)), box.value.slice(0, start) + name + box.value.slice(end)]]);
  box.setSelectionRange(start + name.length, start + name.length);
}
