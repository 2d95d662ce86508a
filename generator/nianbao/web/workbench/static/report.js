/* The report in the page: what stands in its boxes and what is found in it; the rules and words that go with them. */
import { Numbers } from "./numbers.js";

export const report = {
  key: "", csrf: "", most: 0, values: null, last: null, last_name: "", revision: 0, findings: [],
  office: false, // whether it belongs to an office
  closed: "", // why it cannot be changed
  state_closed: "", // why nobody can change it, as long as that is so
};
export let rules, words, numbers, charts;

export function load(data) {
  ({ rules, words, charts } = data);
  numbers = new Numbers(rules.number);
  receive(data);
}

/* Take what the server says of the report, all of it or a part. */
export function receive(state) {
  for (const name of Object.keys(report)) if (name in state) report[name] = state[name];
}

const places = { figure: "figures", particular: "particulars", paragraph: "texts", text: "texts" };

/* What stands in the box that a target names: figure:KEY, particular:KEY, paragraph:SECTION. */
export function stored(target) {
  const [area, name] = target.split(":");
  return report.values[places[area]][name] || "";
}

export function store(target, text) {
  const { values } = report;
  const [area, name] = target.split(":");
  const place = values[places[area]];
  if (text === "") delete place[name]; else place[name] = text;
  if (area === "figure") values.as_text = values.as_text.filter((key) => key !== name);
}

export const open = () => report.findings.filter(({ decision }) => !decision);

/* Who wants to know: "values" after a change in the boxes, "findings" once they are told anew, "all" where the server's
   report has taken the place of the page's, "last" with another last year's report, "closed" once it cannot be changed any more. */
const listeners = { values: [], findings: [], all: [], last: [], closed: [] };
export const on = (event, act) => { listeners[event].push(act); };
export const tell = (event) => { for (const act of listeners[event]) act(); };
