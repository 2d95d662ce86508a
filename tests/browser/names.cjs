/* What scripts use of the language and of the browser, as JSON: node names.cjs PARSER SCRIPT…
   Fails on syntax newer than ES2019. */
const { readFileSync } = require("fs");
const [, , parser, ...scripts] = process.argv;
const { parse } = require(parser);
const names = new Set(), members = new Set(), events = new Set();

function look(node, parent, role) {
  if (Array.isArray(node)) { for (const part of node) look(part, parent, role); return; }
  if (!node || typeof node.type !== "string") return;
  const { type } = node;
  if (type === "MemberExpression" && !node.computed) members.add(node.property.name);
  else if (["Property", "MethodDefinition"].includes(type) && !node.computed && role !== "pattern") members.add(node.key.name);
  if (type === "Identifier") {
    const named = (parent.type === "MemberExpression" && role === "property" || role === "key") && !parent.computed;
    if (!named) names.add(node.name);
  }
  if (type === "CallExpression" && /^(add|remove)EventListener$/.test((node.callee.property || node.callee).name)) {
    events.add(node.arguments[0].value);
  }
  for (const [part, value] of Object.entries(node)) {
    if (value && typeof value === "object") look(value, node, type === "ObjectPattern" ? "pattern" : part);
  }
}

const declared = new Set();
function bind(node) {
  if (Array.isArray(node)) { node.forEach(bind); return; }
  if (!node || typeof node.type !== "string") return;
  const patterns = { VariableDeclarator: [node.id], CatchClause: [node.param], FunctionDeclaration: [node.id, ...node.params || []],
    FunctionExpression: [node.id, ...node.params || []], ArrowFunctionExpression: node.params, ClassDeclaration: [node.id],
    ImportSpecifier: [node.local] }[node.type] || [];
  patterns.forEach(take);
  Object.values(node).forEach((value) => { if (value && typeof value === "object") bind(value); });
}
function take(pattern) {
  if (!pattern) return;
  if (pattern.type === "Identifier") declared.add(pattern.name);
  for (const part of [].concat(pattern.elements || [], pattern.properties || [], pattern.argument || [], pattern.left || [], pattern.type === "Property" ? pattern.value : [])) take(part);
}

for (const path of scripts) {
  const tree = parse(readFileSync(path, "utf8"), { ecmaVersion: 2019, sourceType: "module" });
  bind(tree);
  look(tree, tree, "");
}
const list = (found, without = new Set()) => [...found].filter((name) => name && !without.has(name)).sort();
process.stdout.write(JSON.stringify({
  globals: list(names, declared), members: list(members), events: list(events),
}));
