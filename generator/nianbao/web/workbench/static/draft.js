/* The page of a report that was not opened in the place of another: its address was followed, or it was loaded anew. */
import { begin } from "./workbench.js";

begin(JSON.parse(document.getElementById("data").textContent));
