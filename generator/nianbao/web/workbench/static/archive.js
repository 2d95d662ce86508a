/* The list of what is archived: looking at every byte of it takes a while. */
import { progress } from "./progress.js";

for (const form of document.querySelectorAll("[data-progress]")) {
  form.addEventListener("submit", () => {
    form.querySelector("button").disabled = true;
    form.append(progress(form.dataset.progress));
  });
}
