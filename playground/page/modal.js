// The modal on top of the stack: keeps what is typed, shows errors in place, sends submit and close.

import { drawBlocks } from "./blocks.js";
import { openDialog } from "./dialog.js";
import { h, iconButton, newId, paint } from "./dom.js";
import { focusFirstError, showErrors } from "./fields.js";
import { act, refresh, state } from "./state.js";
import { Surface } from "./surface.js";

let dialog = null;
let shownId = null;
let surface = null;
let sending = false;

export function paintModal({ screen }) {
  const view = screen.views.at(-1);
  if (!view) return closeDialog();
  const isNew = view.id !== shownId;
  shownId = view.id;
  if (!dialog) dialog = build();
  paint(dialog.head, JSON.stringify([view.id, view.title, screen.views.length]), () => head(view, screen.views.length));
  paint(dialog.body, JSON.stringify([view.id, view.hash]), () => body(view));
  showErrors(dialog.body, view.errors ?? {});
  paint(dialog.foot, JSON.stringify([view.id, view.hash, view.busy, sending, view.trouble, view.submit, view.close]), () => foot(view));
  if (!dialog.open) openDialog(dialog);
  if (isNew) startAt(dialog);
}

function closeDialog() {
  shownId = null;
  const old = dialog;
  dialog = null;
  old?.close();
}

function build() {
  const titleId = newId("modal-title");
  const parts = { head: h("header", { class: "modal-head" }), body: h("div", { class: "modal-body" }),
    foot: h("footer", { class: "modal-foot" }) };
  const made = h("dialog", { class: "modal", "aria-labelledby": titleId }, parts.head, parts.body, parts.foot);
  // The playground closes a view, not the browser: it may tell the app, and another may lie below.
  made.addEventListener("cancel", (event) => {
    if (event.target !== made) return;
    event.preventDefault();
    leave(false);
  });
  return Object.assign(made, parts, { titleId });
}

const plain = (text) => (typeof text === "string" ? text : text?.text ?? "");

const head = (view, depth) => [
  depth > 1 && iconButton("back", "Back", () => leave(false), { dataset: { focus: "modal back" } }),
  h("h2", { id: dialog.titleId }, plain(view.title)),
  iconButton("close", "Close", () => leave(true), { dataset: { focus: "modal close" } })];

function body(view) {
  surface = new Surface("view", view.id, { view: view.id }, view);
  return h("form", { class: "modal-form", novalidate: true, onsubmit: (event) => event.preventDefault(),
    onkeydown: submitByKeys }, drawBlocks(view.blocks, surface));
}

function foot(view) {
  const busy = view.busy || sending;
  return [h("div", { class: "trouble", role: "alert" }, view.trouble ?? ""),
    h("button", { type: "button", class: "button", dataset: { focus: "modal cancel" }, onclick: () => leave(false) },
      plain(view.close) || (view.submit ? "Cancel" : "Close")),
    view.submit && h("button", { type: "button", class: `button button-primary ${busy ? "is-busy" : ""}`, "aria-busy": String(busy),
      "aria-disabled": busy ? "true" : null, dataset: { focus: "modal submit" }, onclick: submit }, plain(view.submit))];
}

function submitByKeys(event) {
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
}

async function submit() {
  const view = state.screen.views.at(-1);
  if (sending || view.busy || !view.submit) return;
  setSending(true);
  await surface.flush();
  const answer = await act({ do: "submit", view: view.id });
  setSending(false);
  await refresh();
  if (!dialog) return;
  if (Object.keys(answer?.errors ?? {}).length) return focusFirstError(dialog.body);
  const now = state.screen.views.at(-1);
  if (now?.id === view.id && now.hash !== view.hash) startAt(dialog); // another page in its place is read from its top
}

function setSending(now) {
  sending = now;
  if (state.screen.views.length) paintModal(state);
}

async function leave(all) {
  const view = state.screen.views.at(-1);
  if (!view) return;
  await surface.flush();
  await act({ do: "close", view: view.id, ...(all ? { all: true } : {}) });
}

function startAt(box) {
  const first = box.body.querySelector("[autofocus]") ?? box.body.querySelector("input, textarea, select")
    ?? box.foot.querySelector("button:last-child");
  first?.focus();
  box.body.scrollTop = 0;
}
