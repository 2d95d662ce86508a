/* A page that waits for something asks how far it is, and is shown anew once that is over. */
const waiting = document.querySelector("#waiting");

async function look() {
  try {
    const answer = await (await fetch(location.href)).text();
    const now = new DOMParser().parseFromString(answer, "text/html").querySelector("#waiting");
    if (!now) {
      location.reload();
      return;
    }
    if (waiting.textContent !== now.textContent) waiting.textContent = now.textContent; // is read out
  } catch (error) {
    // the server is away for a moment
  }
  setTimeout(look, 2000);
}

setTimeout(look, 2000);
