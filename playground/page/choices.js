// Draws radio buttons and checkboxes as a named group; each change is taken at once.

import { h, newId } from "./dom.js";
import { textNodes } from "./text.js";

/** `kind` is "radio" (one value) or "checkbox" (a list of values). */
export function choiceGroup(field, kind) {
  const { element, surface, a11y } = field;
  const held = surface.held(field).plain;
  const name = newId("choice");
  const isChosen = (option) => (kind === "radio" ? held === option.value : (held ?? []).includes(option.value));
  const { id, "aria-label": label, "aria-labelledby": labelledBy, "aria-describedby": describedBy } = a11y;
  const group = h("div", { class: "choices", id, role: kind === "radio" ? "radiogroup" : "group",
    "aria-label": label, "aria-labelledby": labelledBy, "aria-describedby": describedBy },
  element.options.map((option, at) => choice(field, kind, name, option, isChosen(option), at, () => taken(field, kind, group))));
  return group;
}

function choice(field, kind, name, option, checked, at, onchange) {
  return h("label", { class: "choice" },
    h("input", { type: kind, name, value: option.value, checked, onchange,
      dataset: { focus: `${field.surface.slot(field)} ${at}` } }),
    h("span", {}, h("span", { class: "choice-text" }, textNodes(option.text)),
      option.description && h("span", { class: "choice-hint" }, textNodes(option.description))));
}

async function taken(field, kind, group) {
  const boxes = [...group.querySelectorAll("input")];
  const chosen = field.element.options.filter((_, at) => boxes[at].checked);
  const plain = kind === "radio" ? chosen[0]?.value ?? null : chosen.map((option) => option.value);
  if (await field.surface.choose(field, plain, chosen)) return;
  const held = [field.surface.held(field).plain].flat();
  boxes.forEach((box) => { box.checked = held.includes(box.value); });
}
