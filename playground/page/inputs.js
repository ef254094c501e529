// Draws fields to type into: text, number, email, address, dates and files; what is typed is kept and sent.

import { h } from "./dom.js";
import { fromWall, toWall } from "./people.js";

const common = (field) => ({ class: "text-input", ...field.a11y, dataset: { focus: field.surface.slot(field) },
  autofocus: field.element.focus_on_load,
  placeholder: field.element.placeholder?.text ?? null });

const LOOK = {
  text: { type: "text", autocomplete: "off" },
  email: { type: "email", autocomplete: "off" },
  url: { type: "url", inputmode: "url", autocomplete: "off" },
  // A number field of the browser hides what it can't read; Slack's own answers with a sentence.
  number: { type: "text", inputmode: "decimal", autocomplete: "off" },
};

export function textField(field, kind) {
  const { element, surface } = field;
  const props = { ...common(field), value: surface.held(field).plain ?? "", oninput: typedIn(field), onkeydown: onEnter(field) };
  const input = element.multiline ? h("textarea", { ...props, rows: 4 }) : h("input", { ...LOOK[kind], ...props });
  return h("div", { class: "text-field" }, input, element.max_length && counter(input, element.max_length));
}

const typedIn = (field) => (event) => {
  field.surface.type(field, event.target.value);
  if (field.element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered")) dispatch(field, event.target);
};

const dispatch = (field, input) => field.surface.choose(field, input.value);

// Enter alone never submits: it acts only where the app asked for it.
const onEnter = (field) => (event) => {
  if (event.key !== "Enter" || event.isComposing || event.metaKey || event.ctrlKey) return;
  if (field.element.multiline) return;
  event.preventDefault();
  if (field.block.dispatch_action) dispatch(field, event.target);
};

function counter(input, most) {
  const left = h("span", { class: "counter", "aria-live": "off" });
  const show = () => {
    const rest = most - [...input.value].length;
    left.textContent = String(rest);
    left.classList.toggle("over", rest < 0);
    left.title = rest < 0 ? `${-rest} characters too many` : `${rest} characters left`;
  };
  input.addEventListener("input", show);
  show();
  return left;
}

const picker = (type, read, write) => (field) => h("input", { ...common(field), type,
  class: "text-input picker", value: read(field.surface.held(field).plain),
  onchange: (event) => field.surface.choose(field, write(event.target.value)) });

export const datePicker = picker("date", (plain) => plain ?? "", (text) => text || null);
export const timePicker = picker("time", (plain) => plain ?? "", (text) => text || null);
export const momentPicker = picker("datetime-local", (plain) => (plain ? toWall(Number(plain)) : ""),
  (text) => (text ? fromWall(text) : null));

export function fileInput(field) {
  const { element, surface } = field;
  const names = h("ul", { class: "file-names" });
  const list = () => names.replaceChildren(...(surface.held(field).plain ?? []).map((file) =>
    h("li", {}, file.name ?? file.title ?? String(file))));
  const chosen = async (event) => {
    const files = await Promise.all([...event.target.files].map(readFile));
    surface.choose(field, files);
    list();
  };
  list();
  return h("div", { class: "file-field" }, h("input", { ...common(field), class: "file-input", type: "file",
    multiple: (element.max_files ?? 10) > 1, onchange: chosen,
    accept: element.filetypes?.map((each) => `.${each}`).join(",") }), names);
}

async function readFile(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { name: file.name, content_base64: btoa(binary) };
}
