/* What the office says, beside the boxes that it is about; answers are sent without leaving the page. */
const $ = (id) => document.getElementById(id);
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/* After which element a remark on a spot stands: the box, or the table that it is in. */
function placeOf(target) {
  const [area, key] = target.split(":");
  if (area === "figure") { const box = $(target); return box && box.closest(".scroll, table"); }
  if (area === "particular") return $(target);
  return document.querySelector(`[data-beside="${CSS.escape(key)}"]`) || document.querySelector(`[id="section:${CSS.escape(key)}"] h2`);
}

function open(id) {
  $("tab-remarks").click();
  const item = $(id);
  item.scrollIntoView({ block: "nearest" });
  const field = item.querySelector("textarea");
  if (field) field.focus(); else item.querySelector("a, p").focus();
}

const last = new Map(); // the newest note after each place, so that they stand in their order
for (const item of document.querySelectorAll("#remarks .remark:not(.settled)")) {
  const { target } = item.dataset;
  const place = target && placeOf(target);
  if (!place) continue;
  const box = $(target);
  if (box && box.dataset.figure) box.classList.add("remarked");
  const text = item.querySelector(".text").textContent;
  const spot = item.querySelector(".spot a, .spot b").textContent;
  const note = make("button", { className: "pinned", type: "button" }, make("b", { textContent: `${spot} ` }), text);
  note.addEventListener("click", () => open(item.id));
  (last.get(place) || place).after(note);
  last.set(place, note);
}

for (const form of document.querySelectorAll("#remarks form.reply")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const status = form.querySelector("[role=status]");
    const item = form.closest(".remark");
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (!response.ok) { status.textContent = answer.problems.join(" "); return; }
      const line = item.querySelector(".answer");
      line.hidden = false;
      line.querySelector(".said").textContent = answer.answer;
      line.querySelector(".by").textContent = answer.answered_by;
      form.closest("details").open = false;
      form.closest("details").querySelector("summary").focus();
    } catch (error) { status.textContent = form.dataset.offline; }
  });
}
if (document.querySelector("#remarks .remark:not(.settled)") && !location.hash) $("tab-remarks").click();
