/* A block of cells from the clipboard, as rows of texts; null where it is a single text. */
export function pasted(clipboard) {
  const html = clipboard.getData("text/html");
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (table) return fromTable(table);
  const text = clipboard.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!/[\t\n]/.test(text)) return null;
  return fromText(text);
}

/* A merged cell counts once, in the row where it begins. */
function fromTable(table) {
  return Array.from(table.rows, (row) => Array.from(row.cells, (cell) => cell.textContent.replace(/\s+/g, " ").trim()));
}

/* Excel puts a cell with a line break or a quotation mark into quotation marks. */
function fromText(text) {
  const rows = [[]];
  const cells = /("(?:[^"]|"")*"|[^\t\n]*)([\t\n]|$)/gy;
  let match;
  while ((match = cells.exec(text))) {
    const [, cell, end] = match;
    rows[rows.length - 1].push(cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell);
    if (end === "") break;
    if (end === "\n") rows.push([]);
  }
  return rows;
}
