/* The page where reports begin: a file is dropped or chosen, or a blank one asked for. */
const page = document.getElementById("start");
const form = document.getElementById("open");
const input = document.getElementById("file");
const problems = document.getElementById("problems");
let file = null;

function tell(texts) {
  problems.textContent = "";
  const lead = document.createElement("p");
  lead.textContent = page.dataset.failed;
  const list = document.createElement("ul");
  for (const text of texts) list.append(Object.assign(document.createElement("li"), { textContent: text }));
  problems.append(lead, list);
}

async function send(address, body) {
  problems.textContent = "";
  page.classList.add("busy");
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (response.ok) { location.href = answer.address; return; }
    tell(answer.problems);
    const lacking = answer.codes.some((code) => code === "organ-missing" || code === "year");
    document.getElementById("more").hidden = !lacking;
    if (lacking) form.elements.organ.focus();
  } catch (error) {
    tell([String(error.message)]);
  } finally {
    page.classList.remove("busy");
  }
}

function openFile() {
  const body = new FormData(form);
  body.set("file", file, file.name);
  send("/open", body);
}

input.addEventListener("change", () => {
  if (!input.files.length) return;
  file = input.files[0];
  openFile();
  input.value = "";
});
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
document.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length) { file = event.dataTransfer.files[0]; openFile(); }
});
setInterval(() => fetch("/news").catch(() => {}), 20000);
