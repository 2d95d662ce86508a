/* The boxes of the form: by their targets, with what stands in them. */
import { $, fill, make } from "./dom.js";
import { report, rules, stored, words } from "./report.js";

export const figures = new Map(), texts = new Map(), particulars = new Map();
const grows = CSS.supports("field-sizing", "content"); // by itself, since Chromium 123
let lasts = null; // where last year's figures stand, once there are any

export function gather() {
  for (const box of document.querySelectorAll("[data-figure]")) figures.set(box.dataset.figure, box);
  for (const box of document.querySelectorAll("[data-text]")) texts.set(box.dataset.text, box);
  for (const box of document.querySelectorAll("[data-particular]")) particulars.set(box.dataset.particular, box);
}

export const all = () => [...figures.values(), ...texts.values(), ...particulars.values()];

export function boxOf(target) {
  const [area, name] = target.split(":");
  if (area === "figure") return figures.get(name);
  if (area === "particular") return particulars.get(name);
  return texts.get(name) || $(`section:${name}`);
}

export function targetOf(box) {
  const { figure, particular, text } = box.dataset;
  return figure ? `figure:${figure}` : particular ? `particular:${particular}` : `paragraph:${text}`;
}

export const isBox = ({ dataset }) => Boolean(dataset && (dataset.figure || dataset.text || dataset.particular));

export function show(box) {
  const text = stored(targetOf(box));
  if (box.value !== text) box.value = text;
}

/* What is folded away and has something in it, or is jumped to, is unfolded. */
export function unfold(box) {
  const fold = box.closest("details");
  if (fold) fold.open = true;
}

export function showAll() {
  for (const box of all()) show(box);
  for (const box of particulars.values()) if (box.value) unfold(box);
  fit([...texts.values()]);
  showLast();
}

/* Texts as high as what stands in them: all are measured before any is changed, for each change lays the page out anew. */
export function fit(boxes) {
  if (grows) return;
  for (const box of boxes) box.style.height = "auto";
  const heights = boxes.map((box) => box.scrollHeight);
  boxes.forEach((box, number) => { box.style.height = `${heights[number] + 2}px`; });
}

/* Last year's figures, small in the boxes. */
export function showLast() {
  const { last, last_name: name } = report;
  if (last && !lasts) {
    lasts = new Map();
    for (const [key, box] of figures) {
      const mark = make("span", { className: "last" });
      mark.dataset.last = key;
      box.after(mark);
      lasts.set(key, mark);
    }
  }
  for (const [key, mark] of lasts || []) mark.textContent = last ? last.figures[key] || "" : "";
  document.body.classList.toggle("with-last", Boolean(last));
  $("last-name").textContent = last ? fill(words.last_on, { name }) : "";
}

/* Below a text with names in braces, how it will be printed. */
export function preview() {
  const printed = new Map(Object.entries(rules.slots).map(([key, { name }]) => [name, report.values.figures[key] || ""]));
  for (const box of texts.values()) {
    const place = box.parentElement.querySelector("[data-preview]");
    const lines = box.value.includes("{") ? box.value.split("\n").filter((line) => /\{[^{}]*\}/.test(line)) : [];
    const parts = lines.map((line) => line.split(/(\{[^{}]*\})/).map((part) => {
      const known = /^\{.*\}$/.test(part) && printed.get(part.slice(1, -1).replace(/\s/g, ""));
      return known ? make("b", { textContent: known }) : part;
    }));
    place.hidden = !parts.some((line) => line.some((part) => typeof part !== "string"));
    place.textContent = "";
    if (!place.hidden) place.append(make("small", { textContent: words.printed }), ...parts.map((line) => make("p", {}, ...line)));
  }
}
