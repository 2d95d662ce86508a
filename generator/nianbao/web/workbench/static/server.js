/* What the page says to the server: every change is saved and checked soon after it was made. */
import { busy, fill, say, title } from "./dom.js";
import { receive, report, tell, words } from "./report.js";

let pause = null, saving = false, again = false;
let refused = false; // something in the boxes was not kept
let remark = ""; // what stays to be read beside 已保存 until the next change
export let dirty = false;

export const unsaved = () => dirty || saving;

/* The answer to a request; throws the server's words where it refuses. */
export async function post(address, body) {
  const response = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": report.csrf } });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.problems.join(" ")), answer);
  return answer;
}

export function remember(text) {
  remark = text;
}

export function later() {
  dirty = true;
  remark = "";
  say(words.saving);
  clearTimeout(pause);
  pause = setTimeout(save, 250);
}

export async function save() {
  clearTimeout(pause);
  if (saving) { again = true; return; }
  saving = true;
  again = dirty = false;
  say(words.saving);
  try {
    const response = await fetch(`/draft/${report.key}/values`, {
      method: "PUT", body: JSON.stringify(report.values),
      headers: { "If-Match": report.revision, "X-CSRFToken": report.csrf, "Content-Type": "application/json" },
    });
    const answer = await response.json();
    if (response.status === 409) take(answer, answer.said || words.conflict);
    else if (response.ok) {
      refused = false;
      receive(answer);
      title(answer.title);
      say(remark ? `${words.saved}。${remark}` : words.saved);
      tell("findings");
    } else {
      refused = true;
      say(answer.problems.join(" "));
      if (response.status >= 500) { // no fault of what was sent: it can be saved when the server can save again
        dirty = true;
        setTimeout(save, 10000);
      }
    }
  } catch (error) {
    dirty = true;
    say(words.offline);
    setTimeout(save, 2000);
  } finally {
    saving = false;
    if (again) save();
  }
}

/* Until what was typed is kept. */
export async function settle() {
  clearTimeout(pause);
  if (dirty) await save();
  while (saving) await new Promise((resolve) => setTimeout(resolve, 30));
}

/* What the server has, instead of what the page has. */
export function take(state, message) {
  receive(state);
  title(state.title);
  tell("all");
  say(message);
}

/* Last year's report beside this one. */
export async function layBeside(file) {
  if (file.size > report.most) { say(words.too_large); return; }
  const body = new FormData();
  body.set("file", file, file.name);
  try {
    await settle();
    busy(fill(words.opening, { name: file.name }));
    const { last, last_name: name, findings } = await post(`/draft/${report.key}/last`, body);
    receive({ last, last_name: name, findings });
    tell("last");
    say(words.saved);
  } catch (error) { say(error.message); }
}

/* It can be changed no more; what was typed last comes too late. */
function end(reason) {
  clearTimeout(pause);
  refused = refused || dirty;
  dirty = false;
  receive({ closed: reason, state_closed: reason });
  tell("closed");
}

/* That the page is open; and whether the report was changed in another window, or handed in. */
export async function ask() {
  try {
    const news = await (await fetch(`/news?draft=${report.key}`)).json();
    if (news.closed && !report.closed) end(news.closed);
    else if (news.closed === "" && report.state_closed) {
      if (refused) say(words.reopened); else location.reload();
    } else if (news.revision && news.revision > report.revision && !unsaved() && !refused) {
      const state = await (await fetch(`/draft/${report.key}/values`)).json();
      take(state, report.closed || state.said || words.conflict);
    }
  } catch (error) { say(words.offline); }
}
