/* The report made, and its pages as pictures. */
import { $, fill, make } from "./dom.js";
import { jump } from "./findings.js";
import { progress, rephrase } from "./progress.js";
import { charts, report, words } from "./report.js";
import { post, settle } from "./server.js";

export let made = null; // the key of what was made, as long as the boxes have not changed since
let drawn = false; // whether charts stand behind the report
let changed = () => {};

/* `act` is done whenever there is another report to take home. */
export function listenForPages(act) {
  changed = act;
  $("make").addEventListener("click", makeReport);
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => openTab(tab.getAttribute("aria-controls")));
    tab.addEventListener("keydown", ({ key }) => {
      if (key !== "ArrowLeft" && key !== "ArrowRight") return;
      const other = tabs[(at + (key === "ArrowLeft" ? tabs.length - 1 : 1)) % tabs.length];
      openTab(other.getAttribute("aria-controls"));
      other.focus();
    });
  }
}

function openTab(name) {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const open = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", open);
    tab.tabIndex = open ? 0 : -1;
    $(tab.getAttribute("aria-controls")).hidden = !open;
  }
  document.body.classList.toggle("previewing", name === "preview");
}

/* On a narrow window the pages stand below the form. */
function seeSide() {
  if (getComputedStyle($("side")).position === "static") $("side").scrollIntoView();
}

async function makeReport() {
  const shown = progress(words.making);
  openTab("preview");
  fillPanel(shown);
  seeSide();
  try {
    await settle();
    const { key, draft } = await post(`/draft/${report.key}/make`, drawn ? new URLSearchParams({ charts: 1 }) : null);
    const state = await finished(key, (waiting) => rephrase(shown, waiting ? words.waiting : words.making));
    made = key;
    fillPanel(make("p", { className: "tally", textContent: draft ? words.made_draft : fill(words.made, state) }), ways(key),
      ...Array.from({ length: state.pages }, (_, number) => picture(key, number + 1)));
    changed();
    seeSide();
  } catch (error) {
    fillPanel(make("p", { className: "error", textContent: `${words.not_made}${error.message}` }));
  }
}

function fillPanel(...children) {
  const panel = $("preview");
  panel.textContent = "";
  panel.append(...children);
}

async function finished(key, waits) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const response = await fetch(`/jobs/${key}`);
    const state = await response.json();
    if (!response.ok) throw new Error(state.problems.join("\n"));
    if (state.done) return state;
    waits(state.waiting);
  }
}

/* What can be done with the pages: opened as PDF, which prints; made again with charts or without. */
function ways(key) {
  const opens = make("a", { className: "button", href: `/made/${key}/report.pdf?open`, target: "_blank", textContent: words.print });
  const line = make("p", { className: "ways" }, opens);
  if (charts) {
    const box = make("input", { type: "checkbox", checked: drawn });
    box.addEventListener("change", () => { drawn = box.checked; makeReport(); });
    line.append(make("label", {}, box, ` ${words.charts}`));
  }
  return line;
}

/* One page; a click on it leads to the boxes of what is printed there. */
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

/* The boxes have changed since the report was made. */
export function stale() {
  if (!made) return;
  made = null;
  const note = $("preview").querySelector(".tally");
  if (note) note.textContent = words.stale;
  changed();
}
