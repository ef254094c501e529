// Draws an input block: label, "(optional)", the element, its hint, and its error in place below it.

import { h, newId } from "./dom.js";
import { drawElement } from "./elements.js";
import { textNodes } from "./text.js";

const GROUPS = ["radio_buttons", "checkboxes"];

export function inputBlock(block, surface) {
  const id = newId("input");
  const grouped = GROUPS.includes(block.element.type);
  const a11y = { id, "aria-describedby": block.hint ? `${id}-hint` : null,
    "aria-required": block.optional ? null : "true", "aria-labelledby": grouped ? `${id}-label` : null };
  const label = h(grouped ? "div" : "label", { class: "input-label", id: `${id}-label`, for: grouped ? null : id },
    textNodes(block.label), block.optional && h("span", { class: "optional" }, " (optional)"));
  const node = h("div", { class: "input-block", dataset: { input: id } }, label,
    drawElement({ block, element: block.element, surface, a11y }),
    h("div", { class: "input-error", id: `${id}-error` }),
    block.hint && h("div", { class: "input-hint", id: `${id}-hint` }, textNodes(block.hint)));
  setError(node, surface.errors[block.block_id]);
  return node;
}

/** Show `errors` ({block_id: text}) in the fields of `box`, and no others; nothing is drawn anew, so typing goes on. */
export function showErrors(box, errors) {
  for (const node of box.querySelectorAll(".input-block")) {
    setError(node, errors[node.closest("[data-block-id]").dataset.blockId]);
  }
}

function setError(node, text) {
  const id = node.dataset.input;
  node.classList.toggle("has-error", Boolean(text));
  node.querySelector(".input-error").textContent = text ?? "";
  const control = node.querySelector(`[id="${id}"]`);
  if (!control) return;
  const described = [text && `${id}-error`, node.querySelector(".input-hint")?.id].filter(Boolean).join(" ");
  set(control, "aria-describedby", described);
  set(control, "aria-invalid", text ? "true" : "");
}

const set = (control, name, value) => (value ? control.setAttribute(name, value) : control.removeAttribute(name));

/** Focus the first field that is in error inside `box`. */
export function focusFirstError(box) {
  const field = box.querySelector(".has-error :is(input, textarea)");
  field?.focus();
  field?.closest(".input-block").scrollIntoView({ block: "nearest" });
}
