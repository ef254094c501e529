// Points up to the "New" line while it is out of sight above, until it has been seen.

import { h, icon, paint } from "./dom.js";

/** `mark` is {ts, count} of the messages that were new when the channel was opened, or null. */
export function paintNewBar(slot, list, mark) {
  const line = () => list.querySelector(".divider-new");
  const isAbove = () => line()?.getBoundingClientRect().bottom < list.getBoundingClientRect().top;
  const show = () => {
    const words = mark && !mark.seen && isAbove() ? `${mark.count} new message${mark.count === 1 ? "" : "s"}` : "";
    paint(slot, words, () => words && h("button", { type: "button", class: "new-bar", onclick: goThere }, icon("up"), words));
  };
  const goThere = () => { line()?.scrollIntoView({ block: "center" }); list.focus({ preventScroll: true }); };
  list.onscroll = () => {
    if (mark && !list.isAtBottom && !isAbove()) mark.seen = true;
    show();
  };
  show();
}
