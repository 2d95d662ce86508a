/* The board: lines are narrowed while a name is typed, all that are shown are picked at once. */
const text = document.getElementById("text"), rows = document.getElementById("rows");
const count = document.getElementById("count"), all = document.getElementById("pick-all");
const every = document.getElementById("all");

if (rows) {
  const lines = [...rows.rows].map((row) => ({ row, name: row.querySelector(".organ").textContent.toLowerCase() }));
  const whole = count.textContent;
  const picks = () => lines.filter(({ row }) => !row.hidden).map(({ row }) => row.querySelector("[name=pick]"));

  const narrow = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const { row, name } of lines) {
      row.hidden = !name.includes(wanted);
      if (!row.hidden) shown += 1;
      else if (all) row.querySelector("[name=pick]").checked = false; // nobody picks what is not seen
    }
    count.textContent = shown === lines.length ? whole
      : count.dataset.words.replace("{count}", shown).replace("{every}", whole.match(/(\d+)\D*$/)[1]);
    if (all) all.checked = false;
  };
  text.addEventListener("input", narrow);

  if (all) {
    all.hidden = false;
    every.closest("label").hidden = true; // one way is enough
    all.addEventListener("change", () => { for (const box of picks()) box.checked = all.checked; });
    rows.addEventListener("change", () => { all.checked = picks().every((box) => box.checked); });
  }
  narrow(); // what was typed before this ran
}
