/* 勾稽 at every key: counted in the page, before the server has answered. */
import { fill } from "./dom.js";
import { figures } from "./boxes.js";
import { ZERO, unequal, written } from "./numbers.js";
import { numbers, report, rules, words } from "./report.js";

let apart = [];

export const read = (key) => numbers.read(report.values.figures[key] || "", rules.slots[key].kind, rules.slots[key].unit);

export function count() {
  const amounts = {};
  for (const key of Object.keys(rules.slots)) amounts[key] = read(key);
  apart = unequal(rules, amounts);
  const wrong = new Set(apart.flatMap(({ equation }) => [...equation.left, ...equation.right]));
  for (const [key, box] of figures) box.classList.toggle("apart", wrong.has(key));
}

/* The equations with a figure that do not hold, in words. */
export function sums(key) {
  return apart.filter(({ equation }) => equation.left.includes(key) || equation.right.includes(key))
    .map(({ equation, left, right, excess }) => `${equation.rule}（${equation.where}）：${fill(words.differs, {
      left: written(left), right: written(right), by: written(excess < ZERO ? -excess : excess) })}`);
}

/* What a total should be by its parts; null where the figure is none. */
export function total(key) {
  const { parts } = rules.slots[key];
  return parts.length ? written(parts.reduce((sum, part) => sum + read(part).amount, ZERO)) : null;
}
