// Builds and updates DOM nodes; text only ever becomes a text node, never markup.

const AS_PROPERTY = new Set(["value", "checked", "disabled", "multiple", "hidden", "indeterminate"]);

/** Make an element: `on*` props are listeners, `dataset` is spread, null or false props are left out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (AS_PROPERTY.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

let lastId = 0;
export const newId = (stem) => `${stem}-${++lastId}`;

/** Rebuild `box` only when `signature` differs from the last time; focus stays where it was. */
export function paint(box, signature, build) {
  if (box.paintedAs === signature) return false;
  box.paintedAs = signature;
  keepingFocus(box, () => box.replaceChildren(...[build()].flat(Infinity).filter(Boolean)));
  return true;
}

/** Make `box` hold one child per item `{key, signature, build}`, reusing those that did not change. */
export function reconcile(box, items) {
  const old = new Map([...box.children].map((child) => [child.reconcileKey, child]));
  const wanted = items.map((item) => reuse(old.get(item.key), item));
  keepingFocus(box, () => {
    for (const child of [...box.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((child, at) => {
      if (box.children[at] !== child) box.insertBefore(child, box.children[at] ?? null);
    });
  });
}

function reuse(node, item) {
  if (node && node.reconcileSignature === item.signature) return node;
  const made = item.build();
  made.reconcileKey = item.key;
  made.reconcileSignature = item.signature;
  return made;
}

/** Run `change`; when it took the focused control away, focus the one with the same `data-focus` mark. */
function keepingFocus(box, change) {
  const active = document.activeElement;
  const mark = box.contains(active) ? active.dataset.focus : null;
  const caret = mark && typeof active.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null;
  change();
  if (!mark || document.contains(active)) return;
  const again = box.querySelector(`[data-focus="${CSS.escape(mark)}"]`);
  again?.focus({ preventScroll: true });
  if (caret && again && typeof again.selectionStart === "number") again.setSelectionRange(...caret);
}

const PATHS = {
  hash: "M4 9h16M4 15h16M10 3 8 21M16 3l-2 18",
  lock: "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  back: "M15 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  up: "M12 20V5M5 12l7-7 7 7",
  reply: "M4 5h16v11H11l-5 4v-4H4z",
  more: "M12 5h.01M12 12h.01M12 19h.01",
  bolt: "M13 3 5 13h6l-1 8 8-11h-6z",
  send: "M4 4l17 8-17 8 3-8zM7 12h8",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3 3",
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  menu: "M4 6h16M4 12h16M4 18h16",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  people: "M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M2 21c0-4 3-7 7-7s7 3 7 7M16 3.5a4 4 0 0 1 0 7M19 14.5c2 1 3 3.500 3 6.500",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 14c2 3 6 3 8 0M9 9v1M15 9v1",
  at: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M16 8v5a3 3 0 0 0 5 2V12a9 9 0 1 0-4 7.500",
};

/** A line drawing for a button; hidden from screen readers, the button has its own name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button with a drawing and a spoken name. */
export function iconButton(name, label, onclick, props = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...props },
    icon(name));
}
