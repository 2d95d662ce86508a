/* What every part of the page does with its elements. */
import { progress } from "./progress.js";

export const $ = (id) => document.getElementById(id);

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/* A text of the catalogue with its {names} filled in. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/* What stands beside the title: whether all is saved, and what was just done. */
export const say = (text) => { $("state").textContent = text; };

/* The same, while it takes time. */
export const busy = (text) => { $("state").textContent = ""; $("state").append(progress(text)); };

export function title(text) {
  $("title").textContent = document.title = text;
}
