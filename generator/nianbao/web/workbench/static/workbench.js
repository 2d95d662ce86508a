/* The page on which a report is filled in: `begin` puts the report into its boxes and sets everything going. */
import { $, make, say, title } from "./dom.js";
import { fit, gather, preview, showAll, showLast, texts } from "./boxes.js";
import { count } from "./equations.js";
import { menu } from "./exports.js";
import { list } from "./findings.js";
import { listen } from "./keyboard.js";
import { mark } from "./marks.js";
import { listenForPages, stale } from "./pages.js";
import { load, on, words } from "./report.js";
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
  title(data.title);
  showAll(); count(); preview(); list(); mark(); menu();
  listen();
  listenForPages(menu);
  listenToTools();
  say(words.saved);
}

function outline() {
  const headings = [...document.querySelectorAll("#form h2")];
  $("outline").append(...headings.map(({ parentElement, textContent }) => make("a", { href: `#${parentElement.id}`, textContent })));
}

function listenToTools() {
  const lay = ([file]) => { if (file) layBeside(file); };
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("take").addEventListener("toggle", settle);
  $("last-file").addEventListener("change", ({ target }) => { lay(target.files); target.value = ""; });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => { event.preventDefault(); lay(event.dataTransfer.files); });
  addEventListener("resize", () => fit([...texts.values()]));
  addEventListener("beforeunload", (event) => {
    if (unsaved()) { event.preventDefault(); event.returnValue = ""; } // the latter for Chromium before 119
  });
  const path = location.pathname;
  addEventListener("popstate", () => { if (location.pathname !== path) location.reload(); }); // from where it was opened in place
  setInterval(ask, HEARTBEAT);
}
