/* What is taken home: files, an article, a place in the archive. */
import { $, busy, fill, make, say } from "./dom.js";
import { made } from "./pages.js";
import { report, words } from "./report.js";
import { post, settle } from "./server.js";

export function menu() {
  const draft = `/draft/${report.key}`;
  const links = [
    ...(made ? ["docx", "pdf", "html"] : []).map((kind) => [`/made/${made}/report.${kind}`, words[kind === "docx" ? "word" : kind]]),
    [`${draft}/home.xlsx`, words.xlsx],
    [`${draft}/home.json`, words.json],
    ...(report.last ? [[`${draft}/compare`, words.compare]] : []),
  ].map(([href, textContent]) => make("a", { href, textContent, className: "button" }));
  const acts = [[words.article, copyArticle], ...(report.office ? [] : [[words.keep, () => keep("")]])].map(([textContent, act]) => {
    const button = make("button", { className: "button", textContent });
    button.addEventListener("click", act);
    return button;
  });
  const list = $("take").querySelector("ul");
  list.textContent = "";
  list.append(...[...links, ...acts].map((way) => make("li", {}, way)));
}

/* The report with its styles on the clipboard, for an editor that takes rich text. */
async function copyArticle() {
  await settle();
  const { html, text } = await (await fetch(`/draft/${report.key}/article`)).json();
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
  say(words.copied);
}

async function keep(reason) {
  busy(words.keeping);
  try {
    await settle();
    const body = new FormData();
    body.set("reason", reason);
    const kept = await post(`/draft/${report.key}/keep`, body);
    say(kept.unchanged ? words.kept_before : fill(words.kept, kept));
  } catch (error) {
    if (error.codes && error.codes.includes("year-closed") && !reason) {
      const why = prompt(words.keep_reason);
      if (why) { keep(why); return; }
    }
    say(error.message);
  }
}
