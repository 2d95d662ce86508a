/* What takes longer than a moment: in words, with a bar, and after some seconds with the time it has taken. */

const LONG = 3; // seconds
const clock = (seconds) => ` ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/* An element that shows it as long as it stands in the page; `rephrase` says something else of it. */
export function progress(text) {
  const [element, words, time] = ["span", "span", "span"].map((tag) => document.createElement(tag));
  const bar = document.createElement("progress"), begun = Date.now();
  element.className = "progress";
  element.setAttribute("role", "status");
  words.className = "told";
  words.textContent = text;
  time.setAttribute("aria-hidden", "true"); // nobody wants every second read aloud
  bar.setAttribute("aria-label", text);
  element.append(words, time, bar);
  const ticks = setInterval(() => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    if (!element.isConnected) clearInterval(ticks);
    else if (seconds >= LONG) time.textContent = clock(seconds);
  }, 1000);
  return element;
}

/* Say something else of it, once. */
export function rephrase(element, text) {
  const words = element.querySelector(".told");
  if (words.textContent !== text) words.textContent = text;
}
