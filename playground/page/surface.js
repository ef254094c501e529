// What a block is drawn on (message, modal, App Home): sends what people do there and keeps what they typed.

import { confirmFirst } from "./dialog.js";
import { act } from "./state.js";

const typed = new Map();
const waiting = new Map();
const DEBOUNCE_MS = 250;

/** The value held by a state or by an element's `initial_*`, plain and (for menus) with its options. */
function heldBy(holder, prefix) {
  const names = Object.keys(holder ?? {}).filter((name) => name.startsWith(prefix) || (prefix === "selected_" &&
    ["value", "files"].includes(name)));
  const held = names.map((name) => holder[name]).find((each) => each !== null && each !== undefined);
  if (held === undefined) return null;
  const isOption = (each) => typeof each === "object" && each !== null && "text" in each;
  if (Array.isArray(held)) return { plain: held.map((each) => each.value ?? each), options: held.filter(isOption) };
  return isOption(held) ? { plain: held.value, options: [held] } : { plain: held, options: [] };
}

export class Surface {
  /** `target` is what a gesture names: {channel, ts}, {view} or {home: true}; `key` is its own in the page. */
  constructor(kind, key, target, view = {}) {
    Object.assign(this, { kind, key, target, values: view.values ?? {}, errors: view.errors ?? {} });
  }

  /** Names a field on this surface; also the mark by which a redrawn control gets its focus back. */
  slot(field) {
    return `${this.key}/${field.block.block_id ?? ""}/${field.element.action_id ?? ""}`;
  }

  /** What stands in the field: typed here, else known to the playground, else given by the app. */
  held(field) {
    const local = typed.get(this.slot(field));
    if (local && (this.kind === "view" || local.element === JSON.stringify(field.element))) return local;
    const known = this.values[field.block.block_id]?.[field.element.action_id];
    return (known && heldBy(known, "selected_")) ?? heldBy(field.element, "initial_") ?? { plain: null, options: [] };
  }

  keep(field, plain, options = []) {
    typed.set(this.slot(field), { plain, options, element: JSON.stringify(field.element) });
  }

  named(field) {
    return { ...this.target, block_id: field.block.block_id, action_id: field.element.action_id };
  }

  async press(field) {
    if (!(await confirmFirst(field.element.confirm))) return;
    await this.flush();
    await act({ do: "press", ...this.named(field) });
  }

  /** Take a choice: an input waits for submit (unless it dispatches), any other control acts at once. */
  async choose(field, plain, options = []) {
    if (!(await confirmFirst(field.element.confirm))) return false;
    this.keep(field, plain, options);
    if (this.isQuiet(field)) this.fillSoon(field, plain, 0);
    else await this.flush().then(() => act({ do: "select", ...this.named(field), value: plain }));
    return true;
  }

  type(field, text) {
    this.keep(field, text);
    if (field.block.type === "input") this.fillSoon(field, text, DEBOUNCE_MS);
  }

  isQuiet(field) {
    return field.block.type === "input" && !field.block.dispatch_action;
  }

  fillSoon(field, value, delay) {
    const slot = this.slot(field);
    clearTimeout(waiting.get(slot)?.timer);
    const send = () => {
      waiting.delete(slot);
      return act({ do: "fill", ...this.target, block_id: field.block.block_id, value });
    };
    waiting.set(slot, { send, timer: setTimeout(() => waiting.get(slot)?.send(), delay) });
  }

  /** Send all that was typed and not yet sent, so that a submit sees it. */
  async flush() {
    const mine = [...waiting].filter(([slot]) => slot.startsWith(`${this.key}/`));
    for (const [, { timer, send }] of mine) {
      clearTimeout(timer);
      await send();
    }
  }

  suggest(field, text) {
    return act({ do: "suggest", ...this.named(field), value: text });
  }
}
