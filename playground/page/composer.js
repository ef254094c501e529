// The message box: Enter sends, Shift+Enter makes a line, "/" starts a command, drafts are kept per conversation.

import { Completion } from "./completion.js";
import { h, icon, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { act, state } from "./state.js";
import { toast } from "./toasts.js";

const drafts = new Map();
const MARKS = [["*", "Bold", "B"], ["_", "Italic", "I"], ["~", "Strike through", "S"], ["`", "Code", "</>"]];

export const focusComposer = () => document.querySelector("#main .composer textarea")?.focus({ preventScroll: true });

/** A box for `where`: {key (of the draft), channel, thread?, label}. */
export function composerFor(where) {
  const input = h("textarea", { rows: 1, "aria-label": where.label, placeholder: where.label, class: "composer-input",
    id: where.thread ? null : "composer", value: drafts.get(where.key) ?? "", dataset: { focus: `composer ${where.key}` } });
  const usage = h("div", { class: "usage", "aria-live": "polite" });
  const sendButton = iconButton("send", "Send", () => send(where, input), { class: "icon-button send" });
  const box = h("div", { class: "composer" }, marks(input), input, usage,
    h("div", { class: "composer-foot" }, extras(where, input), sendButton));
  const completion = new Completion(input, box, !where.thread);
  input.addEventListener("keydown", (event) => onKey(event, completion, where, input));
  input.addEventListener("input", () => onInput(where, input, usage, sendButton));
  onInput(where, input, usage, sendButton);
  return box;
}

function onKey(event, completion, where, input) {
  if (event.isComposing || completion.onKey(event)) return;
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  send(where, input);
}

function onInput(where, input, usage, sendButton) {
  drafts.set(where.key, input.value);
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 240)}px`;
  sendButton.classList.toggle("is-ready", input.value.trim() !== "");
  const command = !where.thread && commandIn(input.value);
  usage.textContent = command && command.usage_hint ? `${command.command} ${command.usage_hint}` : "";
}

const commandIn = (text) => state.screen.commands.find((each) => each.command === text.split(/\s/)[0]);

function setText(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input"));
}

async function send(where, input) {
  const text = input.value.trim();
  if (!text) return;
  const refusal = refusalOf(text, where);
  if (refusal) { toast(refusal); return; }
  setText(input, "");
  const answer = await act(gestureFor(text, where));
  if (!answer && !input.value) setText(input, text);
}

function refusalOf(text, where) {
  if (!/^\/\w/.test(text)) return "";
  if (where.thread) return "Slash commands do not work in threads. Send it in the conversation itself.";
  return commandIn(text) ? "" : `${text.split(/\s/)[0]} is not a command here. Type / to see those there are.`;
}

function gestureFor(text, { channel, thread }) {
  if (commandIn(text)) return { do: "command", channel, text };
  return { do: "message", channel, text, ...(thread ? { thread_ts: thread } : {}) };
}

const marks = (input) => h("div", { class: "composer-marks", role: "group", "aria-label": "Formatting" },
  MARKS.map(([mark, label, shown]) => h("button", { type: "button", class: `mark mark-${label[0]}`, "aria-label": label, title: label,
    onclick: () => wrap(input, mark) }, shown)));

function wrap(input, mark) {
  const { selectionStart: from, selectionEnd: to, value } = input;
  setText(input, value.slice(0, from) + mark + value.slice(from, to) + mark + value.slice(to));
  input.focus();
  input.setSelectionRange(from + 1, to + 1);
}

function extras(where, input) {
  const insert = (text) => { input.focus(); setText(input, input.value + text); };
  return h("div", { class: "composer-extras" },
    !where.thread && iconButton("plus", "Shortcuts and commands", (event) => openMenu(event.currentTarget,
      "Shortcuts and commands", choices(input)),
    { class: "icon-button round", "aria-haspopup": "menu", "aria-expanded": "false", dataset: { focus: `plus ${where.key}` } }),
    iconButton("at", "Mention someone", () => insert(/(^|\s)$/.test(input.value) ? "@" : " @")));
}

function choices(input) {
  const { shortcuts, commands } = state.screen;
  const begin = (command) => { setText(input, `${command} `); input.focus(); };
  const sections = [
    ["Shortcuts", shortcuts.filter((each) => each.type === "global").map((each) => ({ lead: icon("bolt"), label: each.name,
      hint: each.description, run: () => act({ do: "shortcut", callback_id: each.callback_id }) }))],
    ["Commands", commands.map((each) => ({ label: each.command, hint: each.description, run: () => begin(each.command) }))],
  ];
  return sections.flatMap(([section, items]) => (items.length ? [{ section }, ...items] : []));
}
