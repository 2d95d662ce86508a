/* A block of cells from the clipboard, and where its figures belong in a table of the form.
   A cell is { row, column, rows, columns, text }: where it begins, over how many rows and columns it is merged. */

/* The cells of the clipboard; null where it is a single text. */
export function pasted(clipboard) {
  const html = clipboard.getData("text/html");
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (table) return fromTable(table);
  const text = clipboard.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!/[\t\n]/.test(text)) return null;
  return fromText(text);
}

/* Excel and WPS copy hidden rows and columns along; LibreOffice writes the comment of a cell into it. */
function fromTable(table) {
  const hidden = (element) => /display:\s*none/i.test(element.getAttribute("style") || "");
  const lines = Array.from(table.rows), taken = lines.map(() => []), cells = [];
  lines.forEach((line, row) => {
    let column = 0;
    for (const cell of line.cells) {
      while (taken[row][column]) column += 1;
      const rows = Math.min(cell.rowSpan || Infinity, lines.length - row), columns = cell.colSpan;
      for (let below = row; below < row + rows; below += 1) {
        for (let beside = column; beside < column + columns; beside += 1) taken[below][beside] = true;
      }
      for (const aside of cell.querySelectorAll("comment, rt, rp")) aside.remove();
      if (!hidden(line) && !hidden(cell)) cells.push({ row, column, rows, columns, text: spaced(cell.textContent) });
      column += columns;
    }
  });
  return cells;
}

/* A spreadsheet puts a cell with a line break or a quotation mark into quotation marks. */
function fromText(text) {
  const pattern = /("(?:[^"]|"")*"|[^\t\n]*)([\t\n]|$)/gy, cells = [];
  let row = 0, column = 0, match;
  while ((match = pattern.exec(text))) {
    const [, cell, end] = match;
    const bare = cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell;
    cells.push({ row, column, rows: 1, columns: 1, text: spaced(bare) });
    if (end === "") break;
    if (end === "\n") { row += 1; column = 0; } else column += 1;
  }
  return cells;
}

const spaced = (text) => text.replace(/\s+/g, " ").trim();
const plain = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");

/* A table of the form: its boxes row by row, and the words of its heads and labels, also those of each box. */
class Form {
  constructor(table) {
    this.rows = [], this.heads = new Set(), this.labels = new Set();
    for (const row of table.rows) {
      const boxes = Array.from(row.querySelectorAll("input")), names = boxes.length ? this.labels : this.heads;
      for (const { textContent } of row.querySelectorAll("th")) if (plain(textContent)) names.add(plain(textContent));
      if (boxes.length) this.rows.push(boxes);
    }
    const words = (id) => plain(document.getElementById(id).textContent);
    this.paths = new Map([].concat(...this.rows).map((box) => [box, box.getAttribute("aria-labelledby").split(" ").map(words)]));
    this.reached = new Set([].concat(...this.paths.values()));
  }

  /* Whether words lead to a box: all of them are its heads (or labels), and its own, the last, is one of them. */
  leads(words, kind, box) {
    const path = this.paths.get(box).filter((name) => kind.has(name));
    return words.every((name) => path.includes(name)) && words.includes(path[path.length - 1]);
  }

  /* How many cells of a block are heads or labels of this table. */
  known(cells) {
    return cells.filter(({ text }) => this.heads.has(plain(text)) || this.labels.has(plain(text))).length;
  }
}

/* The figures of a block, each with the labels on its left and the nearest heads above it. */
function figuresOf(cells, form) {
  const labels = [], heads = [], others = [];
  for (const cell of cells) {
    const name = plain(cell.text);
    (form.labels.has(name) ? labels : form.heads.has(name) ? heads : others).push({ ...cell, name });
  }
  const headed = new Set();
  for (const { row, rows } of heads) for (let below = 0; below < rows; below += 1) headed.add(row + below);
  for (const { row, rows } of labels) for (let below = 0; below < rows; below += 1) headed.delete(row + below);
  const first = labels.reduce((end, { column, columns }) => Math.max(end, column + columns), 0);
  return others.filter(({ row }) => !headed.has(row)).map((figure) => {
    const { row, column } = figure;
    let low = row - 1;
    while (low >= 0 && !headed.has(low)) low -= 1;
    let high = low;
    while (headed.has(high - 1)) high -= 1;
    const left = labels.filter((name) => name.row <= row && row < name.row + name.rows && name.column < column);
    const above = heads.filter((name) => name.row >= high && name.row <= low && name.column <= column && column < name.column + name.columns);
    return { ...figure, beside: column < first, left: left.map(({ name }) => name), above: above.map(({ name }) => name).filter((name) => form.reached.has(name)) };
  });
}

/* { pairs: [[box, text], …], over: texts without a box }: rows go by their labels and columns by their heads, where there are
   any in the block, else on from the box with the focus; a blank cell blanks its box. Words that lead to no box of their
   own, a group's or unknown ones, are not guessed at. */
export function laidOut(cells, box) {
  const forms = Array.from(document.querySelectorAll("#form table"), (table) => new Form(table));
  const focused = forms.find((form) => form.paths.has(box));
  const form = forms.reduce((best, other) => (other.known(cells) > best.known(cells) ? other : best), focused);
  const figures = figuresOf(cells, form);
  const byLabels = figures.some(({ left }) => left.length), byHeads = figures.some(({ above }) => above.length);
  const fits = ({ left, above, beside }) => (!byLabels || left.length) && (byHeads ? above.length : !beside);
  const kept = figures.filter(fits), over = figures.filter((figure) => !fits(figure));
  const from = Math.max(0, form.rows.findIndex((line) => line.includes(box)));
  const { start, columns } = across(kept, Math.max(0, form.rows[from].indexOf(box)), Math.max(...form.rows.map((line) => line.length)), byLabels || byHeads);
  const rows = new Map(kept.map(({ row }) => [row, []])), pairs = [], used = new Set();
  for (const figure of kept) rows.get(figure.row).push(figure);
  [...rows.values()].forEach((texts, step) => {
    const { left } = texts[texts.length - 1];
    const line = (byLabels ? form.rows.find((boxes) => !used.has(boxes) && form.leads(left, form.labels, boxes[0])) : form.rows[from + step]) || [];
    const order = [...line.slice(start), ...line.slice(0, start)];
    used.add(line);
    for (const figure of texts) {
      const to = byHeads ? order.find((free) => !used.has(free) && form.leads(figure.above, form.heads, free)) : line[start + columns.indexOf(figure.column)];
      if (to) { used.add(to); pairs.push([to, figure.text]); } else over.push(figure);
    }
  });
  return { pairs, over: over.map(({ text }) => text) };
}

/* The columns of a block in their order, and the box of a line that takes the first; blank ones are what merged cells
   leave in plain text where there are more columns than boxes. With its labels or heads, a whole line begins at its first box. */
function across(figures, focused, boxes, named) {
  const filled = new Set(figures.filter(({ text }) => text).map(({ column }) => column));
  const blank = (column) => !filled.has(column);
  const columns = [...new Set(figures.map(({ column }) => column))].sort((left, right) => left - right);
  const start = named && columns.length > boxes - focused ? 0 : focused;
  while (columns.length > boxes - start && columns.some(blank)) columns.splice(columns.findIndex(blank), 1);
  return { start, columns };
}
