/* The page where reports begin: a file is dropped or chosen, or a blank one asked for. */
import { progress } from "./progress.js";
import { begin } from "./workbench.js";

const page = document.getElementById("start");
const form = document.getElementById("open");
const input = document.getElementById("file");
const problems = document.getElementById("problems");
const SOON = 300; // ms: what opens sooner does not flicker
let file = null;

/* A report opens in this very window. The blank form of the newest edition is fetched and laid out unseen while a file is
   being looked for; that of another edition once the server has said so. */
const staged = new Map();

function stage(edition) {
  if (!staged.has(edition)) staged.set(edition, fetch(`/form/${edition}`).then((answer) => answer.json()).then(({ page: body, ...form }) => {
    const place = document.createElement("div");
    place.innerHTML = body;
    const workbench = place.firstElementChild;
    workbench.classList.add("staged");
    document.body.append(workbench);
    return { workbench, form };
  }));
  return staged.get(edition);
}

async function enter({ address, report }) {
  const blank = page.isConnected && await stage(report.edition).catch(() => null);
  if (!blank || !page.isConnected) { location.href = address; return; } // of two files handed in the other one was quicker
  const { workbench, form } = blank;
  leave();
  history.pushState(null, "", address);
  document.body.className = "";
  for (const other of [...document.body.children]) if (other !== workbench) other.remove();
  workbench.classList.remove("staged");
  begin({ ...form, ...report, csrf: page.querySelector("[name=csrfmiddlewaretoken]").value });
  document.getElementById("title").focus({ preventScroll: true });
}

function refuse(texts) {
  problems.textContent = "";
  const lead = document.createElement("p");
  lead.textContent = page.dataset.failed;
  const list = document.createElement("ul");
  for (const text of texts) list.append(Object.assign(document.createElement("li"), { textContent: text }));
  problems.append(lead, list);
}

async function send(address, body) {
  const { size, name } = body.get("file") || {};
  if (size > Number(page.dataset.most)) { refuse([page.dataset.large]); return; }
  const place = document.getElementById("progress");
  const later = setTimeout(() => {
    page.classList.add("busy");
    place.append(progress(page.dataset.opening.replace("{name}", name || "")));
  }, SOON);
  problems.textContent = "";
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (response.ok) { await enter(answer); return; }
    refuse(answer.problems);
    const lacking = answer.codes.some((code) => code === "organ-missing" || code === "year");
    document.getElementById("more").hidden = !lacking;
    if (lacking) form.elements.organ.focus();
  } catch (error) {
    refuse([page.dataset.offline]);
  } finally {
    clearTimeout(later);
    place.textContent = "";
    page.classList.remove("busy");
  }
}

function openFile() {
  const body = new FormData(form);
  body.set("file", file, file.name);
  send("/open", body);
}

function openChosen() {
  if (!input.files.length) return;
  file = input.files[0];
  openFile();
  input.value = "";
}

input.addEventListener("change", openChosen);
form.addEventListener("submit", (event) => { event.preventDefault(); if (file) openFile(); });
document.getElementById("begin").addEventListener("submit", (event) => {
  event.preventDefault();
  send("/begin", new FormData(event.target));
});
document.getElementById("begin-last").addEventListener("change", (event) => {
  const form = event.target.form;
  send("/begin-last", new FormData(form));
  event.target.value = "";
});
for (const sure of document.querySelectorAll("[data-sure]")) {
  sure.addEventListener("submit", (event) => { if (!confirm(sure.dataset.sure)) event.preventDefault(); });
}

const drags = [
  ["dragover", (event) => { event.preventDefault(); form.classList.add("over"); }],
  ["dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); }],
  ["drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) { file = event.dataTransfer.files[0]; openFile(); }
  }],
];
for (const [name, act] of drags) document.addEventListener(name, act);
const heartbeat = setInterval(() => fetch("/news").catch(() => {}), 20000);
addEventListener("load", () => setTimeout(() => stage(page.dataset.edition).catch(() => {})));
addEventListener("popstate", forward);

/* On to what was opened here before. */
function forward() {
  if (location.pathname !== "/") location.reload();
}

function leave() {
  staged.clear();
  clearInterval(heartbeat);
  removeEventListener("popstate", forward);
  for (const [name, act] of drags) document.removeEventListener(name, act);
}

openChosen(); // what was chosen before the script was there
forward(); // and who has gone on before
