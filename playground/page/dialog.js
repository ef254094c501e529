// Opens dialogs that trap and give back the focus: the app's confirmations and enlarged images.

import { h, iconButton, newId } from "./dom.js";
import { textNodes } from "./text.js";

/** Show `dialog` as a modal one; what had the focus gets it back at the end, or else the message box. */
export function openDialog(dialog) {
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    focusAnew(stillThere(before));
  });
  const top = [...document.querySelectorAll("dialog[open]")].at(-1);
  (top ?? document.getElementById("overlays")).append(dialog);
  dialog.showModal();
  return dialog;
}

// What had the focus, or its like where it was drawn anew meanwhile.
function stillThere(node) {
  if (node?.isConnected && node !== document.body) return node;
  const mark = node?.dataset.focus;
  return (mark && document.querySelector(`[data-focus="${CSS.escape(mark)}"]`)) ?? document.getElementById("composer");
}

// Chromium gives the focus back by itself but leaves the caret in the closed dialog: keys then write nothing.
function focusAnew(node) {
  node?.blur();
  node?.focus({ preventScroll: true });
}

/** Ask the app's own question first; resolves true at once when there is none. */
export function confirmFirst(confirm) {
  if (!confirm) return Promise.resolve(true);
  const title = newId("confirm");
  return new Promise((resolve) => {
    const answer = (yes) => { resolve(yes); dialog.close(); };
    const dialog = h("dialog", { class: "modal confirm", "aria-labelledby": title },
      h("header", { class: "modal-head" }, h("h2", { id: title }, textNodes(confirm.title)),
        iconButton("close", "Close", () => answer(false))),
      h("div", { class: "modal-body" }, textNodes(confirm.text)),
      h("footer", { class: "modal-foot" },
        h("button", { type: "button", class: "button", onclick: () => answer(false) }, textNodes(confirm.deny)),
        h("button", { type: "button", autofocus: true, onclick: () => answer(true),
          class: `button ${confirm.style === "danger" ? "button-danger" : "button-primary"}` }, textNodes(confirm.confirm))));
    dialog.addEventListener("cancel", () => resolve(false));
    openDialog(dialog);
  });
}

/** Show an image as large as the window allows; a click or Escape closes it. */
export function enlarge(url, altText) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": altText, onclick: () => dialog.close() },
    iconButton("close", "Close image", () => dialog.close()),
    h("img", { src: url, alt: altText }), h("p", {}, altText));
  openDialog(dialog);
}
