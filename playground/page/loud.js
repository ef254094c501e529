// Says loudly that something on screen is not known to the playground, so that it can't be missed.

import { h } from "./dom.js";

/** A box naming what we can't show, with the payload to read. */
export function loud(what, payload) {
  return h("div", { class: "loud", role: "alert" },
    h("strong", {}, `The playground does not know the ${what}.`),
    h("details", {}, h("summary", {}, "Show the payload"), h("pre", {}, JSON.stringify(payload, null, 2))));
}
