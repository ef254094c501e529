// A show that moves the clock: a button for each pace, and what happens in it, only while it is on.

import { postPace } from "./api.js";
import { h } from "./dom.js";
import { refreshSoon, state } from "./state.js";
import { toast } from "./toasts.js";

/** The buttons in the top bar; the one in force is pressed. */
export function paceButtons() {
  const { choices, chosen } = state.screen.pace;
  return choices.length > 0 && h("div", { class: "paces", role: "group", "aria-label": "Pace" },
    choices.map((each) => h("button", { type: "button", class: "pace", "aria-pressed": String(each === chosen),
      dataset: { focus: `pace ${each}` }, onclick: () => choose(each) }, each)));
}

/** The line below the top bar; apart from the buttons, so that none goes away under a pointer. */
export function paintSaying({ screen }) {
  const line = document.getElementById("saying");
  const { choices, saying } = screen.pace;
  line.hidden = choices.length === 0;
  if (line.textContent !== saying) line.textContent = saying;
}

async function choose(pace) {
  try {
    await postPace(pace);
  } catch (error) {
    toast(error.message);
  }
  refreshSoon();
}
