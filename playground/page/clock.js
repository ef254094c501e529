// The workspace's own clock: shows the time there, freezes it, lets it run, or moves it ahead.

import { postClock } from "./api.js";
import { h, icon } from "./dom.js";
import { place } from "./menu.js";
import { clockSeconds, clockTime, longDate, shortDay } from "./people.js";
import { refreshSoon, state } from "./state.js";
import { toast } from "./toasts.js";

const STEPS = [["+1 minute", 60], ["+1 hour", 3600], ["+1 day", 86400], ["+1 week", 604800]];

let heard = { now: 0, at: 0 };
/** The clock's present: a running clock goes on between two screens. */
function present() {
  const { now, running } = state.screen;
  if (heard.now !== now) heard = { now, at: performance.now() };
  return running ? now + (performance.now() - heard.at) / 1000 : now;
}

const words = () => `${shortDay(present())}, ${clockTime(present())}`;

/** The button in the top bar; it opens the panel. */
export function clockButton() {
  const { running, pace } = state.screen;
  const isShow = pace.choices.length > 0;  // then its pace says more
  const shown = h("span", { class: "clock-words" }, words());
  return h("button", { type: "button", class: "clock-pill", "aria-haspopup": "dialog", dataset: { focus: "clock" },
    onclick: (event) => openPanel(event.currentTarget) },
  icon("clock"), h("span", { class: "sr-only" }, "Clock: "), shown,
  !isShow && h("span", { class: `clock-state ${running ? "runs" : "frozen"}` }, running ? "running" : "frozen"));
}

/** Bring the clock on screen up to date; a running one is, each second. */
export function showClock() {
  const shown = state.screen && document.querySelector(".clock-words");
  if (shown && shown.textContent !== words()) shown.textContent = words();
  document.querySelector(".clock-now")?.replaceChildren(nowWords());
}
setInterval(showClock, 1000);

const nowWords = () => `${longDate(present())}, ${clockSeconds(present())}`;

function openPanel(anchor) {
  const panel = h("div", { class: "clock-panel", popover: "auto", role: "dialog", "aria-label": "Clock" },
    h("h2", {}, "The workspace's clock"),
    h("p", { class: "clock-now", "aria-live": "polite" }, nowWords()),
    h("p", { class: "muted" }, "Reminders, due dates and retries follow this clock, not the one on your wall."),
    h("div", { class: "clock-steps" },
      STEPS.map(([label, seconds]) => h("button", { type: "button", class: "button",
        onclick: () => change({ advance: seconds }) }, label)),
      runButton()));
  panel.addEventListener("toggle", (event) => { if (event.newState === "closed") panel.remove(); });
  document.getElementById("overlays").append(panel);
  panel.showPopover();
  place(panel, anchor);
  panel.querySelector("button").focus();
}

function runButton() {
  const label = () => (state.screen.running ? "Freeze" : "Let it run");
  const toggle = async (event) => {
    const button = event.currentTarget;
    await change({ running: !state.screen.running });
    button.textContent = label();
  };
  return h("button", { type: "button", class: "button button-primary", onclick: toggle }, label());
}

async function change(wanted) {
  try {
    const { now, running } = await postClock(wanted);
    Object.assign(state.screen, { now, running });
    showClock();
  } catch (error) {
    toast(error.message);
  }
  refreshSoon();
}
