/* The page on which a report is filled in: `begin` puts the report into its boxes and sets everything going. */
import { $, make, say, title } from "./dom.js";
import { all, fit, gather, preview, showAll, showLast, texts } from "./boxes.js";
import { count } from "./equations.js";
import { menu } from "./exports.js";
import { jump, list } from "./findings.js";
import { listen } from "./keyboard.js";
import { mark } from "./marks.js";
import { listenForPages, stale } from "./pages.js";
import { load, on, report, words } from "./report.js";
import { ask, later, layBeside, settle, unsaved } from "./server.js";
import { forget, redo, undo } from "./steps.js";

const HEARTBEAT = 3000; // ms

export function begin(data) {
  load(data);
  gather();
  outline();
  on("values", () => { count(); preview(); later(); stale(); });
  on("findings", () => { list(); mark(); });
  on("all", () => { showAll(); forget(); count(); preview(); list(); mark(); menu(); });
  on("last", () => { showLast(); list(); mark(); menu(); });
  on("closed", close);
  title(data.title);
  showAll(); count(); preview(); list(); mark(); menu();
  listen();
  listenForPages(menu);
  listenToTools();
  say(words.saved);
  if (report.closed) close();
  follow();
}

function outline() {
  const headings = [...document.querySelectorAll("#form h2")];
  $("outline").append(...headings.map(({ parentElement, textContent }) => make("a", { href: `#${parentElement.id}`, textContent })));
}

/* What was handed in can be read, and its text be copied, but not be changed. */
function close() {
  document.body.classList.add("closed");
  for (const box of all()) if (box.tagName === "SELECT") box.disabled = true; else box.readOnly = true;
  $("last-file").disabled = true;
  say(report.closed);
}

/* To the box that the address names; sections the browser finds by itself. */
function follow() {
  const target = decodeURIComponent(location.hash.slice(1));
  if (/^(figure|particular|paragraph):/.test(target)) jump({ targets: [target] });
}

function listenToTools() {
  const lay = ([file]) => { if (file) layBeside(file); };
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("take").addEventListener("toggle", settle);
  $("last-file").addEventListener("change", ({ target }) => { lay(target.files); target.value = ""; });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => { event.preventDefault(); lay(event.dataTransfer.files); });
  addEventListener("hashchange", follow);
  addEventListener("resize", () => fit([...texts.values()]));
  addEventListener("beforeunload", (event) => {
    if (unsaved()) { event.preventDefault(); event.returnValue = ""; } // the latter for Chromium before 119
  });
  const path = location.pathname;
  addEventListener("popstate", () => { if (location.pathname !== path) location.reload(); }); // from where it was opened in place
  setInterval(ask, HEARTBEAT);
}
