/* What every grid shows: 27 rows of 10 numbers. `there` is called when a grid says that it is built. */
const numbers = Array.from({ length: 27 }, (_, row) => Array.from({ length: 10 }, (_, column) => row * 10 + column));
const there = () => { window.isThere = true; };
