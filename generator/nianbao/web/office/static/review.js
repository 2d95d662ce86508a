/* The page of one submission: a click on a spot writes its name into the remark; who else is here. */
const target = document.getElementById("target"), text = document.getElementById("remark-text");
const others = document.getElementById("others");
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const { words, stale, state, number, address } = others.dataset;

if (target) {
  for (const pin of document.querySelectorAll("[data-pin]")) {
    pin.addEventListener("click", (event) => {
      event.preventDefault();
      target.value = pin.dataset.pin;
      text.focus();
      document.getElementById("remark").scrollIntoView({ block: "nearest" });
    });
  }
  if (target.value) text.focus();
}

async function beat() {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token, Accept: "application/json" } });
    if (!answer.ok) return;
    const now = await answer.json();
    const told = [];
    if (now.others.length) told.push(words.replace("{who}", now.others.join("、")));
    if (now.state !== state || String(now.number) !== number) told.push(stale.replace("{state}", now.state));
    const line = told.join(" ");
    if (others.textContent !== line) others.textContent = line;
  } catch (error) { /* the next beat says more */ }
}
beat();
setInterval(() => { if (!document.hidden) beat(); }, 20000);
