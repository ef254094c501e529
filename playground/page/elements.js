// Draws interactive elements: buttons, overflow menus and (through their modules) menus of choices and fields.

import { choiceGroup } from "./choices.js";
import { h, icon } from "./dom.js";
import { datePicker, fileInput, momentPicker, textField, timePicker } from "./inputs.js";
import { loud } from "./loud.js";
import { openMenu } from "./menu.js";
import { menuOf } from "./selects.js";
import { textNodes } from "./text.js";

/** Draw one element; `field` is {block, element, surface, a11y} with a11y the attributes that name it. */
export function drawElement(field) {
  const draw = DRAW[field.element.type] ?? menuOf(field.element.type);
  const node = draw ? draw(field) : loud(`element type "${field.element.type}"`, field.element);
  node.dataset.actionId = field.element.action_id ?? "";
  return node;
}

const DRAW = {
  button,
  overflow,
  radio_buttons: (field) => choiceGroup(field, "radio"),
  checkboxes: (field) => choiceGroup(field, "checkbox"),
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: momentPicker,
  plain_text_input: (field) => textField(field, "text"),
  email_text_input: (field) => textField(field, "email"),
  url_text_input: (field) => textField(field, "url"),
  number_input: (field) => textField(field, "number"),
  file_input: fileInput,
};

function button(field) {
  const { element, surface } = field;
  const props = { class: `button ${element.style ? `button-${element.style}` : ""}`, ...field.a11y,
    "aria-label": element.accessibility_label, dataset: { focus: surface.slot(field) } };
  const pressed = async (event) => {
    const node = event.currentTarget;
    node.classList.add("is-busy");
    await surface.press(field);
    node.classList.remove("is-busy");
  };
  if (/^https?:\/\//i.test(element.url ?? "")) {
    return h("a", { ...props, href: element.url, target: "_blank", rel: "noopener noreferrer", onclick: pressed },
      textNodes(element.text));
  }
  return h("button", { type: "button", ...props, onclick: pressed }, textNodes(element.text));
}

function overflow(field) {
  const { element, surface } = field;
  const take = async (option) => {
    if (/^https?:\/\//i.test(option.url ?? "")) window.open(option.url, "_blank", "noopener");
    await surface.choose(field, option.value, [option]);
  };
  return h("button", { type: "button", class: "button button-overflow", "aria-haspopup": "menu",
    "aria-label": field.a11y["aria-label"] ? `More options: ${field.a11y["aria-label"]}` : "More options",
    dataset: { focus: surface.slot(field) },
    onclick: (event) => openMenu(event.currentTarget, "More options", element.options.map((option) => ({
      label: textNodes(option.text), hint: option.description && textNodes(option.description),
      run: () => take(option) }))) }, icon("more"));
}
