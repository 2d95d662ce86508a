// The button that opens the browser's own window for printing.

const button = document.querySelector("#print");
button.hidden = false;
button.addEventListener("click", () => window.print());
