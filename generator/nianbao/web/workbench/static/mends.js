/* What findings say is certainly right, put into the boxes. */

const boxAt = ({ target }) => target.split(":").slice(0, 2).join(":");
const numberOf = ({ target }) => Number(target.split(":")[2] || 0);
const same = (one, other) => one.target === other.target && one.start === other.start && one.end === other.end && one.becomes === other.becomes;
const meets = (one, other) => one.target === other.target && !same(one, other)
  && one.start <= other.end && other.start <= one.end;

/* The edits of several findings; those of a finding that meets an earlier one wait for the next time. */
export function together(findings) {
  const taken = [];
  for (const { edits } of findings) {
    if (edits.some((edit) => taken.some((other) => meets(edit, other)))) continue;
    taken.push(...edits.filter((edit) => !taken.some((other) => same(edit, other))));
  }
  return taken;
}

/* The boxes after some edits: [[target, before, after], …]; an edit of words that are there no more does nothing. */
export function mended(edits, stored) {
  const boxes = new Map();
  const fromBehind = [...edits].sort((one, other) => numberOf(other) - numberOf(one) || other.start - one.start);
  for (const edit of fromBehind) {
    const box = boxAt(edit);
    const text = boxes.has(box) ? boxes.get(box) : stored(box);
    boxes.set(box, numberOf(edit) ? inParagraph(text, edit) : edit.becomes);
  }
  return [...boxes].map(([box, text]) => [box, stored(box), text]);
}

function inParagraph(text, edit) {
  const lines = text.split("\n");
  let at = -1;
  for (let seen = 0; seen < numberOf(edit) && at < lines.length - 1;) if (lines[at += 1].trim()) seen += 1;
  const signs = Array.from(lines[at]); // characters as the program counts them
  if (signs.slice(edit.start, edit.end).join("") !== edit.was) return text;
  const line = [...signs.slice(0, edit.start), edit.becomes, ...signs.slice(edit.end)].join("");
  lines.splice(at, 1, ...(line.trim() ? [line] : []));
  return lines.join("\n");
}
