// The traffic drawer: every call, payload and gesture in order, filtered by kind, with its JSON to read.

import { clearFaults, getFaults, getJournal } from "./api.js";
import { h, iconButton, paint, reconcile } from "./dom.js";
import { prettyJson } from "./json.js";
import { clockSeconds } from "./people.js";
import { go } from "./state.js";

const KINDS = ["all", "api", "payload", "ack", "response_url", "event", "gesture", "fault", "socket"];
const MOST = 300;

let entries = [];
let faults = [];
let kind = "all";
let asking = false;
let again = false;

export function paintInspector({ inspectorOpen }) {
  const box = document.getElementById("inspector");
  box.hidden = !inspectorOpen;
  document.body.classList.toggle("inspector-open", inspectorOpen);
  if (!inspectorOpen) return;
  paint(box, "frame", frame);
  askSoon();
}

// One question at a time: the stream says often that something changed.
async function askSoon() {
  again = true;
  if (asking) return;
  asking = true;
  while (again) {
    again = false;
    await ask().catch(() => null);
  }
  asking = false;
}

async function ask() {
  const [journal, listed] = await Promise.all([getJournal(knownUpTo()), getFaults()]);
  const [first] = journal.entries;
  entries = [...entries.filter((entry) => !first || entry.n < first.n), ...journal.entries].slice(-2000);
  faults = listed.faults ?? [];
  show();
}

// An entry is completed once its answer is there, so the latest are asked for again.
const knownUpTo = () => Math.max(0, (entries.at(-1)?.n ?? 0) - 40);

function frame() {
  return [h("header", { class: "pane-head" }, h("h2", {}, "Traffic"),
    iconButton("close", "Close traffic inspector", () => go({ inspectorOpen: false }))),
  h("div", { class: "kinds", role: "group", "aria-label": "Show only" }, KINDS.map((each) => h("button", { type: "button",
    class: "kind", "aria-pressed": String(each === kind), dataset: { kind: each }, onclick: () => choose(each) },
  each.replace("_", " ")))),
  h("div", { class: "faults" }),
  h("div", { class: "journal", role: "list", "aria-label": "Traffic, newest first", tabindex: "0" })];
}

function choose(wanted) {
  kind = wanted;
  for (const button of document.querySelectorAll("#inspector .kind")) {
    button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
  }
  show();
}

function show() {
  const box = document.getElementById("inspector");
  const list = box.querySelector(".journal");
  if (!list) return;
  paint(box.querySelector(".faults"), JSON.stringify(faults), faultList);
  const shown = entries.filter((entry) => kind === "all" || entry.kind === kind).slice(-MOST).reverse();
  reconcile(list, shown.map((entry) => ({ key: entry.n, signature: JSON.stringify(entry), build: () => row(entry) })));
  if (!shown.length) list.append(h("p", { class: "muted" }, "Nothing of this kind yet."));
}

function faultList() {
  if (!faults.length) return null;
  const clear = async () => { await clearFaults(); askSoon(); };
  return [h("strong", {}, faults.length === 1 ? "1 fault is injected" : `${faults.length} faults are injected`),
    h("ul", {}, faults.map((fault) => h("li", {}, Object.entries(fault).filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ")))),
    h("button", { type: "button", class: "button", onclick: clear }, "Clear all faults")];
}

function row(entry) {
  const { n, at, kind: sort, ...rest } = entry;
  const failed = entry.refused || entry.reason || entry.late || entry.accepted === false || entry.response?.ok === false || entry.status >= 400 || sort === "fault";
  return h("div", { role: "listitem" }, h("details", { class: `entry ${failed ? "is-failed" : ""}`, dataset: { n, kind: sort },
    ontoggle: (event) => { if (event.target.open && !event.target.querySelector("pre")) event.target.append(prettyJson(rest)); } },
  h("summary", {}, h("span", { class: `chip chip-${sort}` }, sort.replace("_", " ")),
    h("span", { class: "entry-words" }, summary(entry)), h("time", { class: "muted" }, clockSeconds(at)))));
}

function summary(rest) {
  const [what, aside] = (WORDS[rest.kind] ?? WORDS.api)(rest);
  return [what, aside ? h("small", {}, ` ${aside}`) : ""];
}

const WORDS = {
  api: ({ method, response, arguments: given }) => [method, response?.error ?? given?.channel],
  payload: ({ payload, type }) => [payload.command ?? type, payload.text ?? payload.actions?.[0]?.action_id ??
    payload.callback_id ?? payload.view?.callback_id],
  ack: ({ of, refused, reason, late }) => [of, refused?.error ?? reason ?? (late ? "too late" : "")],
  event: ({ type, event, attempt }) => [type, [event.subtype, attempt ? `attempt ${attempt + 1}` : ""].filter(Boolean).join(", ")],
  gesture: ({ gesture }) => [gesture.do, gesture.text ?? gesture.action_id ?? gesture.block_id ?? gesture.callback_id],
  fault: ({ fault, method, wanted }) => [method ?? wanted.method, method ? `hit by ${fault}` : `injected as ${fault}`],
  socket: ({ did, number }) => [did, `socket ${number}`],
};
