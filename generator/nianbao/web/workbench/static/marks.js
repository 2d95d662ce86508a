/* What was found, shown at the boxes themselves: by colour, below the texts, and in the bubble of the box with the focus. */
import { $, fill, make } from "./dom.js";
import { boxOf, isBox, targetOf } from "./boxes.js";
import { sums } from "./equations.js";
import { jump } from "./findings.js";
import { open, rules, words } from "./report.js";
import { dirty } from "./server.js";

const ORDER = ["notice", "warning", "error"];
let marked = new Map(); // the boxes that something was found in, each with the worst

export function mark() {
  const found = open(), worst = new Map();
  for (const { severity, targets } of found) {
    for (const box of targets.map(boxOf)) {
      if (box && isBox(box) && ORDER.indexOf(severity) > ORDER.indexOf(worst.get(box))) worst.set(box, severity);
    }
  }
  for (const [box, severity] of marked) { box.classList.remove(severity); box.removeAttribute("aria-invalid"); }
  for (const [box, severity] of worst) { box.classList.add(severity); if (severity === "error") box.setAttribute("aria-invalid", "true"); }
  marked = worst;
  for (const place of document.querySelectorAll("[data-beside]")) {
    place.textContent = "";
    place.append(...below(found, place.dataset.beside));
  }
  if (document.activeElement && document.activeElement.dataset.figure) bubble(document.activeElement);
}

/* The findings of a text, each with the paragraph that it is about. */
function below(found, section) {
  const entries = found.map((finding) => [finding, finding.targets.find((target) => target.split(":")[1] === section && !target.startsWith("figure"))]);
  return entries.filter(([, target]) => target).map(([finding, target]) => {
    const number = target.split(":")[2];
    const button = make("button", { className: "jump" }, make("b", { textContent: `${finding.word} ` }),
      `${number ? `${fill(words.paragraph, { number })}：` : ""}${finding.what}。`);
    button.addEventListener("click", () => jump(finding, target));
    return make("li", { className: finding.severity }, button);
  });
}

/* The words on a box, below it, while it has the focus or the pointer. Equations are the page's own as long as the server
   has not answered. */
export function bubble(box) {
  const target = targetOf(box), note = $("bubble");
  const told = open().filter(({ code, targets }) => targets.includes(target) && !(dirty && rules.codes.includes(code)))
    .map(({ word, what, mend }) => `${word}：${what}。${mend}。`);
  const lines = [...(dirty && box.dataset.figure ? sums(box.dataset.figure) : []), ...told];
  note.hidden = !lines.length;
  describe(box, lines.length);
  if (!lines.length) return;
  note.textContent = "";
  note.append(...lines.map((text) => make("p", { textContent: text })));
  const place = box.getBoundingClientRect();
  const width = Math.min(360, innerWidth - 16);
  note.style.width = `${width}px`;
  note.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8)) + scrollX}px`;
  note.style.top = `${place.bottom + 4 + scrollY}px`;
}

/* A box of the particulars has advice of its own. */
function describe(box, told) {
  const names = [box.dataset.particular && `advice:${box.dataset.particular}`, told && "bubble"].filter(Boolean);
  if (names.length) box.setAttribute("aria-describedby", names.join(" ")); else box.removeAttribute("aria-describedby");
}
