// Shows short notices in a corner, spoken politely, each to be dismissed; they stay above an open dialog.

import { h, iconButton, reconcile } from "./dom.js";

const box = h("div", { class: "toasts", role: "status", "aria-live": "polite", "aria-label": "Notices" });
let own = [];
let given = [];
let lastOwn = 0;

/** Say something of our own for eight seconds, or until dismissed. */
export function toast(text) {
  const id = `own-${++lastOwn}`;
  own.push({ id, text, dismiss: () => drop(id) });
  setTimeout(() => drop(id), 8000);
  show();
}

function drop(id) {
  own = own.filter((each) => each.id !== id);
  show();
}

/** Show the notices of the screen; `dismiss(id)` tells the playground. */
export function showNotices(notices, dismiss) {
  given = notices.map((notice) => ({ ...notice, dismiss: () => dismiss(notice.id) }));
  show();
}

function show() {
  // A modal dialog makes all outside it inert, so the notices move into the topmost one.
  const home = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
  if (box.parentNode !== home) home.append(box);
  reconcile(box, [...given, ...own].map((each) => ({
    key: each.id, signature: each.text, build: () => oneToast(each),
  })));
}

const oneToast = ({ text, dismiss }) =>
  h("div", { class: "toast" }, h("span", {}, text), iconButton("close", "Dismiss notice", dismiss));
